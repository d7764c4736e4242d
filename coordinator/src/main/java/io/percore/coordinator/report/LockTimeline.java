package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Turns with a lock over time, for as long as every thread's are known. Pure.
///
/// @param lanes names of the threads; of more than [#MOST_LANES] threads the last lane stands for
///   all that have no lane of their own
/// @param turns by their beginning; those with one lock that follow on each other closely in one
///   lane are one
/// @param single the same, each by itself
/// @param start of the first turn, in nanoseconds after T0
/// @param length time from then to where the turns of some thread are no longer known, or to the
///   end of the last, in nanoseconds; 0 where there are none
record LockTimeline(
    List<String> lanes, List<Turn> turns, List<Turn> single, long start, long length) {
  static final int MOST_LANES = 32;

  /// Turns in one lane that are less than this apart are one, when nobody had the lock between
  /// them.
  static final long TOO_CLOSE_NANOS = 1_000;

  private static final String OTHERS = " others";
  private static final int LEAST_COLUMNS = 60;
  private static final int MOST_COLUMNS = 200;
  private static final int MOST_SHARES = 3200;

  LockTimeline {
    lanes = List.copyOf(lanes);
    turns = List.copyOf(turns);
    single = List.copyOf(single);
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
    long end = end(ledgers);
    // The threads of each worker have a lock of their own.
    Map<Integer, List<Turn>> locks = new TreeMap<>();
    for (int i = 0; i < ledgers.size(); i++) {
      LockLedger ledger = ledgers.get(i);
      int lane = Math.min(i, lanes(ledgers.size()) - 1);
      List<Turn> turns = locks.computeIfAbsent(ledger.slot(), _ -> new ArrayList<>());
      for (int turn = 0; turn < ledger.turnFrom().size(); turn++) {
        long from = Math.max(0, ledger.turnFrom().get(turn));
        long until = ledger.turnUntil().get(turn);
        // One that the clock was too coarse to see ends where it begins.
        if (until >= 0 && (from < end || until == end)) {
          turns.add(new Turn(lane, from, Math.min(until, end), 1));
        }
      }
    }
    // What was before the first turn was perhaps not written down either.
    long start =
        locks.values().stream().flatMap(List::stream).mapToLong(Turn::from).min().orElse(end);
    locks.replaceAll((_, turns) -> inOrder(after(start, turns).stream()));
    return new LockTimeline(
        names(ledgers, lanes(ledgers.size())),
        inOrder(locks.values().stream().flatMap(turns -> merged(turns).stream())),
        inOrder(locks.values().stream().flatMap(List::stream)),
        start,
        end - start);
  }

  /// Where the turns of some thread are no longer known, or the last turn ends.
  private static long end(List<LockLedger> ledgers) {
    long known = Long.MAX_VALUE;
    long end = 0;
    for (LockLedger ledger : ledgers) {
      long last = ledger.turnUntil().isEmpty() ? 0 : ledger.turnUntil().getLast();
      end = Math.max(end, last);
      // Those after the last one were not written down.
      if (ledger.acquisitions() > ledger.turnUntil().size()) {
        known = Math.min(known, last);
      }
    }
    return Math.min(known, end);
  }

  private static List<Turn> after(long start, List<Turn> turns) {
    return turns.stream()
        .map(turn -> new Turn(turn.lane, turn.from - start, turn.until - start, turn.count))
        .toList();
  }

  private static List<Turn> inOrder(Stream<Turn> turns) {
    return turns.sorted(Comparator.comparingLong(Turn::from)).toList();
  }

  private static int lanes(int threads) {
    return Math.min(threads, MOST_LANES);
  }

  /// Whether a lane of this name stands for more than one thread.
  static boolean several(String lane) {
    return lane.endsWith(OTHERS);
  }

  /// Names of the threads.
  ///
  /// @param lanes at most so many: the last one may stand for several
  static List<String> names(List<LockLedger> ledgers, int lanes) {
    boolean oneWorker = ledgers.stream().mapToInt(LockLedger::slot).distinct().count() <= 1;
    List<String> names = new ArrayList<>();
    for (LockLedger ledger : ledgers.subList(0, lanes)) {
      names.add((oneWorker ? "" : "worker " + ledger.slot() + " ") + "thread " + ledger.thread());
    }
    if (lanes < ledgers.size()) {
      names.set(lanes - 1, ledgers.size() - lanes + 1 + OTHERS);
    }
    return names;
  }

  /// @param turns with one lock, in their order
  private static List<Turn> merged(List<Turn> turns) {
    List<Turn> merged = new ArrayList<>();
    for (Turn turn : turns) {
      Turn last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.lane == turn.lane && turn.from - last.until < TOO_CLOSE_NANOS) {
        merged.removeLast();
        merged.add(new Turn(turn.lane, last.from, turn.until, last.count + turn.count));
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
  /// @param turns those in it, from its beginning; where there are several locks, some may begin
  ///   before it, or end after it
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
    List<Turn> shown =
        Stream.concat(
                turns.subList(0, first).stream().filter(turn -> turn.until > from),
                turns.subList(first, last).stream())
            .toList();
    long until = shown.stream().mapToLong(Turn::until).max().orElse(from);
    long next = last < turns.size() ? turns.get(last).from : until;
    return new Excerpt(from, Math.min(until, next) - from, after(from, shown));
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
    for (Turn turn : single) {
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
