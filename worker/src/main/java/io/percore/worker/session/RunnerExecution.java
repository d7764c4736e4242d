package io.percore.worker.session;

import io.percore.proto.CpuTime;
import io.percore.proto.Prepare;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.Start;
import io.percore.worker.platform.StopCounter;
import io.percore.worker.platform.Surroundings;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.trial.LockLedger;
import io.percore.worker.trial.ProcessSample;
import io.percore.worker.trial.RoundOutcome;
import io.percore.worker.trial.Sharing;
import io.percore.worker.trial.ThreadSample;
import io.percore.worker.trial.TrialRunner;
import io.percore.worker.trial.TrialSpec;
import io.percore.worker.trial.Verification;
import io.percore.worker.trial.WarmUp;
import io.percore.worker.workload.Workload;
import java.time.Duration;

/// The real trial: translates between the messages of the protocol and [TrialRunner].
public final class RunnerExecution implements TrialExecution {
  /// Makes the trial that an order describes; nothing runs yet.
  public static final Factory FACTORY = RunnerExecution::of;

  private final TrialSpec spec;
  private final TrialRunner runner;

  private RunnerExecution(TrialSpec spec) {
    this.spec = spec;
    this.runner = new TrialRunner(spec);
  }

  static RunnerExecution of(Prepare order) {
    StopCounter.install();
    return new RunnerExecution(spec(order));
  }

  @Override
  public Ready warmUp() throws InterruptedException {
    WarmUp warmUp = runner.warmUp();
    return Ready.newBuilder()
        .setBatchOperations(warmUp.batchOperations())
        .setWarmUpOperations(warmUp.operations())
        .setPredictedNanosPerOperation(warmUp.predictedNanosPerOperation())
        .setFloorNanosPerOperation(warmUp.floorNanosPerOperation())
        .setClockNanosPerReading(warmUp.clockNanosPerReading())
        .setCanaryBeforePerSecond(warmUp.canaries().addsPerSecond())
        .setTripBeforeNanos(warmUp.canaries().tripNanos())
        .setPinned(warmUp.pinned())
        .setNotPinnedReason(warmUp.notPinnedReason())
        .setWarmUps(warmUp.times())
        .setWarmUpStartNanos(warmUp.startNanos())
        .setWarmUpSliceNanos(warmUp.sliceNanos())
        .addAllWarmUpSliceOperations(warmUp.sliceOperations())
        .build();
  }

  @Override
  public void call(long operationsPerThread) throws InterruptedException {
    runner.call(operationsPerThread);
  }

  @Override
  public RoundEnd run(Start order) throws InterruptedException {
    long window = order.getT1Nanos() - order.getT0Nanos();
    if (!spec.fixedWork() && window > spec.window().toNanos()) {
      throw new IllegalArgumentException(
          "START names a window of " + window + " ns, PREPARE one of " + spec.window().toNanos());
    }
    RoundOutcome outcome =
        runner.run(order.getRound(), order.getT0Nanos(), order.getT1Nanos(), order.getT2Nanos());
    return switch (outcome) {
      case RoundOutcome.Completed completed -> new RoundEnd.Scored(result(completed));
      case RoundOutcome.Missed(long lateNanos) -> new RoundEnd.Missed(lateNanos);
      case RoundOutcome.TimedOut(String reason) -> new RoundEnd.TimedOut(reason);
    };
  }

  @Override
  public void close() {
    runner.close();
  }

  static TrialSpec spec(Prepare order) {
    return new TrialSpec(
        Discipline.byId(order.getDiscipline()),
        order.getDisciplineParametersMap(),
        Workload.byId(order.getWorkload()),
        order.getWorkloadParametersMap(),
        switch (order.getSharing()) {
          case SHARING_PROCESS -> Sharing.PROCESS;
          case SHARING_THREAD -> Sharing.THREAD;
          case SHARING_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("PREPARE does not say who shares an object");
        },
        order.getThreads(),
        order.getCpusList(),
        Duration.ofNanos(order.getWarmUpNanos()),
        Math.max(1, order.getMostWarmUps()),
        Duration.ofNanos(order.getWindowNanos()),
        order.getSpinBeforeStart(),
        order.getSeed(),
        order.getOperationsPerThreadList(),
        order.getWatchLock());
  }

  private static Result result(RoundOutcome.Completed completed) {
    Result.Builder result =
        Result.newBuilder()
            .setProcess(process(completed.process()))
            .setVerification(verification(completed.total()))
            .setRoundVerification(verification(completed.round()));
    for (ThreadSample sample : completed.threads()) {
      result.addThreads(thread(sample));
    }
    completed.ledgers().forEach(ledger -> result.addLockLedgers(ledger(ledger)));
    return result.build();
  }

  private static io.percore.proto.ThreadSample thread(ThreadSample sample) {
    return io.percore.proto.ThreadSample.newBuilder()
        .setThread(sample.thread())
        .setOperations(sample.operations())
        .setEdgeErrorOperations(sample.edgeErrorOperations())
        .setStartSkewNanos(sample.startSkewNanos())
        .setFinishNanos(sample.finishNanos())
        .setCpuNanos(sample.cpuNanos())
        .setElapsedNanos(sample.elapsedNanos())
        .setVoluntarySwitches(sample.voluntarySwitches())
        .setInvoluntarySwitches(sample.involuntarySwitches())
        .setRunQueueWaitNanos(sample.runQueueWaitNanos())
        .setMigrations(sample.migrations())
        .setCpu(sample.cpu())
        .build();
  }

  private static io.percore.proto.LockLedger ledger(LockLedger ledger) {
    return io.percore.proto.LockLedger.newBuilder()
        .setThread(ledger.thread())
        .setAcquisitions(ledger.acquisitions())
        .setWaitedNanos(ledger.waitedNanos())
        .setHeldNanos(ledger.heldNanos())
        .setWaitMedianNanos(ledger.waitMedian())
        .setWaitP99Nanos(ledger.waitP99())
        .setWaitP999Nanos(ledger.waitP999())
        .setWaitMaxNanos(ledger.waitMax())
        .addAllTurnFromNanos(ledger.turnFrom())
        .addAllTurnUntilNanos(ledger.turnUntil())
        .build();
  }

  private static io.percore.proto.ProcessSample process(ProcessSample sample) {
    return io.percore.proto.ProcessSample.newBuilder()
        .setLongestGapNanos(sample.longestGapNanos())
        .setStops(sample.stops())
        .setGcCount(sample.gcCount())
        .setGcNanos(sample.gcNanos())
        .setCompilationNanos(sample.compilationNanos())
        .setCompilations(sample.compilations())
        .setSliceNanos(sample.sliceNanos())
        .addAllSliceOperations(sample.sliceOperations())
        .setResidentBytes(sample.memory().residentBytes())
        .setCollector(sample.collector())
        .setSurroundings(surroundings(sample.surroundings()))
        .setCanaryAfterPerSecond(sample.canaries().addsPerSecond())
        .setTripAfterNanos(sample.canaries().tripNanos())
        .setSafepointNanos(sample.safepointNanos())
        .setProportionalBytes(sample.memory().proportionalBytes())
        .setFileBytes(sample.memory().fileBytes())
        .setHeapBytes(sample.memory().heapBytes())
        .setMetaspaceBytes(sample.memory().metaspaceBytes())
        .setCodeBytes(sample.memory().codeBytes())
        .build();
  }

  private static io.percore.proto.Surroundings surroundings(Surroundings around) {
    io.percore.proto.Surroundings.Builder message =
        io.percore.proto.Surroundings.newBuilder()
            .setElapsedNanos(around.nanos())
            .setPressureNanos(around.pressureNanos())
            .setGroupPressureNanos(around.groupPressureNanos())
            .setThrottledPeriods(around.throttledPeriods())
            .setThrottledNanos(around.throttledNanos())
            .setProcessCpuNanos(around.processCpuNanos());
    for (Surroundings.CpuTime time : around.cpus()) {
      message.addCpus(
          CpuTime.newBuilder()
              .setCpu(time.cpu())
              .setBusyNanos(time.busyNanos())
              .setStealNanos(time.stealNanos()));
    }
    return message.build();
  }

  private static io.percore.proto.Verification verification(Verification counts) {
    return io.percore.proto.Verification.newBuilder()
        .setOperations(counts.operations())
        .setExpectedUpdates(counts.expectedUpdates())
        .setObservedUpdates(counts.observedUpdates())
        .setNetError(counts.netError())
        .setPrematureFrees(counts.prematureFrees())
        .setDoubleFrees(counts.doubleFrees())
        .setUsesAfterFree(counts.usesAfterFree())
        .setLeaks(counts.leaks())
        .setWorkChecksum(counts.workChecksum())
        .setExpectedWorkChecksum(counts.expectedWorkChecksum())
        .build();
  }
}
