package io.percore.coordinator.session;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.MemoryParts;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Surroundings;
import io.percore.coordinator.measurement.Surroundings.CpuTime;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.measurement.WarmUpSlices;
import io.percore.coordinator.plan.Cluster.Seat;
import io.percore.coordinator.session.SessionEvent.Alive;
import io.percore.coordinator.session.SessionEvent.Armed;
import io.percore.coordinator.session.SessionEvent.CallDone;
import io.percore.coordinator.session.SessionEvent.Measured;
import io.percore.coordinator.session.SessionEvent.Missed;
import io.percore.coordinator.session.SessionEvent.Ready;
import io.percore.coordinator.session.SessionEvent.WorkerFailed;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.proto.Call;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Heartbeat;
import io.percore.proto.Prepare;
import io.percore.proto.Result;
import io.percore.proto.ResultAck;
import io.percore.proto.SessionId;
import io.percore.proto.Start;
import io.percore.proto.WorkerMessage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Translates between protocol messages and the coordinator's records. What a worker says is data
/// from elsewhere: it is bounded here and checked by whoever uses it.
final class Messages {
  private static final int MAXIMUM_TEXT = 16 * 1024;
  private static final int MAXIMUM_NAME = 100;

  private Messages() {}

  static SessionId id(SessionKey key) {
    return SessionId.newBuilder()
        .setRun(key.run())
        .setTrial(key.trial())
        .setAttempt(key.attempt())
        .setSlot(key.slot())
        .build();
  }

  static SessionKey key(SessionId id) {
    return new SessionKey(id.getRun(), id.getTrial(), id.getAttempt(), id.getSlot());
  }

  /// The event that a message stands for; empty for one that has no meaning after the hello.
  static Optional<SessionEvent> event(
      SessionKey key, WorkerMessage message, long pid, Optional<Ready> ready) {
    return switch (message.getPayloadCase()) {
      case HEARTBEAT -> Optional.of(new Alive(key));
      case READY -> {
        var r = message.getReady();
        yield Optional.of(
            new Ready(
                key,
                r.getBatchOperations(),
                r.getPredictedNanosPerOperation(),
                r.getFloorNanosPerOperation(),
                r.getPinned(),
                bounded(r.getNotPinnedReason()),
                warmUp(r),
                r.getCanaryBeforePerSecond(),
                r.getTripBeforeNanos(),
                r.getClockNanosPerReading()));
      }
      case ARMED -> Optional.of(new Armed(key, message.getArmed().getRound()));
      case MISSED ->
          Optional.of(
              new Missed(key, message.getMissed().getRound(), message.getMissed().getLateNanos()));
      case RESULT -> ready.map(r -> measured(key, message.getResult(), pid, r));
      case FAILURE ->
          Optional.of(
              new WorkerFailed(
                  key,
                  bounded(message.getFailure().getReason()),
                  bounded(message.getFailure().getDetail())));
      case CALL_DONE -> Optional.of(new CallDone(key, message.getCallDone().getNumber()));
      case HELLO, PAYLOAD_NOT_SET -> Optional.empty();
    };
  }

  private static Measured measured(SessionKey key, Result result, long pid, Ready ready) {
    List<ThreadSample> threads =
        result.getThreadsList().stream().map(t -> thread(key.slot(), t)).toList();
    var p = result.getProcess();
    ProcessSample process =
        new ProcessSample(
            key.slot(),
            pid,
            ready.batchOperations(),
            ready.floorNanosPerOperation(),
            ready.pinned(),
            ready.notPinnedReason(),
            p.getLongestGapNanos(),
            p.getStops(),
            p.getGcCount(),
            p.getGcNanos(),
            p.getCompilationNanos(),
            p.getCompilations(),
            p.getResidentBytes(),
            bounded(p.getCollector()),
            p.getSliceNanos(),
            p.getSliceOperationsList(),
            p.hasSurroundings() ? surroundings(p.getSurroundings()) : null,
            ready.warmUp(),
            canary(ready, p),
            p.hasSafepointNanos() ? known(p.getSafepointNanos()) : null,
            positive(p.getProportionalBytes()),
            memoryParts(p),
            ready.clockShare());
    return new Measured(
        key,
        result.getRound(),
        threads,
        process,
        verification(result.getVerification()),
        verification(result.getRoundVerification()),
        result.getLockLedgersList().stream().map(ledger -> ledger(key.slot(), ledger)).toList());
  }

  private static LockLedger ledger(int slot, io.percore.proto.LockLedger l) {
    int turns = Math.min(l.getTurnFromNanosCount(), l.getTurnUntilNanosCount());
    return new LockLedger(
        slot,
        l.getThread(),
        l.getAcquisitions(),
        l.getWaitedNanos(),
        l.getHeldNanos(),
        l.getWaitMedianNanos(),
        l.getWaitP99Nanos(),
        l.getWaitP999Nanos(),
        l.getWaitMaxNanos(),
        l.getTurnFromNanosList().subList(0, turns),
        l.getTurnUntilNanosList().subList(0, turns));
  }

  private static ThreadSample thread(int slot, io.percore.proto.ThreadSample t) {
    return new ThreadSample(
        slot,
        t.getThread(),
        t.getOperations(),
        t.getEdgeErrorOperations(),
        t.getStartSkewNanos(),
        t.getFinishNanos(),
        t.getCpuNanos(),
        t.getElapsedNanos(),
        t.getVoluntarySwitches(),
        t.getInvoluntarySwitches(),
        t.getRunQueueWaitNanos(),
        t.getCpu(),
        known(t.getMigrations()));
  }

  private static @Nullable WarmUpSlices warmUp(io.percore.proto.Ready ready) {
    return ready.getWarmUpSliceNanos() <= 0
        ? null
        : new WarmUpSlices(
            ready.getWarmUps(),
            ready.getWarmUpStartNanos(),
            ready.getWarmUpSliceNanos(),
            ready.getWarmUpSliceOperationsList());
  }

  /// Null when the speed at either end is unknown.
  private static @Nullable Canary canary(Ready ready, io.percore.proto.ProcessSample sample) {
    Double before = positive(ready.canaryPerSecond());
    Double after = positive(sample.getCanaryAfterPerSecond());
    return before == null || after == null
        ? null
        : new Canary(
            before, after, positive(ready.tripNanos()), positive(sample.getTripAfterNanos()));
  }

  /// Null when what the JVM holds is unknown.
  private static @Nullable MemoryParts memoryParts(io.percore.proto.ProcessSample sample) {
    return sample.getHeapBytes() > 0 && sample.getMetaspaceBytes() > 0 && sample.getCodeBytes() > 0
        ? new MemoryParts(
            sample.getHeapBytes(),
            sample.getMetaspaceBytes(),
            sample.getCodeBytes(),
            positive(sample.getFileBytes()))
        : null;
  }

  private static @Nullable Long positive(long value) {
    return value > 0 ? Long.valueOf(value) : null;
  }

  private static @Nullable Double positive(double value) {
    return value > 0 && Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private static Surroundings surroundings(io.percore.proto.Surroundings s) {
    return new Surroundings(
        s.getElapsedNanos(),
        s.getCpusList().stream()
            .map(c -> new CpuTime(c.getCpu(), known(c.getBusyNanos()), known(c.getStealNanos())))
            .toList(),
        known(s.getPressureNanos()),
        known(s.getGroupPressureNanos()),
        known(s.getThrottledPeriods()),
        known(s.getThrottledNanos()),
        known(s.getProcessCpuNanos()));
  }

  private static @Nullable Long known(long value) {
    return value < 0 ? null : Long.valueOf(value);
  }

  private static Verification verification(io.percore.proto.Verification v) {
    return new Verification(
        v.getOperations(),
        v.getExpectedUpdates(),
        v.getObservedUpdates(),
        v.getNetError(),
        v.getPrematureFrees(),
        v.getDoubleFrees(),
        v.getUsesAfterFree(),
        v.getLeaks(),
        v.getWorkChecksum() == v.getExpectedWorkChecksum());
  }

  static CoordinatorMessage.Builder prepare(TrialOrder order, int slot, Seat seat) {
    Prepare.Builder prepare =
        Prepare.newBuilder()
            .setDiscipline(order.program().discipline())
            .putAllDisciplineParameters(order.disciplineParameters())
            .setWorkload(order.workload())
            .putAllWorkloadParameters(order.workloadParameters())
            .setSharing(
                switch (order.program().sharing()) {
                  case PROCESS -> io.percore.proto.Sharing.SHARING_PROCESS;
                  case THREAD -> io.percore.proto.Sharing.SHARING_THREAD;
                })
            .setThreads(order.program().layout().threadsPerProcess())
            .addAllCpus(order.cpus(seat))
            .setWarmUpNanos(order.warmUp().toNanos())
            // Among more threads than processors a rate says who waits, not how warm the code is.
            .setMostWarmUps(order.spinBeforeStart() ? Limits.MOST_WARM_UPS : 1)
            .setWindowNanos(order.fixedWork() ? 0 : order.window().toNanos())
            .setSpinBeforeStart(order.spinBeforeStart())
            .setSeed(order.seed())
            .setWatchLock(order.purpose() == Purpose.LOCK)
            .addAllOperationsPerThread(order.operationsPerThread(slot));
    return CoordinatorMessage.newBuilder().setPrepare(prepare);
  }

  static CoordinatorMessage.Builder call(long number, long operationsPerThread) {
    return CoordinatorMessage.newBuilder()
        .setCall(Call.newBuilder().setNumber(number).setOperations(operationsPerThread));
  }

  static CoordinatorMessage.Builder start(int round, long t0, long t1, long t2) {
    return CoordinatorMessage.newBuilder()
        .setStart(Start.newBuilder().setRound(round).setT0Nanos(t0).setT1Nanos(t1).setT2Nanos(t2));
  }

  static CoordinatorMessage.Builder heartbeat() {
    return CoordinatorMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance());
  }

  static CoordinatorMessage.Builder acknowledgement() {
    return CoordinatorMessage.newBuilder().setResultAck(ResultAck.getDefaultInstance());
  }

  /// A name from elsewhere, fit for one line of a log.
  static String name(String text) {
    String bounded = text.length() > MAXIMUM_NAME ? text.substring(0, MAXIMUM_NAME) : text;
    return bounded.replaceAll("\\P{Print}", "?");
  }

  /// A sentence from elsewhere, fit for one line of a terminal.
  static String line(String text) {
    return bounded(text).replaceAll("\\P{Print}", "?");
  }

  /// As much of a text from elsewhere as is kept.
  static String bounded(String text) {
    return text.length() > MAXIMUM_TEXT ? text.substring(0, MAXIMUM_TEXT) : text;
  }
}
