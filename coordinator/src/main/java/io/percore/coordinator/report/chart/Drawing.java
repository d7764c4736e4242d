package io.percore.coordinator.report.chart;

import java.util.List;
import java.util.Objects;

/// What a figure looks like, in user units of its SVG: x to the right, y down, from the upper left
/// corner.
///
/// @param width outer width
/// @param height outer height
/// @param marks markup of all that is visible, written by a [Markup]
/// @param stops what the read-out points at, in the order of its stops: a box, or a line where the
///   box has no width; empty for a figure without a read-out
public record Drawing(double width, double height, String marks, List<Box> stops) {
  public Drawing {
    Objects.requireNonNull(marks);
    stops = List.copyOf(stops);
  }

  /// A drawing without a read-out.
  public Drawing(double width, double height, String marks) {
    this(width, height, marks, List.of());
  }
}
