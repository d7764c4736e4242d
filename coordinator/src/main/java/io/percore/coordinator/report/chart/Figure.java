package io.percore.coordinator.report.chart;

/// A picture of a report, whatever it shows: [Svg] puts it into a page, or into a file of its own.
///
/// - A figure has its text (an id, a title, a caption that says what its marks mean, a description
///   for those who do not see it) and draws itself: size, marks, and where its read-out stops.
/// - It exists only when what it shows was measured; that is for its maker to see to.
/// - [Svg] adds all that figures have in common: frame, title and description, and to a file style,
///   background and heading. Colours, fonts and strokes are classes of `chart.css`.
/// - A panel of the page shows one figure, or the same data in several: wide and narrow, on
///   logarithmic and linear axes. The first one is also the file.
/// - What a panel says at each stop, under the pointer or by the arrow keys, is a [ReadOut].
///
/// All text is untrusted: it is escaped where it is written.
public interface Figure {
  /// Identifier within a document, of letters, digits and hyphens.
  String id();

  /// A few words.
  String title();

  /// One line: what the marks mean.
  String caption();

  /// What the figure shows, for those who do not see it.
  String description();

  /// The figure without title and caption, from the upper left corner.
  ///
  /// @param tooltips whether marks carry their figures as `title`: in a file, which has no read-out
  Drawing draw(boolean tooltips);
}
