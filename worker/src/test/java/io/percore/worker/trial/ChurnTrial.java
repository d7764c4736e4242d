package io.percore.worker.trial;

import io.percore.worker.refcount.Capability;
import io.percore.worker.refcount.Variant;
import io.percore.worker.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Makes and frees objects by the hundred million, with the kernels and in the kind of process that
/// measurements are made with, and says what became of them. What `scripts/check-churn` starts, one
/// process for each discipline and workload.
public final class ChurnTrial {
  private static final String USAGE = "usage: --list | VARIANT WORKLOAD THREADS OPERATIONS SEED";
  private static final Duration WARM_UP = Duration.ofMillis(400);

  /// From the order to T0.
  private static final Duration LEAD = Duration.ofMillis(50);

  /// No more attempts at a start that would need more time than this.
  private static final Duration LONGEST_LEAD = Duration.ofSeconds(30);

  /// For the slowest discipline on a machine that others use.
  private static final long NANOS_PER_OPERATION_AT_MOST = 20_000;

  private ChurnTrial() {}

  /// With `--list` it prints each exact discipline, with each of its choices, beside each workload
  /// in which objects are made and freed, and what share of the operations that should get.
  /// Otherwise it runs one of them and prints operations, leaks, double frees, uses after free and
  /// premature frees.
  ///
  /// Exits with 0; 1 when the trial could not be run, 2 on wrong usage, 3 when something in it was
  /// wrong.
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length == 1 && arguments[0].equals("--list")) {
      list();
    } else if (arguments.length == 5) {
      System.exit(run(spec(arguments)));
    } else {
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static void list() {
    for (Variant variant : Variant.exactAndShared()) {
      for (Workload workload : Workload.values()) {
        if (workload.needs().contains(Capability.RECLAIM) && workload.fits(variant.discipline())) {
          System.out.println(variant + "\t" + workload.id() + "\t" + share(workload));
        }
      }
    }
  }

  /// Of an equal number of operations. Where all threads go for the same few pointers, an operation
  /// takes ten times as long, and finds no more.
  private static int share(Workload workload) {
    return workload == Workload.SWAP ? 8 : 1;
  }

  private static TrialSpec spec(String... arguments) {
    Variant variant =
        Variant.all().stream()
            .filter(each -> each.toString().equals(arguments[0]))
            .findAny()
            .orElseThrow(() -> new IllegalArgumentException("no variant " + arguments[0]));
    int threads = Integer.parseInt(arguments[2]);
    long each = Math.ceilDiv(Long.parseLong(arguments[3]), threads);
    return new TrialSpec(
        variant.discipline(),
        variant.given(),
        Workload.byId(arguments[1]),
        Map.of(),
        Sharing.PROCESS,
        threads,
        List.of(),
        WARM_UP,
        1,
        Duration.ZERO,
        false,
        Long.parseLong(arguments[4]),
        Collections.nCopies(threads, each),
        false);
  }

  private static int run(TrialSpec spec) throws InterruptedException {
    try (TrialRunner runner = new TrialRunner(spec)) {
      runner.warmUp();
      long most = spec.operationsPerThread().stream().mapToLong(Long::longValue).max().orElse(0);
      return switch (run(runner, most)) {
        case RoundOutcome.Completed completed -> {
          Verification total = completed.total();
          System.out.printf(
              "%d %d %d %d %d%n",
              total.operations(),
              total.leaks(),
              total.doubleFrees(),
              total.usesAfterFree(),
              total.prematureFrees());
          yield total.exact() ? 0 : 3;
        }
        case RoundOutcome.Missed(long lateNanos) -> failed("late by " + lateNanos + " ns");
        case RoundOutcome.TimedOut(String reason) -> failed(reason);
      };
    }
  }

  /// A start that came too late has not been obeyed: there is another one, with more time to it.
  private static RoundOutcome run(TrialRunner runner, long most) throws InterruptedException {
    RoundOutcome outcome;
    Duration lead = LEAD;
    int round = 0;
    do {
      long t0 = System.nanoTime() + lead.toNanos();
      long limit = t0 + Duration.ofMinutes(1).toNanos() + most * NANOS_PER_OPERATION_AT_MOST;
      round++;
      outcome = runner.run(round, t0, t0, limit);
      lead = lead.multipliedBy(4);
    } while (outcome instanceof RoundOutcome.Missed && lead.compareTo(LONGEST_LEAD) < 0);
    return outcome;
  }

  private static int failed(String reason) {
    System.err.println(reason);
    return 1;
  }
}
