package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.FaultBench.Injection;
import io.percore.coordinator.FaultBench.Verdict;
import java.time.Duration;
import java.util.List;
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
/// right, or is named invalid in time, and no process is left.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FaultMatrixIT {
  /// A trial may be invalid for another reason before the fault comes, on a busy machine.
  private static final int TRIES = 8;

  private static final int PROCESSES = 2;

  private static @Nullable FaultBench bench;

  /// When a fault comes.
  enum Phase {
    JOIN("HELLO", true, 0),
    PREPARE("PREPARE", true, 0),
    WARM_UP("PREPARE", false, 100),
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
    bench = new FaultBench(FaultBench.workers());
  }

  @AfterAll
  static void stop() {
    if (bench != null) {
      bench.close();
    }
  }

  /// Runs trials until one comes as far as the fault.
  private static Verdict inject(Injection injection) throws Exception {
    FaultBench running = bench;
    assertThat(running).isNotNull();
    Verdict verdict = running.run(injection, PROCESSES);
    for (int i = 1; i < TRIES && !verdict.struck(); i++) {
      assertThat(verdict.violations()).as("%s", verdict).isEmpty();
      verdict = running.run(injection, PROCESSES);
    }
    System.out.println(verdict);
    assertThat(verdict.struck()).as("%s", verdict).isTrue();
    assertThat(verdict.violations()).as("%s", verdict).isEmpty();
    return verdict;
  }

  /// Else all that follows would prove nothing.
  @Test
  void withoutAFaultATrialCompletes() throws Exception {
    FaultBench running = bench;
    assertThat(running).isNotNull();
    Verdict verdict = running.run(null, PROCESSES);
    for (int i = 1; i < TRIES && !verdict.completed(); i++) {
      verdict = running.run(null, PROCESSES);
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
    Verdict verdict = inject(phase.with(fault));
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
    Verdict verdict = inject(new Injection(fault, 0, message, before, Duration.ZERO));
    boolean reported = List.of("RESULT", "RESULT_ACK").contains(message);
    if (!reported || (message.equals("RESULT") && before && fault.ofLink())) {
      assertThat(verdict.completed()).as("%s", verdict).isFalse();
    }
  }
}
