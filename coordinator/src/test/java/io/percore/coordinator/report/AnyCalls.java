package io.percore.coordinator.report;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.stats.PointSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Trials of calls of every shape for a run, each from its seed: of any number of forks and sizes,
/// faster than threads, slower, or one after the other, noisy or not, with gaps and mishaps.
final class AnyCalls {
  private static final List<List<Long>> SIZES =
      List.of(
          List.of(10L, 1_000L, 100_000L, 10_000_000L),
          List.of(1L, 2L, 3L),
          List.of(1L),
          List.of(7L, 999_999L),
          List.of(1L, 10L, 100L, 1_000L, 10_000L, 1_000_000_000_000L));

  private static final long WINDOW = 1_000_000_000;

  private final RunReport run;
  private final Random random;

  private AnyCalls(RunReport run, long seed) {
    this.run = run;
    this.random = new Random(31 * seed + 7);
  }

  /// The run with trials of calls for each point of several processes, where it has such.
  static RunReport addedTo(RunReport run, long seed) {
    List<TrialRecord> called = new AnyCalls(run, seed).called();
    return Asides.with(run, new SideTrials(List.of(), List.of(), called, List.of()));
  }

  /// At one size of each strategy, as in a real run.
  private List<TrialRecord> called() {
    List<TrialRecord> called = new ArrayList<>();
    for (Curve curve : Curve.all(run.summary())) {
      List<PointSummary> points =
          curve.points().stream()
              .filter(point -> point.point().program().layout().processes() > 1)
              .toList();
      if (!points.isEmpty() && random.nextInt(4) > 0) {
        called.addAll(called(points.get(random.nextInt(points.size()))));
      }
    }
    return called;
  }

  private List<TrialRecord> called(PointSummary point) {
    Program program = point.point().program();
    List<Long> sizes = SIZES.get(random.nextInt(SIZES.size()));
    double[] rates = rates(sizes, usual(point));
    double noise = List.of(0.0, 0.001, 0.02, 0.5).get(random.nextInt(4));
    boolean noStart = random.nextInt(5) == 0;
    double work = usual(point) * Math.pow(10, random.nextInt(3) - 1);
    long launch = noStart ? 0 : 1 + (long) Math.pow(10, 12 * random.nextDouble());
    List<TrialRecord> called = new ArrayList<>();
    int forks = random.nextInt(7);
    for (int fork = 0; fork < forks; fork++) {
      var samples = samples(sizes, rates, noise);
      called.add(
          new TrialRecord(
              fork,
              new Trial(fork, fork, program),
              1,
              Instant.EPOCH,
              Duration.ofSeconds(1),
              outcome(work * factor(noise), Math.round(launch * factor(noise)), samples)));
    }
    return called;
  }

  /// Near to the rate of threads of the same number, so that neither way of working always wins.
  private double usual(PointSummary point) {
    List<Double> rates =
        run.summary().points().stream()
            .filter(other -> other.parallelism() == point.parallelism())
            .flatMap(other -> other.forkThroughputs().stream())
            .filter(rate -> rate > 0)
            .toList();
    return rates.isEmpty() ? 1e6 : rates.get(random.nextInt(rates.size()));
  }

  /// Rising to a limit as calls do, or of no order.
  private double[] rates(List<Long> sizes, double usual) {
    if (random.nextInt(3) == 0) {
      return sizes.stream().mapToDouble(_ -> usual * factor(0.3)).toArray();
    }
    double limit = usual * Math.pow(10, random.nextDouble() - 0.3);
    double half = Math.pow(10, 8 * random.nextDouble() - 1);
    return sizes.stream().mapToDouble(size -> limit * size / (size + half)).toArray();
  }

  /// Some of the sizes; nothing when that leaves none.
  private @Nullable List<CallSample> samples(List<Long> sizes, double[] rates, double noise) {
    List<CallSample> samples = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (random.nextInt(30) > 0) {
        samples.add(sample(sizes.get(i), rates[i] * factor(noise)));
      }
    }
    return samples.isEmpty() ? null : samples;
  }

  /// Of so many calls that their time is a number of nanoseconds.
  private static CallSample sample(long size, double rate) {
    double nanosPerCall = size * 1e9 / rate;
    long calls = Math.max(1, Math.round(Math.min(1e9, 1e9 / nanosPerCall)));
    long nanos = Math.max(1, Math.round(Math.min(9e18, calls * nanosPerCall)));
    return new CallSample(size, calls, nanos);
  }

  private double factor(double noise) {
    return Math.exp(noise * random.nextGaussian());
  }

  private TrialOutcome outcome(double rate, long launch, @Nullable List<CallSample> samples) {
    return switch (random.nextInt(20)) {
      case 0 -> new Failed("worker 1 was lost", "Killed");
      case 1 -> new Completed(measurement(rate, launch, samples), List.of("wrong count"));
      case 2 -> new Completed(measurement(rate, launch, null), List.of());
      default -> new Completed(measurement(rate, launch, samples), List.of());
    };
  }

  private static Measurement measurement(
      double rate, long launch, @Nullable List<CallSample> samples) {
    return new Measurement(
        WINDOW,
        1,
        List.of(new ThreadSample(0, 0, rate, 0, 0, WINDOW, WINDOW, WINDOW, 1, 2, 3, 0)),
        List.of(),
        new Verification(1, 1L, 1L, 0, 0, 0, 0, 0, true),
        List.of(),
        launch,
        null,
        null,
        null,
        samples);
  }
}
