package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrialRunnerTest {
  private static final long MILLI = 1_000_000;
  private static final long HOUR = 3_600_000 * MILLI;

  @AfterEach
  void noThreadIsLeft() {
    await().pollDelay(Duration.ZERO).until(() -> measuredThreads().isEmpty());
  }

  static Stream<Arguments> everything() {
    List<Arguments> all = new ArrayList<>();
    for (Discipline discipline : Discipline.values()) {
      for (Workload workload : Workload.values()) {
        for (Sharing sharing : Sharing.values()) {
          for (int threads : sharing == Sharing.THREAD ? new int[] {2} : new int[] {1, 2, 4}) {
            boolean safe = discipline.exact() && !discipline.singleThreaded();
            if (workload.fits(discipline) && (threads == 1 || safe)) {
              all.add(arguments(discipline, workload, sharing, threads));
            }
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void everyCountIsExact(Discipline discipline, Workload workload, Sharing sharing, int threads)
      throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.discipline = discipline;
    spec.workload = workload;
    spec.sharing = sharing;
    spec.threads = threads;
    spec.workloadParameters = Map.of("work", "2");
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      WarmUp warmUp = runner.warmUp();
      assertThat(warmUp.operations()).isPositive();
      assertThat(warmUp.batchOperations()).isPositive();
      assertThat(warmUp.predictedNanosPerOperation()).isPositive();
      assertThat(warmUp.floorNanosPerOperation()).isBetween(0.01, 100.0);
      assertThat(warmUp.clockNanosPerReading()).isBetween(1.0, 100_000.0);
      assertThat(warmUp.sliceOperations()).isNotEmpty();
      assertThat(warmUp.sliceOperations().stream().mapToLong(slice -> slice).sum())
          .isBetween(0L, warmUp.operations());

      RoundOutcome.Completed round = completed(runNow(runner, 20));

      assertThat(round.total().exact()).as("%s", round.total()).isTrue();
      assertThat(round.round().exact()).as("%s", round.round()).isTrue();
      assertThat(round.total().operations())
          .isEqualTo(warmUp.operations() + round.round().operations());
      assertThat(round.total().workChecksum()).isNotZero();
      long updates = workload.incrementsOnly() ? round.total().operations() : 0;
      assertThat(round.total().expectedUpdates()).isEqualTo(updates);
      assertThat(round.total().observedUpdates()).isEqualTo(updates);
      assertThat(round.threads()).hasSize(threads);
      assertThat(scored(round)).isBetween(0.0, (double) round.round().operations());
    }
  }

  static Stream<Arguments> lockVariants() {
    return Stream.of(
        arguments(Discipline.GLOBAL_LOCK, Map.of("lock", "synchronized")),
        arguments(Discipline.GLOBAL_LOCK, Map.of("hold", "work")),
        arguments(Discipline.GLOBAL_LOCK, Map.of("lock", "reentrant")),
        arguments(Discipline.OBJECT_LOCK, Map.of("lock", "synchronized")),
        arguments(Discipline.OBJECT_LOCK, Map.of("lock", "reentrant")));
  }

  @ParameterizedTest
  @MethodSource("lockVariants")
  void everyKindOfLockIsExact(Discipline discipline, Map<String, String> variant)
      throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.discipline = discipline;
    spec.disciplineParameters = variant;
    spec.workload = Workload.HOT;
    spec.workloadParameters = Map.of("work", "5");
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      runner.warmUp();
      assertThat(completed(runNow(runner, 20)).total().exact()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Workload.class,
      names = {"COUNTER", "HOT_SPLIT"})
  void anUnprotectedCountLosesUpdates(Workload workload) throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.discipline = Discipline.RACY;
    spec.workload = workload;
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      runner.warmUp();
      long lost = 0;
      // On a busy machine the two may take turns for a while, and then nothing is lost.
      for (int round = 0; round < 200 && lost == 0; round++) {
        Verification total = completed(runNow(runner, 20)).total();
        lost = total.expectedUpdates() - total.observedUpdates();
      }
      assertThat(lost).isPositive();
    }
  }

  @Test
  void fixedWorkIsDoneExactlyInEveryRound() throws InterruptedException {
    SpecBuilder spec = new SpecBuilder().fixedWork(100_001L, 7L);
    spec.workload = Workload.HOT;
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      long before = runner.warmUp().operations();
      for (int number = 1; number <= 3; number++) {
        RoundOutcome.Completed round = completed(runNow(runner, 60_000));

        assertThat(round.threads())
            .extracting(ThreadSample::operations)
            .containsExactly(100_001.0, 7.0);
        assertThat(round.threads())
            .extracting(ThreadSample::edgeErrorOperations)
            .containsExactly(0.0, 0.0);
        assertThat(round.round().operations()).isEqualTo(100_008);
        assertThat(round.total().operations()).isEqualTo(before + number * 100_008L);
        assertThat(round.total().exact()).isTrue();
        for (ThreadSample sample : round.threads()) {
          assertThat(sample.finishNanos()).isBetween(sample.startSkewNanos(), 60_000 * MILLI);
        }
      }
    }
  }

  @Test
  void fixedWorkThatIsNotDoneInTimeIsSaidToBeSo() throws InterruptedException {
    SpecBuilder spec = new SpecBuilder().fixedWork(1_000_000_000_000L, 0L);
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      runner.warmUp();

      RoundOutcome outcome = runNow(runner, 30);

      assertThat(outcome).isInstanceOf(RoundOutcome.TimedOut.class);
      assertThat(((RoundOutcome.TimedOut) outcome).reason())
          .contains("of 1000000000000 operations")
          .contains("80 ms");
    }
  }

  @Test
  void anOrderThatComesTooLateIsNotRun() throws InterruptedException {
    try (TrialRunner runner = new TrialRunner(new SpecBuilder().build())) {
      long warm = runner.warmUp().operations();
      long t0 = System.nanoTime() - 5 * MILLI;

      RoundOutcome outcome = runner.run(1, t0, t0 + 20 * MILLI, t0 + 70 * MILLI);

      assertThat(outcome).isInstanceOf(RoundOutcome.Missed.class);
      assertThat(((RoundOutcome.Missed) outcome).lateNanos()).isGreaterThanOrEqualTo(5 * MILLI);
      RoundOutcome.Completed next = completed(runNow(runner, 20));
      assertThat(next.total().operations() - next.round().operations()).isEqualTo(warm);
    }
  }

  @Test
  void samplesFitTogether() throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.discipline = Discipline.GIL;
    spec.window = Duration.ofMillis(100);
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      long batch = runner.warmUp().batchOperations();

      RoundOutcome.Completed round = completed(runNow(runner, 100));

      for (ThreadSample sample : round.threads()) {
        assertThat(sample.startSkewNanos()).isNotNegative();
        assertThat(sample.edgeErrorOperations()).isBetween(0.0, (double) batch);
        assertThat(sample.elapsedNanos()).isPositive();
        assertThat(sample.finishNanos()).isPositive().isLessThanOrEqualTo(100 * MILLI);
      }
      ProcessSample process = round.process();
      assertThat(process.sliceNanos()).isEqualTo(MILLI);
      assertThat(process.sliceOperations()).hasSize(100).allMatch(operations -> operations >= 0);
      assertThat((double) process.sliceOperations().stream().mapToLong(Long::longValue).sum())
          .isCloseTo(scored(round), within(1.0));
      assertThat(process.longestGapNanos()).isBetween(1L, 100 * MILLI);
      assertThat(process.collector()).isNotBlank();
    }
  }

  @Test
  void aFailureOfAMeasuredThreadIsTheCause() throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.cpus = List.of(0, 1_000_000);
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      assertThatThrownBy(runner::warmUp)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no such processor: 1000000")
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closingDuringWarmUpStopsEveryThread() throws InterruptedException {
    for (Discipline discipline : Discipline.values()) {
      SpecBuilder spec = new SpecBuilder();
      spec.discipline = discipline;
      spec.workload = Workload.HOT;
      spec.threads = discipline.singleThreaded() ? 1 : 4;
      spec.warmUp = Duration.ofHours(1);
      TrialRunner runner = new TrialRunner(spec.build());

      closeOnce(
          runner,
          runner::warmUp,
          () -> measuredThreads().stream().anyMatch(TrialRunnerTest::isInABatch));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GIL", "GLOBAL_LOCK", "ATOMIC"})
  void closingInTheWindowStopsEveryThreadAndTheRoundIsNoResult(Discipline discipline)
      throws InterruptedException {
    TrialRunner runner = warmRunnerWithALongWindow(discipline);

    closeOnce(
        runner,
        () -> runNow(runner, HOUR / MILLI),
        () -> measuredThreads().stream().anyMatch(TrialRunnerTest::isInABatch));
  }

  @Test
  void closingBeforeTheStartStopsEveryThread() throws InterruptedException {
    TrialRunner runner = warmRunnerWithALongWindow(Discipline.GIL);
    long t0 = System.nanoTime() + HOUR;

    closeOnce(
        runner,
        () -> runner.run(1, t0, t0 + HOUR, t0 + HOUR),
        () ->
            measuredThreads().stream()
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
  }

  @ParameterizedTest
  @EnumSource(names = {"GIL", "GLOBAL_LOCK"})
  void aWatchedLockHasOneHolderAtATime(Discipline discipline) throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.discipline = discipline;
    spec.watched = true;
    try (TrialRunner runner = new TrialRunner(spec.build())) {
      runner.warmUp();
      RoundOutcome.Completed round = completed(runNow(runner, 40));

      assertThat(round.total().exact()).isTrue();
      assertThat(round.ledgers()).extracting(LockLedger::thread).containsExactly(0, 1);
      long end = Long.MIN_VALUE;
      for (Turn turn : turns(round.ledgers())) {
        assertThat(turn.from).isGreaterThanOrEqualTo(end);
        end = turn.until;
      }
      long longest = 0;
      for (ThreadSample sample : round.threads()) {
        LockLedger ledger = round.ledgers().get(sample.thread());
        longest = Math.max(longest, sample.startSkewNanos() + sample.elapsedNanos());
        assertThat(ledger.waitedNanos()).isPositive();
        assertThat(ledger.acquisitions()).isGreaterThanOrEqualTo(ledger.turnFrom().size());
        assertThat(List.of(ledger.waitMedian(), ledger.waitP99(), ledger.waitP999()))
            .isSorted()
            .allMatch(wait -> wait <= ledger.waitMax());
      }
      // Attaching and detaching lie a little outside of it.
      assertThat(round.ledgers().stream().mapToLong(LockLedger::heldNanos).sum())
          .isBetween(1L, longest + 100 * MILLI);
    }
  }

  private record Turn(long from, long until) {}

  private static List<Turn> turns(List<LockLedger> ledgers) {
    List<Turn> turns = new ArrayList<>();
    for (LockLedger ledger : ledgers) {
      for (int i = 0; i < ledger.turnFrom().size(); i++) {
        turns.add(new Turn(ledger.turnFrom().get(i), ledger.turnUntil().get(i)));
      }
    }
    turns.sort(Comparator.comparingLong(Turn::from));
    return turns;
  }

  @Test
  void whatHasNoOneLockCannotBeWatched() {
    SpecBuilder spec = new SpecBuilder();
    spec.watched = true;
    assertThatThrownBy(() -> new TrialRunner(spec.build()))
        .hasMessage("atomic has no one lock that could be watched");
    spec.discipline = Discipline.GLOBAL_LOCK;
    spec.disciplineParameters = Map.of("lock", "synchronized");
    assertThatThrownBy(() -> new TrialRunner(spec.build()))
        .hasMessage("global-lock has no one lock that could be watched");
    spec.sharing = Sharing.THREAD;
    assertThatThrownBy(spec::build).hasMessageContaining("no two threads share an object");
  }

  private static TrialRunner warmRunnerWithALongWindow(Discipline discipline)
      throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.discipline = discipline;
    spec.window = Duration.ofNanos(HOUR);
    TrialRunner runner = new TrialRunner(spec.build());
    runner.warmUp();
    return runner;
  }

  private static boolean isInABatch(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("batch"));
  }

  @Test
  void closingAnUnusedRunnerTwiceDoesNothing() {
    TrialRunner runner = new TrialRunner(new SpecBuilder().build());
    runner.close();
    runner.close();
    assertThatThrownBy(runner::warmUp)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the trial was closed");
  }

  @Test
  void interruptingTheCallerStopsTheTrial() throws InterruptedException {
    SpecBuilder spec = new SpecBuilder();
    spec.warmUp = Duration.ofHours(1);
    TrialRunner runner = new TrialRunner(spec.build());
    FutureTask<WarmUp> call = new FutureTask<>(runner::warmUp);
    Thread caller = Thread.ofPlatform().daemon().start(call);
    await().until(() -> measuredThreads().stream().anyMatch(TrialRunnerTest::isInABatch));

    caller.interrupt();

    assertThatThrownBy(call::get).hasCauseInstanceOf(InterruptedException.class);
    await().until(() -> measuredThreads().isEmpty());
  }

  private static void closeOnce(TrialRunner runner, Callable<?> call, Callable<Boolean> underWay)
      throws InterruptedException {
    FutureTask<?> running = new FutureTask<>(call);
    Thread caller = Thread.ofPlatform().daemon().start(running);
    try (runner) {
      await().atMost(Duration.ofSeconds(30)).until(underWay);
    }

    assertThatThrownBy(running::get)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the trial was closed");
    caller.join();
    await().until(() -> measuredThreads().isEmpty());
  }

  /// Runs a round that begins soon; a busy machine may miss its start, and then it is ordered
  /// again.
  private static RoundOutcome runNow(TrialRunner runner, long windowMillis)
      throws InterruptedException {
    RoundOutcome outcome;
    int attempts = 0;
    do {
      long t0 = System.nanoTime() + 5 * MILLI;
      long t1 = t0 + windowMillis * MILLI;
      outcome = runner.run(1, t0, t1, t1 + 50 * MILLI);
    } while (outcome instanceof RoundOutcome.Missed && ++attempts < 100);
    return outcome;
  }

  private static RoundOutcome.Completed completed(RoundOutcome outcome) {
    assertThat(outcome).isInstanceOf(RoundOutcome.Completed.class);
    return (RoundOutcome.Completed) outcome;
  }

  private static double scored(RoundOutcome.Completed round) {
    return round.threads().stream().mapToDouble(ThreadSample::operations).sum();
  }

  private static List<Thread> measuredThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("measured-"))
        .toList();
  }
}
