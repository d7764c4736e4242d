package io.percore.worker.trial;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What one process is to do in one trial.
///
/// @param discipline how counts are protected
/// @param disciplineParameters by name; defaults stand in for the rest
/// @param workload what is done with counted objects
/// @param workloadParameters by name; defaults stand in for the rest
/// @param sharing who shares objects and locks
/// @param threads measured threads, at least 1
/// @param cpus processor of each thread; empty when they are not pinned
/// @param warmUp length of the warm-up, longer than zero
/// @param warmUps times that it may be run while it still gains, at least 1
/// @param window length of the window; zero for fixed work
/// @param spinBeforeStart spin over the last 200 us before a start; not when there are more threads
///   than processors
/// @param seed where the dependent work begins
/// @param operationsPerThread fixed work: operations of each thread in a round; empty for fixed
///   time
/// @param watched whether a [LockWatch][io.percore.worker.refcount.LockWatch] is kept of the
///   trial's one lock, which makes it slower
public record TrialSpec(
    Discipline discipline,
    Map<String, String> disciplineParameters,
    Workload workload,
    Map<String, String> workloadParameters,
    Sharing sharing,
    int threads,
    List<Integer> cpus,
    Duration warmUp,
    int warmUps,
    Duration window,
    boolean spinBeforeStart,
    long seed,
    List<Long> operationsPerThread,
    boolean watched) {
  /// More threads than any machine has processors today: a mistake in the order, not a measurement.
  private static final int MAX_THREADS = 16_384;

  /// @throws IllegalArgumentException in one line that says what is wrong
  public TrialSpec {
    disciplineParameters = Map.copyOf(disciplineParameters);
    workloadParameters = Map.copyOf(workloadParameters);
    cpus = List.copyOf(cpus);
    operationsPerThread = List.copyOf(operationsPerThread);
    require(
        threads >= 1 && threads <= MAX_THREADS, "threads must be from 1 to 16384, not " + threads);
    require(
        threads == 1 || !discipline.singleThreaded(),
        discipline.id() + " is safe with one thread only, not with " + threads);
    require(workload.fits(discipline), discipline.id() + " does not fit " + workload.id());
    require(
        cpus.isEmpty() || cpus.size() == threads,
        cpus.size() + " processors were named for " + threads + " threads");
    require(cpus.stream().allMatch(cpu -> cpu >= 0), "a processor's number cannot be negative");
    require(warmUp.isPositive(), "warm-up must be longer than zero");
    require(warmUps >= 1, "warm-up must run at least once, not " + warmUps + " times");
    require(!window.isNegative(), "the window cannot be negative");
    require(
        window.isZero() != operationsPerThread.isEmpty(),
        "either a window or the operations of each thread must be given");
    require(
        operationsPerThread.isEmpty() || operationsPerThread.size() == threads,
        "operations were given for " + operationsPerThread.size() + " of " + threads + " threads");
    require(
        operationsPerThread.stream().allMatch(operations -> operations >= 0),
        "operations cannot be negative");
    require(
        !watched || sharing == Sharing.PROCESS,
        "there is no one lock to watch when no two threads share an object");
    workload.check(workloadParameters);
    discipline.check(disciplineParameters);
  }

  /// Whether a round has a number of operations to do, and not a time to fill.
  public boolean fixedWork() {
    return !operationsPerThread.isEmpty();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
