package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What it costs to start processes for a job instead of giving it to threads that are there: the
/// work of the job and the start before it, against threads that have only the work to do.
///
/// No job was run at these lengths. What one takes is worked out from the start and the rate of
/// each fork, as if the rate of its window held from the first operation on.
///
/// @param strategy of several processes
/// @param parallelism of it, and of all that it is compared with
/// @param forks trials behind the figures
/// @param startNanos from the launch of the first process until the last one can work, warm-up
///   aside, median over forks
/// @param jobs by length, ascending
public record JobCost(
    String strategy, int parallelism, int forks, double startNanos, List<Job> jobs) {
  /// From shorter than a process takes to start to where the start hardly counts.
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(100));

  public JobCost {
    jobs = List.copyOf(jobs);
  }

  /// Jobs of one length.
  ///
  /// @param nanos that the work takes the processes once they run, at their median rate
  /// @param against the rate over the job, the start included, over that of each strategy of
  ///   threads in its window that counts exactly, by name; Welch's interval
  public record Job(double nanos, Map<String, Estimate> against) {
    public Job {
      against = new LinkedHashMap<>(against);
    }
  }

  /// Works the costs out, for the same strategies as [ProcessCost#of]; none for those whose trials
  /// do not tell what their start took.
  ///
  /// @param called attempts at trials that were made for calls
  /// @param summary of the run that they belong to
  public static List<JobCost> of(List<TrialRecord> called, ScalingSummary summary) {
    List<JobCost> costs = new ArrayList<>();
    ProcessCost.forks(called, summary)
        .forEach(
            (point, forks) -> {
              if (forks.stream().allMatch(f -> f.launchNanos() > 0 && f.operations() > 0)) {
                costs.add(cost(point, forks, ProcessCost.threads(point, summary)));
              }
            });
    return List.copyOf(costs);
  }

  private static JobCost cost(
      PointSummary point, List<Measurement> forks, List<PointSummary> threads) {
    double usual =
        Median.of(forks.stream().mapToDouble(Measurement::operationsPerSecond).toArray());
    List<Job> jobs = new ArrayList<>();
    for (Duration length : LENGTHS) {
      double operations = usual * length.toNanos() / 1e9;
      double[] rates = forks.stream().mapToDouble(fork -> rate(fork, operations)).toArray();
      jobs.add(new Job(length.toNanos(), ProcessCost.against(threads, rates)));
    }
    double start = Median.of(forks.stream().mapToDouble(Measurement::launchNanos).toArray());
    return new JobCost(point.strategy(), point.parallelism(), forks.size(), start, jobs);
  }

  /// Operations per second of a job that begins with the start of its processes.
  private static double rate(Measurement fork, double operations) {
    return operations / (fork.launchNanos() / 1e9 + operations / fork.operationsPerSecond());
  }

  /// From which length on processes do more than a strategy of threads.
  ///
  /// @param other strategy of threads; empty when it is not compared
  public Optional<BreakEven> breakEven(String other) {
    List<Double> ratios =
        jobs.stream()
            .flatMap(job -> Stream.ofNullable(job.against().get(other)))
            .map(Estimate::value)
            .toList();
    return jobs.isEmpty() || ratios.size() < jobs.size()
        ? Optional.empty()
        : Optional.of(BreakEven.of(jobs.stream().map(Job::nanos).toList(), ratios));
  }
}
