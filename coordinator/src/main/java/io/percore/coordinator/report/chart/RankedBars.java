package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.stats.Interval;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Horizontal bars on a linear axis from 0, and beside each bar the single values that it rests on,
/// relative to it: values that lie a hundred times apart are compared at the left, and how each of
/// them scatters at the right. All text is untrusted.
///
/// @param values axis of the bars, which begins at 0
/// @param relative axis of the single values, each over that of its bar, less 1; null where there
///   is nothing to see of them. A value outside it is drawn at its edge, with an arrow
/// @param bars from top to bottom, at least one
/// @param size outer size; its height follows from the bars
public record RankedBars(
    String id,
    String title,
    String caption,
    String description,
    Axis values,
    @Nullable Axis relative,
    List<Bar> bars,
    Size size)
    implements Figure {
  /// Of more values not each is drawn: what is drawn is as thick as they are many.
  public static final int MOST_DOTS = 24;

  public RankedBars {
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(values);
    Objects.requireNonNull(size);
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("no bars");
    }
  }

  /// One bar.
  ///
  /// @param name at its left, or above it
  /// @param style look of what it belongs to
  /// @param pale whether it is shown for comparison only
  /// @param value its length, not negative
  /// @param interval an interval about it, or null where there is none
  /// @param figure the same as text
  /// @param singles the values that it rests on, in any order; none where they cannot be related to
  ///   it
  /// @param levels marked values among them, such as medians of groups
  /// @param reading all of it in words
  public record Bar(
      String name,
      Style style,
      boolean pale,
      double value,
      @Nullable Interval interval,
      String figure,
      List<Double> singles,
      List<Double> levels,
      String reading) {
    public Bar {
      Objects.requireNonNull(name);
      Objects.requireNonNull(style);
      Objects.requireNonNull(figure);
      Objects.requireNonNull(reading);
      singles = List.copyOf(singles);
      levels = List.copyOf(levels);
      if (!(value > 0) && !singles.isEmpty()) {
        throw new IllegalArgumentException("nothing is relative to " + value);
      }
    }
  }

  @Override
  public Drawing draw(boolean tooltips) {
    return new RankedBarsMarkup(this, tooltips).draw();
  }
}
