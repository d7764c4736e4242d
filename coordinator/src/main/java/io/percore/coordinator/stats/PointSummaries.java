package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Works out one point's figures from its forks and those of its bases.
final class PointSummaries {
  private final Experiment experiment;
  private final Catalogue catalogue;
  private final Function<Program, Forks> forksOf;
  private final Bases bases;

  PointSummaries(
      Experiment experiment, Catalogue catalogue, Function<Program, Forks> forksOf, Bases bases) {
    this.experiment = experiment;
    this.catalogue = catalogue;
    this.forksOf = forksOf;
    this.bases = bases;
  }

  PointSummary summarize(ScalePoint point) {
    Program program = point.program();
    Forks forks = forksOf.apply(program);
    Collection<Measurement> sound = forks.sound().values();
    double[] rates = forks.rates();
    Double median = rates.length == 0 ? null : Double.valueOf(Median.of(rates));
    Estimate speedup = ratio(program, bases.own(program));
    int n = program.parallelism();
    Counts counts = counts(forks.completed().values());
    return new PointSummary(
        point,
        rates.length,
        DoubleStream.of(rates).boxed().toList(),
        List.copyOf(forks.sound().keySet()),
        median,
        rates.length == 0 ? null : mean(rates),
        median == null ? null : Double.valueOf(n * 1e9 / median),
        speedup,
        crossCheck(program, bases.own(program)),
        Modes.count(rates),
        speedup == null ? null : speedup.dividedBy(n),
        ratio(program, bases.sequential(program)),
        counts.operations(),
        counts.expected(),
        counts.lost(),
        counts.netError(),
        counts.prematureFrees(),
        counts.doubleFrees(),
        counts.usesAfterFree(),
        counts.leaks(),
        catalogue
            .discipline(program.discipline())
            .map(Catalogue.Discipline::referenceCount)
            .orElse(true),
        Exactness.required(experiment, catalogue, program.discipline()),
        Exactness.byConstruction(experiment, catalogue, program),
        forks.defects(),
        forks.invalidated(),
        forks.failed(),
        forks.disturbed(),
        Math.max(0, experiment.forks() - forks.completed().size()),
        median(sound, PointSummaries::fairness),
        largest(sound.stream().flatMap(m -> m.threads().stream()), ThreadSample::startSkewNanos),
        median(sound, PointSummaries::cpuShare),
        edgeErrorShare(sound),
        pinned(forks),
        texts(forks, ProcessSample::notPinnedReason, "; "),
        texts(forks, ProcessSample::collector, ", "),
        largest(
            sound.stream().flatMap(m -> m.processes().stream()), ProcessSample::batchOperations),
        oddlyCompiled(sound),
        steadyStates(sound),
        roundMillis(sound));
  }

  private @Nullable Estimate ratio(Program program, @Nullable Program base) {
    if (base == null) {
      return null;
    }
    Forks forks = forksOf.apply(program);
    if (program.equals(base)) {
      return forks.sound().isEmpty() ? null : new Estimate(1, null);
    }
    return forks.over(forksOf.apply(base));
  }

  private @Nullable Estimate crossCheck(Program program, @Nullable Program base) {
    return base == null || program.equals(base)
        ? null
        : forksOf.apply(program).over(forksOf.apply(base), Fieller::paired);
  }

  private Estimate mean(double[] rates) {
    return experiment.scaling().fixesWork()
        ? MeanInterval.harmonic(rates)
        : MeanInterval.arithmetic(rates);
  }

  private record Counts(
      long operations,
      @Nullable Long expected,
      @Nullable Long lost,
      @Nullable Long netError,
      long prematureFrees,
      long doubleFrees,
      long usesAfterFree,
      long leaks) {}

  private Counts counts(Collection<Measurement> completed) {
    List<Verification> counts = completed.stream().map(Measurement::verification).toList();
    boolean incrementsOnly =
        counts.stream().allMatch(count -> count.lostUpdates() != null)
            && catalogue
                .workload(experiment.workload())
                .map(Catalogue.Workload::incrementsOnly)
                .orElse(true);
    boolean known = !counts.isEmpty();
    return new Counts(
        sum(counts, Verification::operations),
        known && incrementsOnly ? sum(counts, v -> orZero(v.expectedUpdates())) : null,
        known && incrementsOnly ? sum(counts, v -> orZero(v.lostUpdates())) : null,
        known && !incrementsOnly ? sum(counts, Verification::netError) : null,
        sum(counts, Verification::prematureFrees),
        sum(counts, Verification::doubleFrees),
        sum(counts, Verification::usesAfterFree),
        sum(counts, Verification::leaks));
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static Long sum(List<Verification> counts, ToLongFunction<Verification> count) {
    return counts.stream().mapToLong(count).reduce(0, Math::addExact);
  }

  private static Double fairness(Measurement measurement) {
    List<ThreadSample> threads = measurement.threads();
    double[] shares = new double[threads.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = threads.get(i).operations();
    }
    return JainFairness.index(shares);
  }

  private static @Nullable Double cpuShare(Measurement measurement) {
    double elapsed = 0;
    double cpu = 0;
    for (ThreadSample thread : measurement.threads()) {
      elapsed += thread.elapsedNanos();
      cpu += thread.cpuNanos();
    }
    return elapsed > 0 ? Double.valueOf(cpu / elapsed) : null;
  }

  private static @Nullable Double edgeErrorShare(Collection<Measurement> sound) {
    DoubleSummaryStatistics shares =
        sound.stream().mapToDouble(PointSummaries::edgeErrorShare).summaryStatistics();
    return shares.getCount() == 0 ? null : Double.valueOf(shares.getMax());
  }

  private static double edgeErrorShare(Measurement measurement) {
    double error = 0;
    for (ThreadSample thread : measurement.threads()) {
      error += thread.edgeErrorOperations();
    }
    return error / measurement.operations();
  }

  private static @Nullable Double roundMillis(Collection<Measurement> sound) {
    double[] nanos =
        sound.stream()
            .flatMapToDouble(
                m ->
                    m.scoredRounds().isEmpty()
                        ? DoubleStream.of(m.windowNanos() / (double) m.rounds())
                        : m.scoredRounds().stream().mapToDouble(round -> round.nanos()))
            .toArray();
    return nanos.length == 0 ? null : Double.valueOf(Median.of(nanos) / 1e6);
  }

  private static int oddlyCompiled(Collection<Measurement> sound) {
    Map<Integer, Long> forksByCount =
        sound.stream()
            .map(PointSummaries::compilations)
            .flatMap(Optional::stream)
            .collect(Collectors.groupingBy(count -> count, Collectors.counting()));
    long known = forksByCount.values().stream().mapToLong(forks -> forks).sum();
    return (int) (known - forksByCount.values().stream().mapToLong(forks -> forks).max().orElse(0));
  }

  private static Optional<Integer> compilations(Measurement measurement) {
    int sum = 0;
    for (ProcessSample process : measurement.processes()) {
      if (process.compilations() < 0) {
        return Optional.empty();
      }
      sum += process.compilations();
    }
    return Optional.of(sum);
  }

  private static Map<SteadyState, Integer> steadyStates(Collection<Measurement> sound) {
    return sound.stream()
        .map(m -> Objects.requireNonNullElse(m.steadyState(), SteadyState.NOT_CLASSIFIED))
        .collect(Collectors.groupingBy(state -> state, Collectors.summingInt(_ -> 1)));
  }

  private static boolean pinned(Forks forks) {
    return !forks.completed().isEmpty()
        && forks.completed().values().stream()
            .flatMap(m -> m.processes().stream())
            .allMatch(ProcessSample::pinned);
  }

  private static String texts(Forks forks, Function<ProcessSample, String> text, String separator) {
    return forks.completed().values().stream()
        .flatMap(m -> m.processes().stream())
        .map(text)
        .filter(t -> !t.isEmpty())
        .distinct()
        .collect(Collectors.joining(separator));
  }

  private static @Nullable Double median(
      Collection<Measurement> sound, Function<Measurement, @Nullable Double> figure) {
    double[] known =
        sound.stream().map(figure).flatMap(Stream::ofNullable).mapToDouble(d -> d).toArray();
    return known.length == 0 ? null : Double.valueOf(Median.of(known));
  }

  private static <T> @Nullable Long largest(Stream<T> samples, ToLongFunction<T> figure) {
    return samples.map(figure::applyAsLong).max(Long::compare).orElse(null);
  }
}
