package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.report.chart.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns with a lock as bars on one line for each thread, for as long as every thread's are known.
final class LockTurns {
  private static final int MOST_BARS = 600;
  private static final int MOST_THREADS = 64;
  private static final long TOO_CLOSE_NANOS = 1_000;
  private static final double WIDTH = 860;
  private static final double LEFT = 64;
  private static final double RIGHT = 12;
  private static final double ROW = 16;
  private static final double AXIS = 26;

  /// What is thinner could not be seen.
  private static final double THINNEST = 0.4;

  private static final int TICKS = 4;

  private record Turn(int row, long from, long until) {}

  private final List<LockLedger> ledgers;
  private final List<Turn> turns;
  private final long from;
  private final long until;

  private LockTurns(List<LockLedger> ledgers, List<Turn> turns, long from, long until) {
    this.ledgers = ledgers;
    this.turns = turns;
    this.from = from;
    this.until = until;
  }

  static LockTurns of(List<LockLedger> all) {
    List<LockLedger> ledgers = all.subList(0, Math.min(all.size(), MOST_THREADS));
    long end = Long.MAX_VALUE;
    List<Turn> turns = new ArrayList<>();
    for (int row = 0; row < ledgers.size(); row++) {
      LockLedger ledger = ledgers.get(row);
      for (int i = 0; i < ledger.turnFrom().size(); i++) {
        turns.add(new Turn(row, Math.max(0, ledger.turnFrom().get(i)), ledger.turnUntil().get(i)));
      }
      // Later ones may not have been written down.
      if (!ledger.turnUntil().isEmpty()) {
        end = Math.min(end, ledger.turnUntil().getLast());
      }
    }
    turns.removeIf(turn -> turn.until <= turn.from);
    turns.sort(Comparator.comparingLong(Turn::from));
    List<Turn> bars = merged(turns);
    if (bars.size() > MOST_BARS) {
      end = Math.min(end, bars.get(MOST_BARS).from);
    }
    long last = end;
    bars.removeIf(turn -> turn.from >= last);
    return bars.isEmpty()
        ? new LockTurns(ledgers, List.of(), 0, 0)
        : new LockTurns(ledgers, List.copyOf(bars), bars.getFirst().from, last);
  }

  /// Turns of one thread that follow on each other closely, as one.
  private static List<Turn> merged(List<Turn> turns) {
    List<Turn> bars = new ArrayList<>();
    for (Turn turn : turns) {
      Turn before = bars.isEmpty() ? null : bars.getLast();
      if (before != null && before.row == turn.row && turn.from - before.until < TOO_CLOSE_NANOS) {
        bars.removeLast();
        bars.add(new Turn(turn.row, before.from, turn.until));
      } else {
        bars.add(turn);
      }
    }
    return bars;
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /// From when on they are shown, in nanoseconds after T0.
  double from() {
    return (double) from;
  }

  /// For how long.
  double nanos() {
    return (double) (until - from);
  }

  /// @param id unique in the page
  String svg(String id) {
    Markup out = new Markup();
    double height = ledgers.size() * ROW + AXIS;
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "chart",
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc",
        "viewBox",
        "0 0 " + Math.round(WIDTH) + " " + Math.round(height),
        "width",
        WIDTH,
        "height",
        height);
    out.element("title", "Who held the lock", "id", id + "-title");
    out.element(
        "desc",
        "%s of %s over %s."
            .formatted(
                Quantities.plural(turns.size(), "turn"),
                Quantities.plural(ledgers.size(), "thread"),
                Quantities.nanos(nanos())),
        "id",
        id + "-desc");
    out.line();
    for (int row = 0; row < ledgers.size(); row++) {
      out.element(
          "text",
          "thread " + ledgers.get(row).thread(),
          "class",
          "tick end",
          "x",
          LEFT - 8,
          "y",
          row * ROW + ROW - 4);
    }
    axis(out, ledgers.size() * ROW);
    for (int row = 0; row < ledgers.size(); row++) {
      out.open("g", "class", "c" + row % 4);
      for (Turn turn : turns) {
        if (turn.row == row) {
          double left = x(turn.from);
          double width = Math.max(THINNEST, x(Math.min(turn.until, until)) - left);
          out.empty(
              "rect",
              "class",
              "turn",
              "x",
              left,
              "y",
              row * ROW + 2,
              "width",
              width,
              "height",
              ROW - 4);
        }
      }
      out.close().line();
    }
    return out.close().toString();
  }

  private void axis(Markup out, double y) {
    out.empty("line", "class", "axis", "x1", LEFT, "y1", y, "x2", WIDTH - RIGHT, "y2", y);
    for (int i = 0; i <= TICKS; i++) {
      double time = nanos() * i / TICKS;
      double x = LEFT + (WIDTH - LEFT - RIGHT) * i / TICKS;
      out.empty("line", "class", "axis", "x1", x, "y1", y, "x2", x, "y2", y + 4);
      out.element(
          "text",
          i == 0 ? "0" : Quantities.nanos(time),
          "class",
          i == TICKS ? "tick end" : "tick middle",
          "x",
          i == TICKS ? WIDTH : x,
          "y",
          y + 18);
    }
    out.line();
  }

  private double x(long time) {
    return isEmpty() ? LEFT : LEFT + (WIDTH - LEFT - RIGHT) * (time - from) / nanos();
  }
}
