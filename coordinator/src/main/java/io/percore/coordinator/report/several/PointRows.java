package io.percore.coordinator.report.several;

import io.percore.coordinator.report.Marks;
import io.percore.coordinator.report.Row;
import io.percore.coordinator.report.Rows;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The figures of one point in every run, for every table that people read.
///
/// @param strategy name of the curve
/// @param parallelism N
/// @param rows of each run, in their order; empty where a run has no such point
record PointRows(String strategy, int parallelism, List<Optional<Row>> rows) {
  PointRows {
    rows = List.copyOf(rows);
  }

  /// Those of all points, by strategy and then by parallelism.
  static List<PointRows> of(SideBySide runs) {
    List<Map<String, Map<Integer, Row>>> figures =
        runs.runs().stream().map(PointRows::byPoint).toList();
    List<PointRows> points = new ArrayList<>();
    for (String strategy : runs.strategies()) {
      figures.stream()
          .flatMap(run -> run.getOrDefault(strategy, Map.of()).keySet().stream())
          .distinct()
          .sorted()
          .forEach(
              n ->
                  points.add(
                      new PointRows(
                          strategy,
                          n,
                          figures.stream()
                              .map(run -> run.getOrDefault(strategy, Map.of()).get(n))
                              .map(Optional::ofNullable)
                              .toList())));
    }
    return points;
  }

  private static Map<String, Map<Integer, Row>> byPoint(NamedRun run) {
    Map<String, Map<Integer, Row>> rows = new HashMap<>();
    for (Row row : Rows.of(run.report())) {
      rows.computeIfAbsent(row.point().strategy(), _ -> new TreeMap<>())
          .put(row.point().parallelism(), row);
    }
    return rows;
  }

  /// The marks that any of the rows has, for a legend.
  static Set<Marks> marks(List<PointRows> points) {
    Set<Marks> marks = EnumSet.noneOf(Marks.class);
    points.stream()
        .flatMap(point -> point.rows().stream())
        .flatMap(Optional::stream)
        .forEach(row -> marks.addAll(row.marks()));
    return marks;
  }
}
