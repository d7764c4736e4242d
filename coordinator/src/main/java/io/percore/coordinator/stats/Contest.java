package io.percore.coordinator.stats;

import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares the strategies that may win: those whose counts must be exact and which go parallel,
/// all under the run's first collector. What another one changes is compared apart. The sequential
/// base is none of them, and neither is a negative control, nor what is no reference count because
/// it never frees.
final class Contest {
  private final List<PointSummary> points;
  private final List<PointSummary> underOthers;
  private final Function<Program, Forks> forksOf;
  private final int processors;

  Contest(List<PointSummary> points, Function<Program, Forks> forksOf, int processors) {
    this.processors = processors;
    Map<Boolean, List<PointSummary>> byCollector =
        points.stream()
            .filter(PointSummary::exactRequired)
            .filter(PointSummary::referenceCount)
            .filter(point -> goesParallel(point.point().strategy()))
            .filter(point -> point.forks() > 0)
            .collect(
                Collectors.partitioningBy(
                    point -> collector(point) == collector(points.getFirst())));
    this.points = byCollector.getOrDefault(true, List.of());
    this.underOthers = byCollector.getOrDefault(false, List.of());
    this.forksOf = forksOf;
  }

  private static boolean goesParallel(Strategy strategy) {
    return strategy.followsParallelism() || strategy.layoutAt(1).parallelism() > 1;
  }

  /// Every contestant against the fastest by median throughput, best first.
  List<Comparison> againstFastest() {
    List<PointSummary> contestants = contestants();
    if (contestants.isEmpty()) {
      return List.of();
    }
    PointSummary fastest =
        contestants.stream().max(Comparator.comparingDouble(Contest::medianRate)).orElseThrow();
    return contestants.stream()
        .filter(point -> !point.point().equals(fastest.point()))
        .map(point -> compare(point, fastest))
        .flatMap(Stream::ofNullable)
        .sorted(Comparator.comparingDouble((Comparison c) -> c.ratio().value()).reversed())
        .toList();
  }

  /// Every pair of contestants with the same discipline that share differently: the one that shares
  /// less over the one that shares more.
  List<Comparison> contrasts() {
    List<PointSummary> bySeparation =
        contestants().stream().sorted(Comparator.comparing(Contest::separation)).toList();
    List<Comparison> contrasts = new ArrayList<>();
    for (PointSummary more : bySeparation) {
      for (PointSummary less : bySeparation) {
        if (separation(less).compareTo(separation(more)) > 0
            && discipline(less).equals(discipline(more))) {
          Stream.ofNullable(compare(less, more)).forEach(contrasts::add);
        }
      }
    }
    return contrasts;
  }

  /// Every contestant under each other collector over itself under the first.
  List<Comparison> collectors() {
    List<Comparison> comparisons = new ArrayList<>();
    for (PointSummary point : contestants()) {
      for (PointSummary other : underOthers) {
        Collector collector = collector(other);
        if (collector != null
            && other.strategy().equals(collector.variantOf(point.strategy()))
            && other.parallelism() == point.parallelism()) {
          Stream.ofNullable(compare(other, point)).forEach(comparisons::add);
        }
      }
    }
    return comparisons;
  }

  private static @Nullable Collector collector(PointSummary point) {
    return point.point().program().collector();
  }

  private static double medianRate(PointSummary point) {
    return Objects.requireNonNull(point.throughputMedian());
  }

  private static String discipline(PointSummary point) {
    return point.point().program().discipline();
  }

  /// How far apart the threads of a layout are, in this order.
  private enum Separation {
    SHARED,
    MIXED,
    UNSHARED,
    PROCESSES
  }

  private static Separation separation(PointSummary point) {
    Program program = point.point().program();
    if (program.layout().threadsPerProcess() == 1) {
      return program.layout().processes() == 1 ? Separation.SHARED : Separation.PROCESSES;
    }
    if (program.sharing() == Sharing.THREAD) {
      return Separation.UNSHARED;
    }
    return program.layout().processes() == 1 ? Separation.SHARED : Separation.MIXED;
  }

  /// The points at the largest parallelism that every strategy that follows N has reached, and that
  /// has a processor for each thread. Beyond that the scheduler is measured too, so it is taken
  /// only when nothing else goes parallel.
  private List<PointSummary> contestants() {
    Set<Integer> common = new HashSet<>(points.stream().map(PointSummary::parallelism).toList());
    points.stream()
        .filter(point -> point.point().strategy().followsParallelism())
        .collect(
            Collectors.groupingBy(
                PointSummary::strategy,
                Collectors.mapping(PointSummary::parallelism, Collectors.toSet())))
        .values()
        .forEach(common::retainAll);
    int largest =
        common.stream()
            .mapToInt(n -> n)
            .filter(n -> 1 < n && n <= processors)
            .max()
            .orElseGet(() -> common.stream().mapToInt(n -> n).max().orElse(0));
    return points.stream().filter(point -> point.parallelism() == largest).toList();
  }

  private @Nullable Comparison compare(PointSummary point, PointSummary reference) {
    Estimate ratio =
        forksOf.apply(point.point().program()).over(forksOf.apply(reference.point().program()));
    return ratio == null
        ? null
        : new Comparison(point.strategy(), reference.strategy(), point.parallelism(), ratio);
  }
}
