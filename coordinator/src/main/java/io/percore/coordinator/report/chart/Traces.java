package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Size;
import java.util.List;
import java.util.Objects;

/// Many small pictures of one value over time, side by side, each from zero to its own largest. All
/// text is untrusted.
///
/// @param traces in the order in which they are to be read
/// @param size outer size
public record Traces(
    String id, String title, String caption, String description, List<Trace> traces, Size size)
    implements Figure {
  public Traces {
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(size);
    traces = List.copyOf(traces);
  }

  @Override
  public Drawing draw(boolean tooltips) {
    return new TraceMarkup(this, tooltips).draw();
  }

  /// One value over time.
  ///
  /// @param name above it
  /// @param note under its name
  /// @param reading the figures as text
  /// @param steps the course of the value in steps of equal length
  /// @param shaded share of its time, from the beginning, that is shaded, 0 to 1
  /// @param changes shares of its time at which something changed, ascending
  public record Trace(
      String name,
      Style style,
      String note,
      String reading,
      List<Step> steps,
      double shaded,
      List<Double> changes) {
    public Trace {
      Objects.requireNonNull(name);
      Objects.requireNonNull(style);
      Objects.requireNonNull(note);
      Objects.requireNonNull(reading);
      steps = List.copyOf(steps);
      changes = List.copyOf(changes);
    }
  }

  /// One step of a course, none below zero.
  ///
  /// @param low least value in it
  /// @param mean of its values
  /// @param high largest of them
  public record Step(double low, double mean, double high) {}
}
