package io.percore.coordinator.report;

import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Figure;
import io.percore.coordinator.report.chart.ReadOut;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A figure as the page shows it: with its heading, its caption, its buttons and its read-out. It
/// is there only when its data was measured.
///
/// @param place how much room it takes
/// @param views the figure in every form in which the page can show it, at least one; the first is
///   what is written as a file, and its title and caption are the panel's
/// @param readOut the same for all views: their figures have as many stops
public record Panel(Place place, List<View> views, ReadOut readOut) {
  /// Those of which a page shows one, by the window.
  static final List<Size> SIZES = List.of(Size.WIDE, Size.SMALL);

  /// How much room a panel takes.
  public enum Place {
    /// Half the width of the page.
    HALF,
    /// The whole width.
    WIDE,
    /// One line, until the reader opens it.
    COLLAPSED
  }

  /// A form of a figure.
  ///
  /// @param form that the reader chooses; null where there is no choice
  /// @param size the page shows a wide one on a desk and a small one on a telephone; null where one
  ///   serves both
  public record View(@Nullable Form form, @Nullable Size size, Figure figure) {
    public View {
      Objects.requireNonNull(figure);
    }
  }

  public Panel {
    Objects.requireNonNull(place);
    Objects.requireNonNull(readOut);
    views = List.copyOf(views);
    if (views.isEmpty()) {
      throw new IllegalArgumentException("a panel shows something");
    }
  }

  /// A panel with one figure for all windows.
  public Panel(Place place, Figure figure, ReadOut readOut) {
    this(place, List.of(new View(null, null, figure)), readOut);
  }

  /// The figure that its file shows.
  Figure figure() {
    return views.getFirst().figure();
  }

  /// Whether the reader chooses between forms.
  boolean switched() {
    return views.stream().map(View::form).distinct().count() > 1;
  }
}
