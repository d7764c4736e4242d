package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.FaultBench.Injection;
import io.percore.coordinator.FaultBench.Verdict;
import io.percore.coordinator.FaultBench.Workers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault in every phase of a trial, and at every boundary between two messages: the trial is
/// right, or is named invalid in time, and no process is left. Several at once: most of them wait
/// for a time limit.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FaultMatrixIT {
  /// A trial may be invalid for another reason before the fault comes, on a busy machine.
  private static final int TRIES = 8;

  private static final int PROCESSES = 2;
  private static final int AT_ONCE = 6;

  private static final BlockingQueue<FaultBench> BENCHES = new ArrayBlockingQueue<>(AT_ONCE);
  private static final ExecutorService POOL = Executors.newFixedThreadPool(AT_ONCE);

  /// What comes of each, in the order of the tests.
  private static final Map<Injection, Future<Verdict>> VERDICTS = new LinkedHashMap<>();

  /// When a fault comes.
  enum Phase {
    JOIN("HELLO", true, 0),
    PREPARE("PREPARE", true, 0),
    WARM_UP("PREPARE", false, 60),
    WINDOW("ARMED", false, 160),
    RESULT("RESULT", true, 0),
    GOODBYE("RESULT_ACK", true, 0);

    private final String message;
    private final boolean before;
    private final Duration later;

    Phase(String message, boolean before, int laterMillis) {
      this.message = message;
      this.before = before;
      this.later = Duration.ofMillis(laterMillis);
    }

    Injection with(Fault fault) {
      return new Injection(fault, 1, message, before, later);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    WorkerSetup workers = FaultBench.workers();
    Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
    for (int i = 0; i < AT_ONCE; i++) {
      BENCHES.add(new FaultBench(workers, processors));
    }
    Stream.concat(
            cells().map(cell -> cell(cell.get())), boundaries().map(where -> boundary(where.get())))
        .forEach(injection -> VERDICTS.put(injection, POOL.submit(() -> inject(injection))));
  }

  private static Injection cell(Object... arguments) {
    return ((Phase) arguments[1]).with((Fault) arguments[0]);
  }

  private static Injection boundary(Object... arguments) {
    return new Injection(
        (Fault) arguments[0], 0, (String) arguments[1], (boolean) arguments[2], Duration.ZERO);
  }

  @AfterAll
  static void stop() {
    POOL.shutdownNow();
    BENCHES.forEach(FaultBench::close);
  }

  /// Runs trials until one comes as far as the fault.
  private static Verdict inject(Injection injection) throws Exception {
    Verdict verdict = run(injection);
    for (int i = 1; i < TRIES && verdict.violations().isEmpty() && !asMeant(verdict); i++) {
      verdict = run(injection);
    }
    System.out.println(verdict);
    return verdict;
  }

  /// On a busy machine a pause that is meant for the window may miss it. And a worker may start
  /// late by itself, which ends the trial before a fault that never makes one late.
  private static boolean asMeant(Verdict verdict) {
    Injection injection = verdict.injection();
    boolean forWindow = injection != null && injection.equals(Phase.WINDOW.with(Fault.PAUSED));
    boolean neverLate =
        injection != null && List.of(Fault.KILLED, Fault.STOPPED).contains(injection.fault());
    return verdict.struck()
        && (!forWindow || verdict.pausedInWindow())
        && (!neverLate || !verdict.reason().contains("got its start"));
  }

  private static Verdict run(@Nullable Injection injection) throws Exception {
    FaultBench bench = BENCHES.take();
    try {
      return bench.run(injection, Workers.PROCESSES, PROCESSES);
    } finally {
      BENCHES.add(bench);
    }
  }

  private static Verdict verdict(Injection injection) throws Exception {
    Verdict verdict = Objects.requireNonNull(VERDICTS.get(injection)).get();
    assertThat(verdict.violations()).as("%s", verdict).isEmpty();
    assertThat(asMeant(verdict)).as("%s", verdict).isTrue();
    return verdict;
  }

  /// Else all that follows would prove nothing.
  @Test
  void withoutAFaultATrialCompletes() throws Exception {
    Verdict verdict = run(null);
    for (int i = 1; i < TRIES && !verdict.completed(); i++) {
      verdict = run(null);
    }
    assertThat(verdict.completed()).as("%s", verdict).isTrue();
    assertThat(verdict.violations()).as("%s", verdict).isEmpty();
  }

  static Stream<Arguments> cells() {
    return Stream.of(Fault.values())
        .flatMap(fault -> Stream.of(Phase.values()).map(phase -> Arguments.of(fault, phase)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void inEveryPhase(Fault fault, Phase phase) throws Exception {
    Verdict verdict = verdict(cell(fault, phase));
    boolean early = phase.compareTo(Phase.RESULT) < 0;
    boolean spoils =
        (fault.cutsOff() && (early || (phase == Phase.RESULT && fault.ofLink())))
            || (fault == Fault.PAUSED && phase == Phase.WINDOW);
    if (spoils) {
      assertThat(verdict.completed()).as("%s", verdict).isFalse();
    }
    if (fault == Fault.KILLED && early) {
      assertThat(verdict.reason()).contains("worker 1 of trial").contains("killed");
    }
    if (fault == Fault.STOPPED && early) {
      assertThat(verdict.reason()).contains("worker 1 of trial");
    }
  }

  static Stream<Arguments> boundaries() {
    return Stream.of("HELLO", "PREPARE", "READY", "START", "ARMED", "RESULT", "RESULT_ACK")
        .flatMap(message -> Stream.of(Arguments.of(message, true), Arguments.of(message, false)))
        .flatMap(
            where ->
                Stream.of(Fault.KILLED, Fault.LINK_RESET)
                    .map(fault -> Arguments.of(fault, where.get()[0], where.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("boundaries")
  void atEveryMessageBoundary(Fault fault, String message, boolean before) throws Exception {
    Verdict verdict = verdict(boundary(fault, message, before));
    boolean reported = List.of("RESULT", "RESULT_ACK").contains(message);
    if (!reported || (message.equals("RESULT") && before && fault.ofLink())) {
      assertThat(verdict.completed()).as("%s", verdict).isFalse();
    }
  }
}
