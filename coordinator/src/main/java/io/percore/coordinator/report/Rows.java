package io.percore.coordinator.report;

import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All rows of a run's table.
public final class Rows {
  /// What the titles of the columns have no room for.
  public static final String EXPLANATION =
      "ops/s: median over forks; speedup: over the strategy's own N = 1";

  private Rows() {}

  /// Those of a run, in the order of its plan.
  public static List<Row> of(RunReport report) {
    int processors = report.environment().hardwareThreads();
    List<PointSummary> points = report.summary().points();
    Set<String> drawn = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    for (PointSummary point : points) {
      boolean first = drawn.add(point.strategy());
      rows.add(
          new Row(
              point, first ? curve(points, point.strategy()) : "", Marks.of(point, processors)));
    }
    return rows;
  }

  private static String curve(List<PointSummary> points, String strategy) {
    return Sparkline.of(
        points.stream()
            .filter(point -> point.strategy().equals(strategy))
            .map(PointSummary::throughputMedian)
            .mapToDouble(median -> median == null ? Double.NaN : median)
            .toArray());
  }

  /// The marks that any of the rows has, for a legend.
  public static Set<Marks> marks(List<Row> rows) {
    Set<Marks> marks = EnumSet.noneOf(Marks.class);
    rows.forEach(row -> marks.addAll(row.marks()));
    return marks;
  }
}
