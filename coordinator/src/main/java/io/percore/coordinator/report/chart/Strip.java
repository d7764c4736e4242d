package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Single values in the order in which they came about, with a lane below for those that do not
/// count. All text is untrusted.
///
/// @param x the order; marked values may be any
/// @param y the values; what lies outside it is drawn at its edge, with an arrow
/// @param lane name of the lane
/// @param keys series, each with its look
/// @param dots in their order, ascending in x
/// @param levels short level lines, such as medians of some dots in turn, ascending in x
/// @param links from a dot that does not count to the one that replaces it
/// @param stops ranges of x, ascending, at which a read-out stops
/// @param size outer size
public record Strip(
    String id,
    String title,
    String caption,
    String description,
    Axis x,
    Axis y,
    String lane,
    List<ReadOut.Key> keys,
    List<Dot> dots,
    List<Level> levels,
    List<Link> links,
    List<Range> stops,
    Size size)
    implements Figure {
  public Strip {
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(x);
    Objects.requireNonNull(y);
    Objects.requireNonNull(lane);
    Objects.requireNonNull(size);
    keys = List.copyOf(keys);
    dots = List.copyOf(dots);
    levels = List.copyOf(levels);
    links = List.copyOf(links);
    stops = List.copyOf(stops);
  }

  @Override
  public Drawing draw(boolean tooltips) {
    return new StripMarkup(this, tooltips).draw();
  }

  /// How a value counts.
  public enum Standing {
    /// Like any other: filled.
    COUNTS,
    /// It counts, but with a reservation: filled, in a ring.
    MARKED,
    /// It does not: hollow, and with a cross in the lane.
    NOT_COUNTED
  }

  /// A value.
  ///
  /// @param y null where there is none: then it is in the lane alone
  /// @param key index of its series
  /// @param figure of a value outside the axis, shown where there is room
  /// @param reading the figures as text
  public record Dot(
      double x, @Nullable Double y, int key, Standing standing, String figure, String reading) {
    public Dot {
      Objects.requireNonNull(standing);
      Objects.requireNonNull(figure);
      Objects.requireNonNull(reading);
    }
  }

  /// A level line, and the range of the values that it stands for.
  ///
  /// @param low least of them; equal to `y` where every value is drawn by itself
  /// @param high largest of them, likewise
  public record Level(Range range, double y, double low, double high) {
    public Level {
      Objects.requireNonNull(range);
    }
  }

  /// From one dot to another, by their indices.
  public record Link(int from, int to) {}

  /// A range of x.
  public record Range(double from, double to) {}
}
