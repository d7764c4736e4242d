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
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.report.chart.Style;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final int ROWS_OF_READ_OUT = 6;

  private LockPanel() {}

  /// One watched trial.
  private record Watched(
      String name, Style style, Program program, Measurement measurement, LockTimeline timeline) {}

  static Optional<Panel> of(RunReport report) {
    List<Watched> watched = watched(report);
    if (watched.isEmpty()) {
      return Optional.empty();
    }
    List<View> views = new ArrayList<>();
    for (Size size : Panel.SIZES) {
      views.add(new View(null, size, figure(report, watched, size)));
    }
    List<Stop> stops = watched.stream().flatMap(trial -> stops(trial).stream()).toList();
    return Optional.of(new Panel(Place.WIDE, views, new ReadOut("turns", List.of(), stops)));
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
            "Filled where a thread held it. Watched in trials of their own, which watching slows:"
                + " no other figure comes from them. Turns of one thread less than "
                + Quantities.nanos((double) LockTimeline.TOO_CLOSE_NANOS)
                + " apart are drawn as one. "
                + String.join(" ", readings)),
        Typography.of(String.join(" ", watched.stream().map(LockPanel::description).toList())),
        watched.stream().flatMap(trial -> groups(trial, size).stream()).toList(),
        size);
  }

  private static String title(Watched trial) {
    return PlainText.printable(trial.name) + " at N = " + trial.program.parallelism();
  }

  /// Its rate beside that of the timed trials.
  private static String reading(RunReport report, Watched trial) {
    String rate = title(trial) + ": " + Quantities.rate(trial.measurement.operationsPerSecond());
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
            title(trial),
            Quantities.plural(timeline.turns().stream().mapToLong(Turn::count).sum(), "turn"),
            Quantities.plural(trial.measurement.threads().size(), "thread"),
            Quantities.nanos((double) timeline.length()));
  }

  private static boolean each(LockTimeline timeline) {
    return timeline.turns().size() <= MOST_TURNS;
  }

  private static List<Group> groups(Watched trial, Size size) {
    LockTimeline timeline = trial.timeline;
    String title = title(trial);
    if (each(timeline)) {
      String heading =
          "%s: each turn of %s from %s on"
              .formatted(
                  title, Quantities.nanos((double) timeline.length()), moment(timeline.start()));
      return List.of(turns(heading, trial, timeline.turns(), (double) timeline.length(), size));
    }
    Excerpt excerpt = timeline.middle(TURNS_OF_EXCERPT);
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
                        turns.stream()
                            .filter(turn -> turn.lane() == lane)
                            .map(turn -> new Span((double) turn.from(), (double) turn.until(), 1))
                            .toList()))
            .toList();
    return new Group(
        Typography.of(heading),
        trial.style,
        length,
        ticks(length, size),
        lanes,
        turns.stream()
            .map(turn -> new Lanes.Stop(turn.lane(), (double) turn.from(), (double) turn.until()))
            .toList());
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

  private static String moment(long nanos) {
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

  private static List<Stop> stops(Watched trial) {
    LockTimeline timeline = trial.timeline;
    if (each(timeline)) {
      return timeline.turns().stream().map(turn -> stop(trial, turn, timeline.start())).toList();
    }
    List<Stop> stops = new ArrayList<>();
    int columns = timeline.columns();
    double width = (double) timeline.length() / columns;
    double[][] shares = timeline.shares(columns);
    for (int column = 0; column < columns; column++) {
      stops.add(
          new Stop(
              Typography.of(
                  "%s, %s from %s on"
                      .formatted(
                          title(trial),
                          Quantities.nanos(width),
                          Quantities.nanos(timeline.start() + column * width))),
              rows(timeline, shares, column)));
    }
    Excerpt excerpt = timeline.middle(TURNS_OF_EXCERPT);
    excerpt
        .turns()
        .forEach(turn -> stops.add(stop(trial, turn, timeline.start() + excerpt.from())));
    return List.copyOf(stops);
  }

  private static Stop stop(Watched trial, Turn turn, long origin) {
    List<String> lines = new ArrayList<>();
    lines.add(
        trial.timeline.lanes().get(turn.lane())
            + " held it for "
            + Quantities.nanos((double) turn.nanos()));
    lines.add("from " + moment(origin + turn.from()) + " on");
    if (turn.count() > 1) {
      lines.add(Quantities.plural(turn.count(), "turn") + " in a row");
    }
    return new Stop(
        Typography.of(title(trial)),
        lines.stream().map(line -> new Row(-1, Typography.of(line))).toList());
  }

  /// Those who held it longest, and what is left.
  private static List<Row> rows(LockTimeline timeline, double[][] shares, int column) {
    List<Integer> lanes =
        IntStream.range(0, shares.length)
            .boxed()
            .filter(lane -> shares[lane][column] > 0)
            .sorted(Comparator.comparingDouble(lane -> -shares[lane][column]))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int lane : lanes.subList(0, Math.min(lanes.size(), ROWS_OF_READ_OUT))) {
      String share = Quantities.percent(shares[lane][column]);
      rows.add(new Row(-1, Typography.of(timeline.lanes().get(lane) + ": " + share)));
    }
    if (lanes.size() > ROWS_OF_READ_OUT) {
      double left =
          lanes.stream().skip(ROWS_OF_READ_OUT).mapToDouble(lane -> shares[lane][column]).sum();
      rows.add(new Row(-1, Typography.of("the others: " + Quantities.percent(left))));
    }
    if (lanes.isEmpty()) {
      rows.add(new Row(-1, "nobody held it"));
    }
    return rows;
  }
}
