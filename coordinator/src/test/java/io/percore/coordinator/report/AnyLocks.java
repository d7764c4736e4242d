package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Watched trials of every shape for a run, each from its seed: of one thread or hundreds, of one
/// worker or several, with turns from none to thousands, from no time at all to seconds, with gaps
/// or without, written down to the end or not.
final class AnyLocks {
  private static final int MOST_THREADS = 70;

  private final RunReport run;
  private final Random random;

  /// Two of so many trials have no ledgers.
  private final int mishaps;

  private AnyLocks(RunReport run, long seed) {
    this.run = run;
    this.random = new Random(41 * seed + 13);
    this.mishaps = random.nextInt(8) == 0 ? 2 : 12;
  }

  /// The run with watched trials beside what it has.
  static RunReport addedTo(RunReport run, long seed) {
    SideTrials aside = run.aside();
    List<TrialRecord> watched = new AnyLocks(run, seed).trials();
    return Asides.with(
        run, new SideTrials(watched, aside.memory(), aside.called(), aside.logged()));
  }

  private List<TrialRecord> trials() {
    List<Program> programs =
        run.summary().points().stream()
            .map(PointSummary::point)
            .map(point -> point.program())
            .filter(program -> program.parallelism() <= MOST_THREADS)
            .filter(_ -> random.nextInt(4) == 0)
            .distinct()
            .limit(random.nextInt(4))
            .toList();
    List<TrialRecord> trials = new ArrayList<>();
    for (Program program : programs) {
      for (int attempt = 1; attempt <= 1 + random.nextInt(3) / 2; attempt++) {
        trials.add(Asides.attempt(trials.size(), program, attempt, outcome(program)));
      }
    }
    return trials;
  }

  private TrialOutcome outcome(Program program) {
    return switch (random.nextInt(mishaps)) {
      case 0 -> new Failed("worker 1 was lost", "Killed");
      case 1 -> new Completed(measurement(program, null), List.of());
      default -> new Completed(measurement(program, ledgers(program)), List.of());
    };
  }

  private Measurement measurement(Program program, @Nullable List<LockLedger> ledgers) {
    int each = program.layout().threadsPerProcess();
    List<ThreadSample> threads = new ArrayList<>();
    for (int thread = 0; thread < program.parallelism(); thread++) {
      double operations = Math.pow(10, 9 * random.nextDouble());
      long elapsed = 1_000_000_000L + random.nextInt(500_000_000);
      threads.add(
          new ThreadSample(
              thread / each, thread % each, operations, 0, 0, 0, 0, elapsed, 0, 0, 0, 0));
    }
    return new Measurement(
        1_000_000_000,
        1,
        threads,
        List.of(),
        new Verification(1, 1L, 1L, 0, 0, 0, 0, 0, true),
        List.of(),
        1,
        null,
        null,
        ledgers,
        null);
  }

  /// One lock for each worker, as in a real run, which its threads have in any order.
  private List<LockLedger> ledgers(Program program) {
    int each = program.layout().threadsPerProcess();
    int turns = List.of(0, 1, 5, 30, 300, 1_500).get(random.nextInt(6));
    long hold = (long) Math.pow(10, 8 * random.nextDouble());
    long gap = List.of(1L, 400L, 1_500L, 100_000L).get(random.nextInt(4));
    List<LockLedger> ledgers = new ArrayList<>();
    for (int slot = 0; slot < program.layout().processes(); slot++) {
      List<List<Long>> from = new ArrayList<>();
      List<List<Long>> until = new ArrayList<>();
      for (int thread = 0; thread < each; thread++) {
        from.add(new ArrayList<>());
        until.add(new ArrayList<>());
      }
      long now = random.nextInt(3) == 0 ? -random.nextInt(100_000) : random.nextInt(100_000);
      for (int turn = 0; turn < turns / program.layout().processes() + 1 && turns > 0; turn++) {
        int thread = random.nextInt(each);
        now += 1 + random.nextLong(gap);
        from.get(thread).add(now);
        now += random.nextInt(5) == 0 ? 0 : random.nextLong(1 + hold);
        until.get(thread).add(now);
      }
      for (int thread = 0; thread < each; thread++) {
        ledgers.add(ledger(slot, thread, from.get(thread), until.get(thread)));
      }
    }
    return ledgers;
  }

  private LockLedger ledger(int slot, int thread, List<Long> from, List<Long> until) {
    // Of a few threads the last turns were not written down.
    long more = random.nextInt(40) == 0 ? 1 + random.nextInt(1_000_000) : 0;
    long[] waits =
        LongStream.generate(() -> (long) Math.pow(10, 9 * random.nextDouble()))
            .limit(4)
            .sorted()
            .toArray();
    long held = random.nextLong(500_000_000);
    long waited = random.nextInt(4) == 0 ? 0 : random.nextLong(600_000_000);
    return new LockLedger(
        slot,
        thread,
        from.size() + more,
        waited,
        held,
        waits[0],
        waits[1],
        waits[2],
        waits[3],
        from,
        until);
  }
}
