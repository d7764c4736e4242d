package io.percore.coordinator.report.chart;

import io.percore.coordinator.stats.Interval;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a line chart shows, before anything has a position. All text is untrusted: it is escaped
/// where it is written.
///
/// @param id identifier within a document, of letters, digits and hyphens
/// @param title a few words
/// @param caption one line: what the marks mean
/// @param description what the chart shows, for those who do not see it
/// @param x horizontal axis
/// @param y vertical axis
/// @param zones ranges of x that are shaded, in ascending order, without overlap
/// @param references lines to compare with
/// @param series the data, in the order of the plan
/// @param size outer size
public record Chart(
    String id,
    String title,
    String caption,
    String description,
    Axis x,
    Axis y,
    List<Zone> zones,
    List<Reference> references,
    List<Series> series,
    Size size)
    implements Figure {
  public Chart {
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(x);
    Objects.requireNonNull(y);
    Objects.requireNonNull(size);
    zones = List.copyOf(zones);
    references = List.copyOf(references);
    series = List.copyOf(series);
    if (!id.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("'" + id + "' cannot be an identifier");
    }
  }

  @Override
  public Drawing draw(boolean tooltips) {
    return SvgChart.draw(this, tooltips);
  }

  /// The same chart under another name, on axes that it shares with others.
  public Chart shared(String newId, String newTitle, Axis newX, Axis newY) {
    return new Chart(
        newId, newTitle, caption, description, newX, newY, zones, references, series, size);
  }

  /// How large a chart is. Text keeps its size: a small chart is not a scaled large one.
  public enum Size {
    /// The width of a page.
    WIDE(1004, 320),
    /// Half of it, or a telephone.
    SMALL(460, 210),
    /// The same, for one of many that are compared by eye. On paper half a line: there the width
    /// keeps its type at 6.5pt.
    COMPACT(440, 138);

    private final double width;
    private final double plotHeight;

    Size(double width, double plotHeight) {
      this.width = width;
      this.plotHeight = plotHeight;
    }

    /// Outer width.
    public double width() {
      return width;
    }

    /// Least height of the plot between its axes.
    double plotHeight() {
      return plotHeight;
    }
  }

  /// An axis.
  ///
  /// @param title what it measures
  /// @param scale where values lie
  /// @param ticks marked values, the most important first: a label that does not fit beside those
  ///   before it is left out
  public record Axis(String title, Scale scale, List<Tick> ticks) {
    public Axis {
      Objects.requireNonNull(title);
      Objects.requireNonNull(scale);
      ticks = List.copyOf(ticks);
    }
  }

  /// A marked value of an axis.
  public record Tick(double value, String label) {
    public Tick {
      Objects.requireNonNull(label);
    }
  }

  /// A shaded range of x.
  ///
  /// @param labels from the longest to the shortest: the first that fits is shown
  public record Zone(double from, double to, List<String> labels) {
    public Zone {
      labels = List.copyOf(labels);
    }
  }

  /// A dashed line through given points, straight between them.
  ///
  /// @param label shown at its end
  public record Reference(List<Vertex> vertices, String label) {
    public Reference {
      Objects.requireNonNull(label);
      vertices = List.copyOf(vertices);
      if (vertices.size() < 2) {
        throw new IllegalArgumentException("a line needs two points");
      }
    }
  }

  /// A point in data coordinates.
  public record Vertex(double x, double y) {}

  /// A law that was fitted to a curve.
  ///
  /// @param within where it was fitted, by ascending x
  /// @param beyond the same law further on, likewise; empty where the chart ends before
  /// @param other another law for comparison, likewise; empty where it is no other line
  /// @param peak where it is highest; null when it has no peak in the chart
  public record Trend(
      List<Vertex> within, List<Vertex> beyond, List<Vertex> other, @Nullable Vertex peak) {
    public Trend {
      other = List.copyOf(other);
      within = List.copyOf(within);
      beyond = List.copyOf(beyond);
    }
  }

  /// One curve.
  ///
  /// @param name shown at its end
  /// @param style how it is drawn
  /// @param data at least one, by ascending x
  /// @param trend the law that was fitted to it, or null when there is none
  public record Series(String name, Style style, List<Datum> data, @Nullable Trend trend) {
    /// A curve without a law.
    public Series(String name, Style style, List<Datum> data) {
      this(name, style, data, null);
    }

    public Series {
      Objects.requireNonNull(name);
      Objects.requireNonNull(style);
      data = List.copyOf(data);
      if (data.isEmpty()) {
        throw new IllegalArgumentException("series " + name + " has no data");
      }
    }
  }

  /// One point of a curve.
  ///
  /// @param interval its interval, or null when there is none
  /// @param connected whether a line leads here from the point before: not across a missing one
  /// @param reading the figures as text
  public record Datum(
      double x, double y, @Nullable Interval interval, boolean connected, String reading) {
    public Datum {
      Objects.requireNonNull(reading);
    }
  }
}
