package io.percore.worker.trial;

import io.percore.worker.platform.Affinity;
import io.percore.worker.platform.CompiledCode;
import io.percore.worker.platform.MemoryUse;
import io.percore.worker.platform.ProcessUsage;
import io.percore.worker.platform.Surroundings;
import io.percore.worker.platform.SurroundingsProbe;
import io.percore.worker.refcount.LockWatch;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.workload.Audit;
import io.percore.worker.workload.Kernel;
import io.percore.worker.workload.Team;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the trial of one process: it owns the measured threads, starts them together and reads
/// their counts when all are quiescent. The threads share nothing but what the trial makes them
/// share.
///
/// One thread calls [#warmUp] once and then [#call] and [#run], each of which returns when every
/// measured thread waits for its next task. Having read the tasks' futures makes all that the
/// threads did visible here. Any thread may call [#close] at any time: the measured threads stop
/// within a batch, and a call that waits for them ends with an exception. After an exception the
/// runner can only be closed.
public final class TrialRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRunner.class);

  /// The rehearsal takes one part in this many of the warm-up.
  private static final int REHEARSAL_SHARE = 4;

  /// Turns with a watched lock are written down after one part in this many of the window: when
  /// threads have just started, they do not wait for each other yet.
  private static final int TURNS_AFTER = 4;

  private final TrialSpec spec;
  private final @Nullable LockWatch watch;
  private final List<Kernel> kernels;
  private final TrialThreads threads;
  private final Audit beginning;
  private final ProcessUsage usageAtBeginning = ProcessUsage.now();
  private final SurroundingsProbe probe;

  /// Creates the objects of the trial; nothing runs yet.
  public TrialRunner(TrialSpec spec) {
    this.spec = spec;
    this.watch = spec.watched() ? new LockWatch(spec.threads()) : null;
    this.kernels = TrialObjects.settled(spec, watch);
    this.beginning = Audit.of(kernels);
    long phaseNanos = Collections.max(List.of(spec.warmUp(), spec.window())).toNanos();
    List<MeasuredThread> made = new ArrayList<>();
    for (Kernel kernel : kernels) {
      made.add(new MeasuredThread(kernel, phaseNanos));
    }
    this.threads = new TrialThreads(made);
    this.probe = SurroundingsProbe.of(spec.cpus());
    // The first reading loads classes, which must not delay a start.
    probe.read();
  }

  /// Pins the threads, runs the workload for the time of the warm-up, settles the size of a batch
  /// and measures the floor.
  ///
  /// @throws InterruptedException when interrupted while waiting
  /// @throws IllegalStateException when a measured thread failed, with its failure as cause, or
  ///   when closed
  public WarmUp warmUp() throws InterruptedException {
    String notPinned =
        threads.onEach(this::pin).stream().flatMap(Optional::stream).findFirst().orElse("");
    Canaries before = Canaries.measure(threads, spec.spinBeforeStart());
    long rehearsal =
        spec.discipline().singleThreaded() ? 0 : spec.warmUp().toNanos() / REHEARSAL_SHARE;
    if (rehearsal > 0) {
      rehearse(rehearsal);
    }
    List<MeasuredThread> first = List.of(threads.all().getFirst());
    FloorProbe floor = new FloorProbe();
    threads.onEach(
        first,
        _ -> {
          floor.prepare();
          return floor;
        });
    long length = spec.warmUp().toNanos() - rehearsal;
    int times = 0;
    long start;
    do {
      long now = System.nanoTime();
      threads.onEach(thread -> thread.run(timed(now, length, length, false)));
      start = now;
      times++;
    } while (times < spec.warmUps() && WindowSummary.stillGains(threads.logs(), length));
    int batch = commonBatchSize();
    threads.all().forEach(thread -> thread.batchSize().fix(batch));
    double floorNanos = threads.onEach(first, _ -> floor.nanosPerOperation()).getFirst();
    double clockNanos = threads.onEach(first, _ -> ClockCost.nanosPerReading()).getFirst();
    return new WarmUp(
        batch,
        kernels.stream().mapToLong(Kernel::operations).sum(),
        nanosPerOperation(length - length / 3, length),
        floorNanos,
        clockNanos,
        before,
        times,
        start,
        WindowSummary.sliceNanos(length),
        WindowSummary.slices(threads.logs(), length),
        !spec.cpus().isEmpty() && notPinned.isEmpty(),
        notPinned);
  }

  /// Has every thread do some operations, at once, after the warm-up and before the first round.
  ///
  /// @param operations of each thread, at least 1
  /// @throws InterruptedException when interrupted while waiting
  /// @throws IllegalStateException when a measured thread failed, with its failure as cause, or
  ///   when closed
  public void call(long operations) throws InterruptedException {
    BooleanSupplier cancelled = threads.cancelled();
    threads.onEach(
        thread -> {
          thread.work(operations, cancelled);
          return thread;
        });
  }

  /// Runs one round. The scored window is [T0, T1], and threads run on to T2; for fixed work T2 is
  /// the time limit. Times are those of `System.nanoTime`.
  ///
  /// @param round number of the round, for messages
  /// @throws InterruptedException when interrupted while waiting
  /// @throws IllegalStateException when a measured thread failed, with its failure as cause, or
  ///   when closed
  public RoundOutcome run(int round, long t0Nanos, long t1Nanos, long t2Nanos)
      throws InterruptedException {
    Audit before = audit();
    ProcessUsage usageBefore = ProcessUsage.now();
    forgetWarmUp(t0Nanos + (t1Nanos - t0Nanos) / TURNS_AFTER);
    Surroundings around = probe.read();
    long late = System.nanoTime() - t0Nanos;
    if (late > 0) {
      LOG.info("round {} would begin {} ns too late", round, late);
      return new RoundOutcome.Missed(late);
    }
    long scored = t1Nanos - t0Nanos;
    long limit = t2Nanos - t0Nanos;
    List<ThreadSample> samples =
        threads.onEach(thread -> thread.run(round(thread, t0Nanos, scored, limit)));
    around = probe.read().since(around);
    ProcessUsage used = ProcessUsage.now().since(usageBefore);
    Optional<ThreadSample> unfinished = samples.stream().filter(this::unfinished).findFirst();
    if (unfinished.isPresent()) {
      return timedOut(round, unfinished.get(), limit);
    }
    long window =
        spec.fixedWork()
            ? samples.stream().mapToLong(ThreadSample::finishNanos).max().orElseThrow()
            : scored;
    Audit after = audit();
    return new RoundOutcome.Completed(
        samples,
        processSample(window, used, around, Canaries.measure(threads, spec.spinBeforeStart())),
        verify(beginning, after),
        verify(before, after),
        ledgers(t0Nanos));
  }

  /// Stops the threads and waits for their end, which takes about a batch. Does nothing the second
  /// time. When the calling thread is interrupted it returns at once, still interrupted.
  @Override
  public void close() {
    threads.close();
  }

  /// Lets two threads contend for scratch objects, so that the compiler has seen contention
  /// whatever the number of threads. It leaves out what has never happened, and at N = 1 that would
  /// be another kernel than at N = 2: without the way into a lock's queue it unrolls a loop that it
  /// cannot unroll with it. Two more threads do it, pinned to nothing, and end with it.
  private void rehearse(long length) throws InterruptedException {
    RefCount scratch = spec.discipline().createForRehearsal(spec.disciplineParameters());
    Team team = new Team(Collections.nCopies(2, scratch), spec.seed());
    List<MeasuredThread> two =
        spec.workload().create(spec.workloadParameters(), team).stream()
            .map(kernel -> new MeasuredThread(kernel, length))
            .toList();
    try {
      long start = System.nanoTime();
      threads.onEach(two, thread -> thread.run(timed(start, length, length, false)));
    } finally {
      two.forEach(MeasuredThread::stop);
    }
  }

  /// Not what came before T0, but for the moment between this and T0.
  private void forgetWarmUp(long turnsFrom) throws InterruptedException {
    if (watch != null) {
      threads.onEach(
          _ -> {
            watch.own().reset(turnsFrom);
            return true;
          });
    }
  }

  private List<LockLedger> ledgers(long t0Nanos) throws InterruptedException {
    return watch == null
        ? List.of()
        : threads.onEach(thread -> LockLedger.of(thread.number(), watch.own(), t0Nanos));
  }

  private Phase timed(long t0Nanos, long windowNanos, long limitNanos, boolean spin) {
    return new Phase(t0Nanos, windowNanos, limitNanos, Long.MAX_VALUE, spin, threads.cancelled());
  }

  private Phase round(MeasuredThread thread, long t0Nanos, long windowNanos, long limitNanos) {
    Phase timed = timed(t0Nanos, windowNanos, limitNanos, spec.spinBeforeStart());
    return spec.fixedWork()
        ? timed.withOperations(spec.operationsPerThread().get(thread.number()))
        : timed;
  }

  private boolean unfinished(ThreadSample sample) {
    return spec.fixedWork()
        && sample.operations() < spec.operationsPerThread().get(sample.thread());
  }

  private RoundOutcome timedOut(int round, ThreadSample sample, long limitNanos) {
    return new RoundOutcome.TimedOut(
        "round %d: thread %d had done %.0f of %d operations at its time limit of %d ms"
            .formatted(
                round,
                sample.thread(),
                sample.operations(),
                spec.operationsPerThread().get(sample.thread()),
                Duration.ofNanos(limitNanos).toMillis()));
  }

  private Optional<String> pin(MeasuredThread thread) {
    return spec.cpus().isEmpty()
        ? Optional.empty()
        : Affinity.pinCurrentThread(spec.cpus().get(thread.number()));
  }

  private int commonBatchSize() {
    int[] sizes =
        threads.all().stream()
            .mapToInt(thread -> thread.batchSize().operations())
            .sorted()
            .toArray();
    return sizes[(sizes.length - 1) / 2];
  }

  /// Thread-nanoseconds per operation between two times of the last phase.
  private double nanosPerOperation(long fromNanos, long toNanos) {
    double operations =
        threads.logs().stream()
            .mapToDouble(log -> log.countAt(toNanos) - log.countAt(fromNanos))
            .sum();
    return threads.size() * (toNanos - fromNanos) / operations;
  }

  private ProcessSample processSample(
      long windowNanos, ProcessUsage used, Surroundings around, Canaries after) {
    List<ReadingLog> logs = threads.logs();
    return new ProcessSample(
        WindowSummary.longestGapNanos(logs, windowNanos),
        ProcessUsage.now().since(usageAtBeginning).stops(),
        used.gcCount(),
        used.gcNanos(),
        used.compilationNanos(),
        used.safepointNanos(),
        WindowSummary.sliceNanos(windowNanos),
        WindowSummary.slices(logs, windowNanos),
        MemoryUse.now(),
        ProcessUsage.collector(),
        CompiledCode.compilations(Kernel.class.getPackageName(), RefCount.class.getPackageName()),
        around,
        after);
  }

  private Audit audit() throws InterruptedException {
    Audit.quiesce(kernels);
    return Audit.of(kernels);
  }

  private Verification verify(Audit earlier, Audit later) {
    long steps = spec.workload().check(spec.workloadParameters()).number("work");
    return Verification.between(earlier, later, steps);
  }
}
