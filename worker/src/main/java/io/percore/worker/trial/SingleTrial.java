package io.percore.worker.trial;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.workload.Workload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Runs one trial in this process without a coordinator, on pinned threads, and prints one line:
/// thread-nanoseconds per operation. For comparisons with programs in other languages, which are
/// started the same way.
public final class SingleTrial {
  private static final String USAGE =
      "usage: DISCIPLINE WORKLOAD[,NAME=VALUE...] WARM_UP_MS WINDOW_MS CPU...";
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int WRONG_COUNT = 3;

  /// From the order to T0: the threads have to be told and to wake up.
  private static final Duration LEAD = Duration.ofMillis(20);

  private static final Duration RUN_OUT = Duration.ofMillis(50);

  private SingleTrial() {}

  /// Exits with 0; 1 when the trial could not be run, 2 on wrong usage, 3 when a count was wrong.
  public static void main(String[] arguments) throws InterruptedException {
    TrialSpec spec;
    try {
      spec = spec(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(WRONG_USAGE);
      return;
    }
    System.exit(run(spec));
  }

  private static TrialSpec spec(String[] arguments) {
    if (arguments.length < 5) {
      throw new IllegalArgumentException(USAGE);
    }
    String[] workload = arguments[1].split(",", -1);
    List<Integer> cpus = Arrays.stream(arguments).skip(4).map(Integer::valueOf).toList();
    return new TrialSpec(
        Discipline.byId(arguments[0]),
        Map.of(),
        Workload.byId(workload[0]),
        Arrays.stream(workload)
            .skip(1)
            .map(given -> given.split("=", 2))
            .collect(Collectors.toMap(given -> given[0], given -> given[given.length - 1])),
        Sharing.PROCESS,
        cpus.size(),
        cpus,
        Duration.ofMillis(Long.parseLong(arguments[2])),
        1,
        Duration.ofMillis(Long.parseLong(arguments[3])),
        true,
        1,
        List.of(),
        false);
  }

  private static int run(TrialSpec spec) throws InterruptedException {
    try (TrialRunner runner = new TrialRunner(spec)) {
      WarmUp warmUp = runner.warmUp();
      if (!warmUp.pinned()) {
        System.err.println("not pinned: " + warmUp.notPinnedReason());
        return FAILED;
      }
      long t0 = System.nanoTime() + LEAD.toNanos();
      long t1 = t0 + spec.window().toNanos();
      return switch (runner.run(1, t0, t1, t1 + RUN_OUT.toNanos())) {
        case RoundOutcome.Completed completed -> {
          double operations =
              completed.threads().stream().mapToDouble(ThreadSample::operations).sum();
          System.out.printf("%.4f%n", spec.threads() * spec.window().toNanos() / operations);
          yield completed.total().exact() ? 0 : WRONG_COUNT;
        }
        case RoundOutcome.Missed(long lateNanos) -> {
          System.err.println("the start was missed by " + lateNanos + " ns");
          yield FAILED;
        }
        case RoundOutcome.TimedOut(String reason) -> {
          System.err.println(reason);
          yield FAILED;
        }
      };
    }
  }
}
