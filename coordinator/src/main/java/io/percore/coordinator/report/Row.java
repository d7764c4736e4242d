package io.percore.coordinator.report;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The cells of one point, for every table that people read. An empty cell is an unknown.
///
/// @param point the point
/// @param curve sparkline of its strategy, on the strategy's first row only
/// @param marks what to know about it
public record Row(PointSummary point, String curve, Set<Marks> marks) {

  /// A column; its title and how to fill it.
  public enum Column {
    STRATEGY("strategy", false),
    N("N", true),
    LAYOUT("layout", true),
    THROUGHPUT("ops/s", true),
    MEAN("95 % CI of mean", true),
    NANOS("ns/op", true),
    SPEEDUP("speedup [95 % CI]", true),
    EFFICIENCY("efficiency", true),
    SEQUENTIAL("x sequential", true),
    LOST("lost", true),
    FORKS("forks", true),
    NOTES("notes", false),
    CURVE("curve", false);

    private final String title;
    private final boolean right;

    Column(String title, boolean right) {
      this.title = title;
      this.right = right;
    }

    /// What stands above it.
    public String title() {
      return title;
    }

    /// Whether its cells are aligned to the right.
    public boolean right() {
      return right;
    }
  }

  /// The text of a cell.
  public String cell(Column column) {
    return switch (column) {
      case STRATEGY -> PlainText.printable(point.strategy());
      case N -> Integer.toString(point.parallelism());
      case LAYOUT -> point.point().program().layout().toString();
      case THROUGHPUT -> number(point.throughputMedian());
      case MEAN -> mean(point.throughputMean());
      case NANOS ->
          point.nanosPerOperation() == null ? "" : Quantities.number(point.nanosPerOperation());
      case SPEEDUP -> ratio(point.speedup());
      case EFFICIENCY ->
          point.efficiency() == null ? "" : Quantities.percent(point.efficiency().value());
      case SEQUENTIAL ->
          point.speedupOverSequential() == null
              ? ""
              : Quantities.ratio(point.speedupOverSequential().value());
      case LOST -> lost();
      case FORKS -> forks();
      case NOTES -> Marks.signs(marks);
      case CURVE -> curve;
    };
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : Quantities.count(value);
  }

  private static String mean(@Nullable Estimate mean) {
    Interval interval = mean == null ? null : mean.interval();
    return interval == null ? "" : Quantities.countEnds(interval);
  }

  private static String ratio(@Nullable Estimate ratio) {
    return ratio == null ? "" : Quantities.ratio(ratio);
  }

  /// Lost updates with their share, or the signed net error of pairs.
  private String lost() {
    Long lost = point.lostUpdates();
    Long expected = point.expectedUpdates();
    if (lost != null && expected != null) {
      return lost == 0
          ? "0"
          : Quantities.count(lost) + " (" + Quantities.percent((double) lost / expected) + ")";
    }
    Long net = point.netError();
    if (net == null) {
      return "";
    }
    return net == 0 && !point.freedWrongly() ? "0" : "net " + Quantities.count(net);
  }

  /// Forks that the figures rest on, and the attempts that were thrown away: `6`, `6 +1`.
  private String forks() {
    int repeated = point.invalidated() + point.failed();
    return point.forks() + (repeated == 0 ? "" : " +" + repeated);
  }
}
