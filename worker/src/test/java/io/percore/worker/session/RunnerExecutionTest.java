package io.percore.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.proto.Prepare;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.Sharing;
import io.percore.proto.Start;
import io.percore.proto.Verification;
import io.percore.worker.platform.Affinity;
import io.percore.worker.session.TrialExecution.RoundEnd;
import io.percore.worker.trial.TrialSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerExecutionTest {
  private static final long MILLISECOND = 1_000_000;

  @Test
  void anOrderIsTakenOverCompletely() {
    TrialSpec spec =
        RunnerExecution.spec(
            order()
                .putDisciplineParameters("lock", "synchronized")
                .putWorkloadParameters("work", "7")
                .setSharing(Sharing.SHARING_THREAD)
                .addCpus(3)
                .addCpus(5)
                .setSpinBeforeStart(true)
                .setSeed(11)
                .setWindowNanos(0)
                .addOperationsPerThread(100)
                .addOperationsPerThread(101)
                .build());
    assertThat(spec.discipline().id()).isEqualTo("global-lock");
    assertThat(spec.disciplineParameters()).containsEntry("lock", "synchronized").hasSize(1);
    assertThat(spec.workload().id()).isEqualTo("counter");
    assertThat(spec.workloadParameters()).containsEntry("work", "7").hasSize(1);
    assertThat(spec.sharing()).isEqualTo(io.percore.worker.trial.Sharing.THREAD);
    assertThat(spec.threads()).isEqualTo(2);
    assertThat(spec.cpus()).containsExactly(3, 5);
    assertThat(spec.warmUp()).isEqualTo(Duration.ofMillis(20));
    assertThat(spec.window()).isZero();
    assertThat(spec.spinBeforeStart()).isTrue();
    assertThat(spec.seed()).isEqualTo(11);
    assertThat(spec.operationsPerThread()).containsExactly(100L, 101L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"discipline", "workload", "parameter", "sharing", "threads"})
  void anOrderThatCannotBeCarriedOutIsRefusedInOneLine(String wrong) {
    Prepare.Builder order = order();
    switch (wrong) {
      case "discipline" -> order.setDiscipline("nope");
      case "workload" -> order.setWorkload("nope");
      case "parameter" -> order.putDisciplineParameters("nope", "1");
      case "sharing" -> order.setSharing(Sharing.SHARING_UNSPECIFIED);
      default -> order.setThreads(-1);
    }
    assertThatThrownBy(() -> RunnerExecution.of(order.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aRoundIsCountedAndReported() throws Exception {
    try (RunnerExecution execution = RunnerExecution.of(order().build())) {
      Ready ready = execution.warmUp();
      assertThat(ready.getBatchOperations()).isPositive();
      assertThat(ready.getWarmUpOperations()).isPositive();
      assertThat(ready.getPredictedNanosPerOperation()).isPositive();
      assertThat(ready.getFloorNanosPerOperation()).isPositive();
      assertThat(ready.getCanaryBeforePerSecond()).isPositive();

      Result result = round(execution);
      assertThat(result.getProcess().getCanaryAfterPerSecond()).isPositive();
      assertThat(result.getThreadsList()).hasSize(2);
      assertThat(result.getThreads(1).getThread()).isEqualTo(1);
      assertThat(result.getThreads(0).getOperations() + result.getThreads(1).getOperations())
          .isPositive();
      assertThat(result.getProcess().getSliceNanos()).isPositive();
      assertThat(result.getProcess().getSliceOperationsList()).isNotEmpty();
      assertThat(result.getProcess().getCollector()).isNotEmpty();
      assertThat(result.getProcess().getResidentBytes()).isPositive();
      Verification round = result.getRoundVerification();
      assertThat(round.getOperations()).isPositive();
      assertThat(round.getObservedUpdates()).isEqualTo(round.getExpectedUpdates());
      Verification total = result.getVerification();
      assertThat(total.getOperations())
          .isEqualTo(round.getOperations() + ready.getWarmUpOperations());
      assertThat(total.getObservedUpdates()).isEqualTo(total.getOperations());
      assertThat(total.getWorkChecksum()).isEqualTo(total.getExpectedWorkChecksum());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsAreBoundToTheNamedProcessors() throws Exception {
    int cpu = Affinity.allowed().getLast();
    Prepare order = order().setThreads(1).addCpus(cpu).build();
    try (RunnerExecution execution = RunnerExecution.of(order)) {
      Ready ready = execution.warmUp();
      assertThat(ready.getNotPinnedReason()).isEmpty();
      assertThat(ready.getPinned()).isTrue();
      assertThat(round(execution).getThreads(0).getCpu()).isEqualTo(cpu);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aContinueSignalSincePrepareIsReported() throws Exception {
    try (RunnerExecution execution = RunnerExecution.of(order().build())) {
      execution.warmUp();
      assertThat(round(execution).getProcess().getStops()).isZero();
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
      // The JVM hands signals to a thread of its own; one of these rounds comes after that.
      int stops = 0;
      for (int round = 0; stops == 0 && round < 500; round++) {
        stops = round(execution).getProcess().getStops();
      }
      assertThat(stops).isEqualTo(1);
    }
  }

  @Test
  void aStartInThePastIsMissed() throws Exception {
    try (RunnerExecution execution = RunnerExecution.of(order().build())) {
      execution.warmUp();
      assertThat(execution.run(start(System.nanoTime() - MILLISECOND, 10 * MILLISECOND)))
          .isInstanceOfSatisfying(
              RoundEnd.Missed.class,
              missed -> assertThat(missed.lateNanos()).isGreaterThanOrEqualTo(MILLISECOND));
    }
  }

  @Test
  void aWindowThatIsLongerThanPreparedIsRefused() throws Exception {
    try (RunnerExecution execution = RunnerExecution.of(order().build())) {
      execution.warmUp();
      Start order = start(System.nanoTime() + 50 * MILLISECOND, 21 * MILLISECOND);
      assertThatThrownBy(() -> execution.run(order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("21000000");
    }
  }

  private static Prepare.Builder order() {
    return Prepare.newBuilder()
        .setDiscipline("global-lock")
        .setWorkload("counter")
        .setSharing(Sharing.SHARING_PROCESS)
        .setThreads(2)
        .setWarmUpNanos(20 * MILLISECOND)
        .setWindowNanos(20 * MILLISECOND);
  }

  private static Start start(long t0, long windowNanos) {
    return Start.newBuilder()
        .setRound(1)
        .setT0Nanos(t0)
        .setT1Nanos(t0 + windowNanos)
        .setT2Nanos(t0 + windowNanos + MILLISECOND)
        .build();
  }

  /// A round that is not missed, however busy the machine.
  private static Result round(RunnerExecution execution) throws InterruptedException {
    RoundEnd end;
    long lead = 10 * MILLISECOND;
    do {
      end = execution.run(start(System.nanoTime() + lead, 20 * MILLISECOND));
      lead *= 2;
    } while (end instanceof RoundEnd.Missed && lead < 10_000 * MILLISECOND);
    assertThat(end).isInstanceOf(RoundEnd.Scored.class);
    return ((RoundEnd.Scored) end).result();
  }
}
