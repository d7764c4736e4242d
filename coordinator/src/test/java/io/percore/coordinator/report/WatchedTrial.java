package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/// What is true of a watched trial, looked up in its ledgers by other code than that of its figure.
///
/// @param name of the first strategy that the program belongs to
/// @param lanes names of the rows of its figure
/// @param holds every turn by itself, from the first to where those of some thread are unknown
/// @param start of the first turn, after the common start
/// @param length from then on
@NullUnmarked // A figure that is asked for and unknown breaks the reading, as it should.
record WatchedTrial(
    String name,
    Program program,
    Measurement measurement,
    List<String> lanes,
    List<Hold> holds,
    long start,
    long length) {
  private static final int LANES = 32;
  static final long TOO_CLOSE_NANOS = 1_000;

  /// A thread had the lock of its worker.
  ///
  /// @param from nanoseconds after the first turn began
  record Hold(int worker, int lane, long from, long until) {}

  /// Turns with one lock that follow on each other closely in one lane.
  record Mark(int lane, long from, long until, int turns) {}

  /// A part of the time.
  ///
  /// @param from nanoseconds after the first turn began
  /// @param marks whatever is in it, from its own beginning to its own end
  record Part(long from, long length, List<Mark> marks) {}

  /// The last one of each program in which the lock was had for any time.
  static List<WatchedTrial> all(Facts facts) {
    Map<Program, WatchedTrial> all = new LinkedHashMap<>();
    for (TrialRecord trial : facts.report().aside().watched()) {
      if (trial.outcome() instanceof Completed completed
          && completed.measurement().lockLedgers() != null) {
        Program program = trial.trial().program();
        WatchedTrial watched = of(facts, program, completed.measurement());
        if (watched.length > 0) {
          all.remove(program);
          all.put(program, watched);
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static WatchedTrial of(Facts facts, Program program, Measurement measurement) {
    List<LockLedger> ledgers = measurement.lockLedgers();
    long end = end(ledgers);
    List<Hold> holds = new ArrayList<>();
    for (int i = 0; i < ledgers.size(); i++) {
      LockLedger ledger = ledgers.get(i);
      for (int turn = 0; turn < ledger.turnFrom().size(); turn++) {
        long until = ledger.turnUntil().get(turn);
        long from = Math.max(0, ledger.turnFrom().get(turn));
        if (until >= 0 && (from < end || until == end)) {
          int lane = Math.min(i, LANES - 1);
          holds.add(new Hold(ledger.slot(), lane, from, Math.min(until, end)));
        }
      }
    }
    long start = holds.stream().mapToLong(Hold::from).min().orElse(end);
    String name =
        facts.points().stream()
            .filter(point -> point.point().program().equals(program))
            .findFirst()
            .orElseThrow()
            .strategy();
    return new WatchedTrial(
        PlainText.printable(name),
        program,
        measurement,
        lanes(ledgers),
        holds.stream()
            .sorted(Comparator.comparingLong(Hold::from))
            .map(h -> new Hold(h.worker, h.lane, h.from - start, h.until - start))
            .toList(),
        start,
        end - start);
  }

  /// Where the turns of some thread are no longer known, or the last one ended.
  private static long end(List<LockLedger> ledgers) {
    long last =
        ledgers.stream().flatMap(l -> l.turnUntil().stream()).mapToLong(u -> u).max().orElse(0);
    return ledgers.stream()
        .filter(ledger -> ledger.acquisitions() > ledger.turnUntil().size())
        .mapToLong(l -> l.turnUntil().stream().mapToLong(u -> u).max().orElse(0))
        .reduce(Math.max(0, last), Math::min);
  }

  private static List<String> lanes(List<LockLedger> ledgers) {
    List<String> names = new ArrayList<>(threads(ledgers));
    if (names.size() > LANES) {
      names.subList(LANES - 1, names.size()).clear();
      names.add(ledgers.size() - (LANES - 1) + " others");
    }
    return names;
  }

  /// Names of all threads.
  static List<String> threads(List<LockLedger> ledgers) {
    boolean several = ledgers.stream().anyMatch(ledger -> ledger.slot() > 0);
    return ledgers.stream()
        .map(
            l ->
                several
                    ? "worker %d thread %d".formatted(l.slot(), l.thread())
                    : "thread " + l.thread())
        .toList();
  }

  /// What is drawn in one piece, by its beginning.
  List<Mark> marks() {
    List<List<Hold>> runs = new ArrayList<>();
    Map<Integer, List<Hold>> latest = new HashMap<>();
    for (Hold hold : holds) {
      List<Hold> run = latest.get(hold.worker);
      boolean goesOn =
          run != null
              && run.getLast().lane == hold.lane
              && hold.from - run.getLast().until < TOO_CLOSE_NANOS;
      if (!goesOn) {
        run = new ArrayList<>();
        runs.add(run);
        latest.put(hold.worker, run);
      }
      run.add(hold);
    }
    return runs.stream()
        .map(r -> new Mark(r.getFirst().lane, r.getFirst().from, r.getLast().until, r.size()))
        .toList();
  }

  /// All of the time.
  Part whole() {
    return new Part(0, length, marks());
  }

  /// From the first mark that begins in the second half on, or from earlier where not so many are
  /// left, until as many have ended or the next begins. Some go on from before.
  Part middle(int most) {
    List<Mark> marks = marks();
    int before = (int) marks.stream().filter(mark -> mark.from < length / 2).count();
    int first = Math.min(before, marks.size() - most);
    long from = marks.get(first).from;
    List<Mark> shown =
        IntStream.range(0, first + most)
            .filter(i -> i >= first || marks.get(i).until > from)
            .mapToObj(marks::get)
            .toList();
    long ends = shown.stream().mapToLong(Mark::until).max().orElseThrow();
    long next = marks.stream().skip(first + most).mapToLong(Mark::from).min().orElse(ends);
    return new Part(from, Math.min(ends, next) - from, shown);
  }

  /// For each lane the share of each column of time for which it had the lock.
  double[][] shares(int columns) {
    double width = (double) length / columns;
    double[][] shares = new double[lanes.size()][columns];
    for (int lane = 0; lane < shares.length; lane++) {
      int row = lane;
      List<Hold> own = holds.stream().filter(hold -> hold.lane == row).toList();
      for (int column = 0; column < columns; column++) {
        double begin = column * width;
        double end = begin + width;
        double held = own.stream().mapToDouble(hold -> within(hold, begin, end)).sum();
        shares[lane][column] = Math.min(1, held / width);
      }
    }
    return shares;
  }

  private static double within(Hold hold, double begin, double end) {
    return Math.max(0, Math.min((double) hold.until, end) - Math.max((double) hold.from, begin));
  }
}
