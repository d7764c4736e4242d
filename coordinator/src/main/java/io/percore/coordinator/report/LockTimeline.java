package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns with a lock over time, for as long as every thread's are known. Pure.
///
/// @param lanes names of the threads; of more than [#MOST_LANES] threads the last lane stands for
///   all that have no lane of their own
/// @param turns by their beginning, those of one thread that follow on each other closely as one
/// @param start of the first turn, in nanoseconds after T0
/// @param length time from then to where the turns of some thread are no longer known, or to the
///   end of the last, in nanoseconds; 0 where there are none
record LockTimeline(List<String> lanes, List<Turn> turns, long start, long length) {
  static final int MOST_LANES = 32;

  /// Turns of one thread that are less than this apart are one, when nobody was between them.
  static final long TOO_CLOSE_NANOS = 1_000;

  private static final int LEAST_COLUMNS = 60;
  private static final int MOST_COLUMNS = 200;
  private static final int MOST_SHARES = 3200;

  LockTimeline {
    lanes = List.copyOf(lanes);
    turns = List.copyOf(turns);
  }

  /// A time for which a thread had the lock.
  ///
  /// @param lane its lane
  /// @param from nanoseconds after the start
  /// @param until end of it
  /// @param count turns that it stands for
  record Turn(int lane, long from, long until, int count) {
    long nanos() {
      return until - from;
    }
  }

  static LockTimeline of(List<LockLedger> ledgers) {
    long known = Long.MAX_VALUE;
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < ledgers.size(); i++) {
      LockLedger ledger = ledgers.get(i);
      int lane = Math.min(i, lanes(ledgers.size()) - 1);
      for (int turn = 0; turn < ledger.turnFrom().size(); turn++) {
        long from = Math.max(0, ledger.turnFrom().get(turn));
        turns.add(new Turn(lane, from, ledger.turnUntil().get(turn), 1));
      }
      // Those after the last one were not written down.
      if (ledger.acquisitions() > ledger.turnUntil().size()) {
        known = Math.min(known, ledger.turnUntil().isEmpty() ? 0 : ledger.turnUntil().getLast());
      }
    }
    long end = Math.min(known, turns.stream().mapToLong(Turn::until).max().orElse(0));
    List<Turn> seen =
        turns.stream()
            .map(turn -> new Turn(turn.lane, turn.from, Math.min(turn.until, end), 1))
            .filter(turn -> turn.nanos() > 0)
            .sorted(Comparator.comparingLong(Turn::from))
            .toList();
    // What was before the first turn was perhaps not written down either.
    long start = seen.isEmpty() ? end : seen.getFirst().from;
    List<Turn> turnsAfterStart =
        merged(seen).stream()
            .map(turn -> new Turn(turn.lane, turn.from - start, turn.until - start, turn.count))
            .toList();
    return new LockTimeline(names(ledgers), turnsAfterStart, start, end - start);
  }

  private static int lanes(int threads) {
    return Math.min(threads, MOST_LANES);
  }

  private static List<String> names(List<LockLedger> ledgers) {
    boolean oneWorker = ledgers.stream().mapToInt(LockLedger::slot).distinct().count() <= 1;
    int lanes = lanes(ledgers.size());
    List<String> names = new ArrayList<>();
    for (LockLedger ledger : ledgers.subList(0, lanes)) {
      names.add(
          oneWorker
              ? "thread " + ledger.thread()
              : "worker " + ledger.slot() + " thread " + ledger.thread());
    }
    if (lanes < ledgers.size()) {
      names.set(lanes - 1, ledgers.size() - lanes + 1 + " others");
    }
    return names;
  }

  private static List<Turn> merged(List<Turn> turns) {
    List<Turn> merged = new ArrayList<>();
    for (Turn turn : turns) {
      Turn last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.lane == turn.lane && turn.from - last.until < TOO_CLOSE_NANOS) {
        long until = Math.max(last.until, turn.until);
        merged.removeLast();
        merged.add(new Turn(turn.lane, last.from, until, last.count + turn.count));
      } else {
        merged.add(turn);
      }
    }
    return merged;
  }

  /// An excerpt.
  ///
  /// @param from when it begins, in nanoseconds after the start
  /// @param length for how long it goes on
  /// @param turns those in it, cut at its ends, from its beginning
  record Excerpt(long from, long length, List<Turn> turns) {}

  /// So many turns from the middle on, or what there is of them.
  Excerpt middle(int most) {
    long half = length / 2;
    int first = 0;
    while (first < turns.size() - 1 && turns.get(first).from < half) {
      first++;
    }
    first = Math.max(0, Math.min(first, turns.size() - most));
    int last = Math.min(turns.size(), first + most);
    long from = turns.get(first).from;
    long until = turns.subList(first, last).stream().mapToLong(Turn::until).max().orElse(from);
    return new Excerpt(
        from,
        until - from,
        turns.subList(first, last).stream()
            .map(turn -> new Turn(turn.lane, turn.from - from, turn.until - from, turn.count))
            .toList());
  }

  /// Into how many columns all of the time is divided when there are too many turns to show each.
  int columns() {
    return Math.clamp(MOST_SHARES / Math.max(1, lanes.size()), LEAST_COLUMNS, MOST_COLUMNS);
  }

  /// For each lane and each of so many columns of equal length the share of the column in which the
  /// lane had the lock, in [0, 1].
  double[][] shares(int columns) {
    double width = (double) length / columns;
    double[][] shares = new double[lanes.size()][columns];
    for (Turn turn : turns) {
      int first = Math.clamp((long) (turn.from / width), 0, columns - 1);
      int last = Math.clamp((long) (turn.until / width), first, columns - 1);
      for (int column = first; column <= last; column++) {
        double begin = column * width;
        double end = Math.min((double) turn.until, begin + width);
        double held = end - Math.max((double) turn.from, begin);
        shares[turn.lane][column] += Math.max(0, held) / width;
      }
    }
    // Several locks may have been held at once by the threads of one lane.
    for (double[] lane : shares) {
      for (int column = 0; column < columns; column++) {
        lane[column] = Math.min(1, lane[column]);
      }
    }
    return shares;
  }
}
