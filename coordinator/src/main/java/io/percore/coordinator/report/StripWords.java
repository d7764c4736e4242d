package io.percore.coordinator.report;

import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Attempts.Attempt;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.Strip.Level;
import io.percore.coordinator.report.chart.Strip.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stands beside a trial strip, and what it reads out.
final class StripWords {
  /// More reasons than these are counted; the page's list of trials has them all.
  private static final int MOST_REASONS = 3;

  private final List<Attempt> attempts;
  private final List<Level> levels;
  private final boolean grouped;

  StripWords(List<Attempt> attempts, List<Level> levels, boolean grouped) {
    this.attempts = attempts;
    this.levels = levels;
    this.grouped = grouped;
  }

  /// What the marks mean.
  ///
  /// @param beyond whether some value lies outside the axis
  /// @param each attempts in a group
  String caption(boolean beyond, int each) {
    List<String> parts = new ArrayList<>();
    parts.add(
        grouped
            ? "Attempts in the order in which they ran, "
                + each
                + " at a time, each over the"
                + " median of its own point: a box for the range of those used, a bar for their"
                + " median, marks for the least and the largest."
            : "Each attempt in the order in which they ran, over the median of its own point."
                + (levels.size() == 1
                    ? " Bar: the median of the block."
                    : " Bars: medians of the blocks, " + span() + "."));
    long marked = count(Standing.MARKED);
    if (marked > 0) {
      parts.add("Ringed: kept although disturbed, " + marked + ".");
    }
    long unused = count(Standing.NOT_COUNTED);
    if (unused > 0) {
      parts.add(
          "Hollow and crossed: not used, "
              + unused
              + " of "
              + attempts.size()
              + (grouped
                  ? ", every one."
                  : links() ? "; dots lead to the next attempt at it." : "."));
    }
    if (beyond) {
      parts.add("Arrow: beyond the axis.");
    }
    return Typography.of(String.join(" ", parts));
  }

  /// The same in words.
  String description() {
    long unused = count(Standing.NOT_COUNTED);
    DoubleSummaryStatistics used =
        attempts.stream()
            .filter(Attempt::counts)
            .map(Attempt::ofMedian)
            .flatMap(Stream::ofNullable)
            .collect(Collectors.summarizingDouble(value -> value));
    return Typography.of(
        "Trial strip. "
            + Quantities.plural(attempts.size(), "attempt")
            + ", "
            + (unused == 0 ? "all" : attempts.size() - unused)
            + " used, between "
            + Quantities.percent(used.getMin())
            + " and "
            + Quantities.percent(used.getMax())
            + " of the medians of their points. Medians "
            + (grouped ? "of groups in order: " : "of blocks: ")
            + span()
            + "; the first "
            + Quantities.percent(levels.getFirst().y())
            + ", the last "
            + Quantities.percent(levels.getLast().y())
            + ".");
  }

  /// What a mark says in a file.
  static String tooltip(Attempt attempt) {
    String note = attempt.note();
    return PlainText.printable(attempt.program().name())
        + ": "
        + reading(attempt)
        + (note.isEmpty() ? "" : "; " + PlainText.printable(note));
  }

  /// What is read out at one attempt.
  Stop stop(int position, Map<Program, Integer> keys) {
    Attempt attempt = attempts.get(position);
    List<Row> rows = new ArrayList<>();
    rows.add(row(attempt, "", keys));
    if (attempt.record().attempt() > 1) {
      rows.add(new Row(-1, "attempt " + attempt.record().attempt() + " at this trial"));
    }
    if (!attempt.note().isEmpty()) {
      rows.add(new Row(-1, PlainText.printable(attempt.note())));
    }
    return new Stop(
        "attempt "
            + (position + 1)
            + " of "
            + attempts.size()
            + ": trial "
            + (attempt.record().trial().index() + 1)
            + ", block "
            + (attempt.record().trial().block() + 1),
        rows);
  }

  /// What is read out at a group.
  ///
  /// @param first position of the first of them
  Stop stop(List<Attempt> group, int first, Map<Program, Integer> keys) {
    List<Attempt> used =
        group.stream()
            .filter(a -> a.counts() && a.ofMedian() != null)
            .sorted(Comparator.comparing(a -> Objects.requireNonNull(a.ofMedian())))
            .toList();
    List<Row> rows = new ArrayList<>();
    if (!used.isEmpty()) {
      rows.add(row(used.getLast(), "largest: ", keys));
      rows.add(row(used.getFirst(), "least: ", keys));
    }
    List<Attempt> noted = group.stream().filter(a -> !a.note().isEmpty()).toList();
    noted.stream()
        .limit(MOST_REASONS)
        .map(a -> PlainText.printable(a.program().name() + ", " + a.note()))
        .forEach(note -> rows.add(new Row(-1, note)));
    if (noted.size() > MOST_REASONS) {
      rows.add(new Row(-1, "and " + (noted.size() - MOST_REASONS) + " more not used or disturbed"));
    }
    return new Stop(
        "attempts " + (first + 1) + " to " + (first + group.size()) + " of " + attempts.size(),
        rows);
  }

  private static Row row(Attempt attempt, String before, Map<Program, Integer> keys) {
    int key = keys.getOrDefault(attempt.program(), -1);
    return new Row(
        key, before + "N = " + attempt.program().parallelism() + ": " + reading(attempt));
  }

  private static String reading(Attempt attempt) {
    Double value = attempt.ofMedian();
    Double rate = attempt.rate();
    if (rate == null) {
      return "no figure";
    }
    return Typography.of(
        (value == null ? "" : Quantities.percent(value) + " of its median, ")
            + Quantities.rate(rate));
  }

  private long count(Standing standing) {
    return attempts.stream().filter(a -> a.standing() == standing).count();
  }

  private boolean links() {
    return attempts.stream().anyMatch(a -> a.replacement() >= 0);
  }

  /// From the least of the medians to the largest.
  private String span() {
    List<String> ends =
        List.of(
                levels.stream().mapToDouble(Level::y).min().orElseThrow(),
                levels.stream().mapToDouble(Level::y).max().orElseThrow())
            .stream()
            .map(Quantities::percent)
            .distinct()
            .toList();
    return ends.size() == 1
        ? "all " + ends.getFirst()
        : ends.stream().collect(Collectors.joining(" to "));
  }
}
