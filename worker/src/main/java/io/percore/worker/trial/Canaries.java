package io.percore.worker.trial;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What two known loops take on a trial's processors while nothing is measured, on all measured
/// threads of the process at once.
///
/// @param addsPerSecond dependent additions per second, of the slowest thread ([Canary])
/// @param tripNanos time of a cache line to another thread and back, of the slowest pair of threads
///   ([LineCanary]); -1 when unknown, and with one thread, or more threads than processors
public record Canaries(double addsPerSecond, double tripNanos) {
  /// Asks the threads, which have nothing else to do.
  ///
  /// @param oneEach whether each thread has a processor
  static Canaries measure(TrialThreads threads, boolean oneEach) throws InterruptedException {
    double adds = Collections.min(threads.onEach(_ -> Canary.addsPerSecond()));
    return new Canaries(adds, oneEach ? tripNanos(threads) : -1);
  }

  /// Of the slowest pair of neighbours, all pairs at once.
  private static double tripNanos(TrialThreads threads) throws InterruptedException {
    int pairs = threads.size() / 2;
    if (pairs == 0) {
      return -1;
    }
    List<LineCanary> lines = Stream.generate(LineCanary::new).limit(pairs).toList();
    List<OptionalDouble> asked =
        threads.onEach(
            threads.all().subList(0, 2 * pairs),
            thread -> {
              LineCanary line = lines.get(thread.number() / 2);
              if (thread.number() % 2 == 0) {
                return line.ask();
              }
              line.answer();
              return OptionalDouble.of(0);
            });
    return asked.stream().allMatch(OptionalDouble::isPresent)
        ? asked.stream().mapToDouble(OptionalDouble::getAsDouble).max().orElse(-1)
        : -1;
  }
}
