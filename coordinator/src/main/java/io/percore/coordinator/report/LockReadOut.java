package io.percore.coordinator.report;

import io.percore.coordinator.report.LockPanel.Watched;
import io.percore.coordinator.report.LockTimeline.Excerpt;
import io.percore.coordinator.report.LockTimeline.Turn;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What [LockPanel] says of each turn, or of each column of time.
final class LockReadOut {
  private static final int ROWS = 6;

  private LockReadOut() {}

  /// In the order of the stops of the figure.
  static ReadOut of(List<Watched> watched) {
    List<Stop> stops = watched.stream().flatMap(trial -> stops(trial).stream()).toList();
    return new ReadOut("turns", List.of(), stops);
  }

  private static List<Stop> stops(Watched trial) {
    LockTimeline timeline = trial.timeline();
    if (trial.each()) {
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
                          trial.title(),
                          Quantities.nanos(width),
                          Quantities.nanos(timeline.start() + column * width))),
              rows(timeline, shares, column)));
    }
    Excerpt excerpt = trial.excerpt();
    excerpt
        .turns()
        .forEach(turn -> stops.add(stop(trial, turn, timeline.start() + excerpt.from())));
    return List.copyOf(stops);
  }

  private static Stop stop(Watched trial, Turn turn, long origin) {
    String who = trial.timeline().lanes().get(turn.lane());
    String held =
        turn.count() == 1
            ? (LockTimeline.several(who) ? "one of " : "") + who + " held it for "
            : who + " had it " + turn.count() + " times within ";
    return new Stop(
        Typography.of(trial.title()),
        List.of(
            row(held + Quantities.nanos((double) turn.nanos())),
            row("from " + LockPanel.moment(origin + turn.from()) + " on")));
  }

  private static Row row(String text) {
    return new Row(-1, Typography.of(text));
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
    // One that is left needs no more room than "the others".
    int shown = lanes.size() <= ROWS + 1 ? lanes.size() : ROWS;
    for (int lane : lanes.subList(0, shown)) {
      rows.add(row(timeline.lanes().get(lane) + ": " + Quantities.percent(shares[lane][column])));
    }
    if (lanes.size() > shown) {
      double left = lanes.stream().skip(shown).mapToDouble(lane -> shares[lane][column]).sum();
      rows.add(row("the others: " + Quantities.percent(left)));
    }
    if (lanes.isEmpty()) {
      rows.add(row("nobody held it"));
    }
    return rows;
  }
}
