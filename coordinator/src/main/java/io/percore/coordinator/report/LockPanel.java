package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.LockTimeline.Excerpt;
import io.percore.coordinator.report.LockTimeline.Turn;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Lanes;
import io.percore.coordinator.report.chart.Lanes.Group;
import io.percore.coordinator.report.chart.Lanes.Lane;
import io.percore.coordinator.report.chart.Lanes.Span;
import io.percore.coordinator.report.chart.Lanes.Tick;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.report.chart.Style;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// Who held the lock, over time: from trials that were made to watch that, and which are slower for
/// it. A lock that changes hands too often to show each turn is shown twice: as shares of columns
/// of time, and turn by turn for a while in the middle.
final class LockPanel {
  /// Of more turns not each can be seen.
  static final int MOST_TURNS = 400;

  private static final int TURNS_OF_EXCERPT = 120;

  private LockPanel() {}

  /// One watched trial.
  ///
  /// @param name of the strategy that its program belongs to
  record Watched(
      String name, Style style, Program program, Measurement measurement, LockTimeline timeline) {
    String title() {
      return PlainText.printable(name) + " at N = " + program.parallelism();
    }

    /// Whether each turn can be seen when all are shown.
    boolean each() {
      return timeline.turns().size() <= MOST_TURNS;
    }

    Excerpt excerpt() {
      return timeline.middle(TURNS_OF_EXCERPT);
    }
  }

  static Optional<Panel> of(RunReport report) {
    List<Watched> watched = watched(report);
    if (watched.isEmpty()) {
      return Optional.empty();
    }
    List<View> views = new ArrayList<>();
    for (Size size : Panel.SIZES) {
      views.add(new View(null, size, figure(report, watched, size)));
    }
    return Optional.of(new Panel(Place.WIDE, views, LockReadOut.of(watched)));
  }

  /// The last such trial of each program in which any thread got the lock.
  private static List<Watched> watched(RunReport report) {
    List<Curve> curves = Curve.all(report.summary());
    List<Watched> watched = new ArrayList<>();
    for (TrialRecord record : report.aside().watched()) {
      Program program = record.trial().program();
      if (record.outcome() instanceof Completed completed) {
        List<LockLedger> ledgers = completed.measurement().lockLedgers();
        LockTimeline timeline = LockTimeline.of(ledgers == null ? List.of() : ledgers);
        if (timeline.length() > 0) {
          watched.removeIf(other -> other.program.equals(program));
          watched.add(named(curves, program, completed.measurement(), timeline));
        }
      }
    }
    return watched;
  }

  private static Watched named(
      List<Curve> curves, Program program, Measurement measurement, LockTimeline timeline) {
    return curves.stream()
        .filter(c -> c.points().stream().anyMatch(p -> p.point().program().equals(program)))
        .findFirst()
        .map(c -> new Watched(c.name(), c.style(), program, measurement, timeline))
        .orElseGet(
            () ->
                new Watched(
                    program.discipline() + "@" + program.layout(),
                    new Style(curves.size()),
                    program,
                    measurement,
                    timeline));
  }

  private static Lanes figure(RunReport report, List<Watched> watched, Size size) {
    List<String> readings = watched.stream().map(trial -> reading(report, trial)).toList();
    return new Lanes(
        "locks-" + size.name().toLowerCase(Locale.ROOT),
        "Who held the lock",
        Typography.of(
            "Filled where a thread held it. Watched in "
                + (watched.size() == 1 ? "a trial of its own" : "trials of their own")
                + ", since watching takes time: the timed trials do without. Turns that follow on"
                + " each other in one row, less than "
                + Quantities.nanos((double) LockTimeline.TOO_CLOSE_NANOS)
                + " apart, are drawn as one. "
                + String.join(" ", readings)),
        Typography.of(String.join(" ", watched.stream().map(LockPanel::description).toList())),
        watched.stream().flatMap(trial -> groups(trial, size).stream()).toList(),
        size);
  }

  /// Its rate beside that of the timed trials.
  private static String reading(RunReport report, Watched trial) {
    String rate = trial.title() + ": " + Quantities.rate(trial.measurement.operationsPerSecond());
    return report.summary().points().stream()
            .filter(point -> point.point().program().equals(trial.program))
            .map(PointSummary::throughputMedian)
            .filter(Objects::nonNull)
            .findFirst()
            .map(median -> rate + ", timed " + Quantities.rate(median))
            .orElse(rate)
        + ".";
  }

  private static String description(Watched trial) {
    LockTimeline timeline = trial.timeline;
    return "%s: %s of %s in %s."
        .formatted(
            trial.title(),
            Quantities.plural(timeline.turns().stream().mapToLong(Turn::count).sum(), "turn"),
            Quantities.plural(trial.measurement.threads().size(), "thread"),
            Quantities.nanos((double) timeline.length()));
  }

  private static List<Group> groups(Watched trial, Size size) {
    LockTimeline timeline = trial.timeline;
    String title = trial.title();
    if (trial.each()) {
      String heading =
          "%s: each turn of %s from %s on"
              .formatted(
                  title, Quantities.nanos((double) timeline.length()), moment(timeline.start()));
      return List.of(turns(heading, trial, timeline.turns(), (double) timeline.length(), size));
    }
    Excerpt excerpt = trial.excerpt();
    String detail =
        "%s: each turn of %s from the middle of that, from %s on"
            .formatted(
                title,
                Quantities.nanos((double) excerpt.length()),
                moment(timeline.start() + excerpt.from()));
    return List.of(
        shares(title, trial, size),
        turns(detail, trial, excerpt.turns(), (double) excerpt.length(), size));
  }

  private static Group turns(
      String heading, Watched trial, List<Turn> turns, double length, Size size) {
    List<Lane> lanes =
        IntStream.range(0, trial.timeline.lanes().size())
            .mapToObj(
                lane ->
                    new Lane(
                        trial.timeline.lanes().get(lane),
                        spans(turns.stream().filter(t -> t.lane() == lane).toList(), length)))
            .toList();
    return new Group(
        Typography.of(heading),
        trial.style,
        length,
        ticks(length, size),
        lanes,
        turns.stream()
            .map(turn -> new Lanes.Stop(turn.lane(), from(turn), until(turn, length)))
            .toList());
  }

  /// The threads of one row may have different locks at once, which looks as if they had one.
  private static List<Span> spans(List<Turn> turns, double length) {
    List<Span> spans = new ArrayList<>();
    for (Turn turn : turns) {
      Span last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && from(turn) <= last.until()) {
        spans.removeLast();
        spans.add(new Span(last.from(), Math.max(last.until(), until(turn, length)), 1));
      } else {
        spans.add(new Span(from(turn), until(turn, length), 1));
      }
    }
    return spans;
  }

  private static double from(Turn turn) {
    return Math.max(0, (double) turn.from());
  }

  private static double until(Turn turn, double length) {
    return Math.min(length, (double) turn.until());
  }

  private static Group shares(String title, Watched trial, Size size) {
    LockTimeline timeline = trial.timeline;
    int columns = timeline.columns();
    double width = (double) timeline.length() / columns;
    double[][] shares = timeline.shares(columns);
    List<Lane> lanes = new ArrayList<>();
    for (int lane = 0; lane < shares.length; lane++) {
      List<Span> spans = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        if (shares[lane][column] > 0) {
          spans.add(new Span(column * width, (column + 1) * width, shares[lane][column]));
        }
      }
      lanes.add(new Lane(timeline.lanes().get(lane), spans));
    }
    String heading =
        "%s: as high as the share of each %s for which a thread held it, %s from %s on"
            .formatted(
                title,
                Quantities.nanos(width),
                Quantities.nanos((double) timeline.length()),
                moment(timeline.start()));
    return new Group(
        Typography.of(heading),
        trial.style,
        (double) timeline.length(),
        ticks((double) timeline.length(), size),
        lanes,
        IntStream.range(0, columns)
            .mapToObj(column -> new Lanes.Stop(-1, column * width, (column + 1) * width))
            .toList());
  }

  /// A time after the common start, in nanoseconds.
  static String moment(long nanos) {
    String start = "the common start";
    return nanos == 0 ? start : Quantities.nanos((double) nanos) + " after " + start;
  }

  private static List<Tick> ticks(double length, Size size) {
    int most = size == Size.WIDE ? 9 : 4;
    return new Scale.Linear(0, length)
        .ticks(most).stream()
            .map(at -> new Tick(at, at == 0 ? "0" : Typography.of(round(at))))
            .toList();
  }

  private static String round(double nanos) {
    return Typography.withoutTrailingZeros(Quantities.nanos(nanos));
  }
}
