package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.FaultBench.Injection;
import io.percore.coordinator.FaultBench.Verdict;
import io.percore.coordinator.FaultBench.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Faults at random moments: any of them, to any worker, before or after any message or some time
/// later. What happens to the network happens to light workers here; [FaultMatrixIT] has all of it
/// happen to processes. `scripts/check-faults` makes thousands.
class RandomFaultsIT {
  private static final int NUMBER = Integer.getInteger("percore.faults", 20);
  private static final int AT_ONCE = Integer.getInteger("percore.faults.at-once", 4);
  private static final long SEED =
      Long.getLong("percore.faults.seed", System.nanoTime() & 0xffff_ffffL);
  private static final int MOST_PROCESSES = 2;
  private static final int MOST_LIGHT = 6;
  private static final int LONGEST_MILLIS = 700;
  private static final int PROGRESS = 100;
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final List<String> MESSAGES =
      List.of("HELLO", "PREPARE", "READY", "START", "ARMED", "RESULT", "RESULT_ACK", "HEARTBEAT");

  private final AtomicInteger next = new AtomicInteger();
  private final ConcurrentLinkedQueue<Verdict> verdicts = new ConcurrentLinkedQueue<>();

  @Test
  void nothingWrongIsReportedNothingHangsAndNothingIsLeft() throws Exception {
    System.out.printf("%d faults, seed %d%n", NUMBER, SEED);
    WorkerSetup workers = FaultBench.workers();
    Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
    long begun = System.nanoTime();
    List<Future<Void>> all = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(pool.submit((Callable<Void>) () -> inject(workers, processors)));
      }
      for (Future<Void> one : all) {
        one.get();
      }
    }
    System.out.println(table());
    System.out.printf("%d faults in %.0f s%n", NUMBER, (System.nanoTime() - begun) / 1e9);
    assertThat(verdicts).hasSize(NUMBER);
    assertThat(verdicts.stream().filter(verdict -> !verdict.violations().isEmpty())).isEmpty();
    // Else nothing was tried.
    assertThat(verdicts.stream().filter(Verdict::struck).count()).isGreaterThan(NUMBER / 4);
  }

  private Void inject(WorkerSetup workers, Semaphore processors)
      throws IOException, InterruptedException {
    try (FaultBench bench = new FaultBench(workers, processors)) {
      for (int i = next.getAndIncrement(); i < NUMBER; i = next.getAndIncrement()) {
        Random random = new Random(SEED * 1_000_003 + i);
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        int number = 1 + random.nextInt(fault.ofLink() ? MOST_LIGHT : MOST_PROCESSES);
        Verdict verdict =
            bench.run(
                injection(random, fault, number),
                fault.ofLink() ? Workers.LIGHT : Workers.PROCESSES,
                number);
        verdicts.add(verdict);
        if (!verdict.violations().isEmpty()) {
          System.out.printf("seed %d, fault %d: %s%n", SEED, i, verdict);
        }
        if (verdicts.size() % PROGRESS == 0) {
          System.out.println(verdicts.size() + " of " + NUMBER);
        }
      }
    }
    return null;
  }

  private static Injection injection(Random random, Fault fault, int number) {
    boolean atOnce = random.nextBoolean();
    return new Injection(
        fault,
        random.nextInt(number),
        MESSAGES.get(random.nextInt(MESSAGES.size())),
        random.nextBoolean(),
        Duration.ofMillis(atOnce ? 0 : random.nextInt(LONGEST_MILLIS)));
  }

  /// How trials ended, by fault.
  private String table() {
    Map<String, Map<String, Integer>> table = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      Injection injection = verdict.injection();
      if (injection != null) {
        table
            .computeIfAbsent(injection.fault().name(), _ -> new TreeMap<>())
            .merge(
                verdict.struck() ? verdict.outcome().label() : "did not happen", 1, Integer::sum);
      }
    }
    StringBuilder text = new StringBuilder();
    table.forEach((fault, ends) -> text.append("%-14s %s%n".formatted(fault, ends)));
    double longest =
        verdicts.stream().mapToLong(verdict -> verdict.took().toMillis()).max().orElse(0) / 1e3;
    return text.append("longest %.1f s".formatted(longest)).toString();
  }
}
