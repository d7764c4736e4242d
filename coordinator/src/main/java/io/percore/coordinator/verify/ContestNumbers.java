package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.verify.LongHand.Range;
import io.percore.coordinator.verify.Plan.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which strategies have to be compared, and with what ratio: those that go parallel and count
/// references exactly, at the largest size that all of them reached and that has a processor for
/// each thread.
final class ContestNumbers {
  private final Arms arms;
  private final List<Point> contestants;
  private final List<Point> underOthers;

  private ContestNumbers(Plan plan, Arms arms) {
    this.arms = arms;
    List<Point> able =
        plan.points().stream()
            .filter(Point::goesParallel)
            .filter(point -> plan.exactRequired(point.discipline()))
            .filter(point -> plan.referenceCount(point.discipline()))
            .filter(point -> !arm(point).sound().isEmpty())
            .toList();
    String first = able.isEmpty() ? "" : plan.points().getFirst().collector();
    List<Point> underFirst =
        able.stream().filter(point -> point.collector().equals(first)).toList();
    long size = size(underFirst, plan.machine().hardwareThreads());
    this.contestants = underFirst.stream().filter(point -> point.parallelism() == size).toList();
    this.underOthers =
        able.stream()
            .filter(point -> !point.collector().equals(first) && point.parallelism() == size)
            .toList();
  }

  /// @param answers where they go
  static void of(Plan plan, Arms arms, Answers answers) {
    ContestNumbers contest = new ContestNumbers(plan, arms);
    write("comparisons", contest.againstFastest(), answers);
    write("contrasts", contest.contrasts(), answers);
    write("collectors", contest.collectors(), answers);
  }

  private record Ratio(Point over, Point under, Range range) {}

  private static void write(String name, List<Ratio> ratios, Answers answers) {
    answers.size(name, ratios.size());
    for (int i = 0; i < ratios.size(); i++) {
      Ratio ratio = ratios.get(i);
      Answers here = answers.element(name, i);
      here.text("strategy", ratio.over().name());
      here.text("reference", ratio.under().name());
      here.count("parallelism", ratio.over().parallelism());
      here.range("ratio", ratio.range());
    }
  }

  private Arm arm(Point point) {
    return arms.of(point.program());
  }

  private static long size(List<Point> able, long processors) {
    Map<String, Set<Long>> reached = new HashMap<>();
    Set<Long> common = new HashSet<>();
    for (Point point : able) {
      common.add(point.parallelism());
      if (point.grows()) {
        reached.computeIfAbsent(point.name(), _ -> new HashSet<>()).add(point.parallelism());
      }
    }
    reached.values().forEach(common::retainAll);
    TreeSet<Long> sorted = new TreeSet<>(common);
    Long fitting = sorted.floor(processors);
    if (fitting != null && fitting > 1) {
      return fitting;
    }
    return sorted.isEmpty() ? 0 : sorted.last();
  }

  private List<Ratio> againstFastest() {
    List<Ratio> ratios = new ArrayList<>();
    Point fastest = null;
    for (Point point : contestants) {
      if (fastest == null || median(point) > median(fastest)) {
        fastest = point;
      }
    }
    for (Point point : contestants) {
      if (fastest != null && !point.equals(fastest)) {
        add(point, fastest, ratios);
      }
    }
    ratios.sort(Comparator.comparingDouble((Ratio ratio) -> ratio.range().value()).reversed());
    return ratios;
  }

  private double median(Point point) {
    return LongHand.median(arm(point).rates());
  }

  /// What shares less over what shares more, of one discipline.
  private List<Ratio> contrasts() {
    List<Point> ordered =
        contestants.stream().sorted(Comparator.comparing(ContestNumbers::separation)).toList();
    List<Ratio> ratios = new ArrayList<>();
    for (Point more : ordered) {
      for (Point less : ordered) {
        if (separation(less) > separation(more) && less.discipline().equals(more.discipline())) {
          add(less, more, ratios);
        }
      }
    }
    return ratios;
  }

  /// What another collector makes of each.
  private List<Ratio> collectors() {
    List<Ratio> ratios = new ArrayList<>();
    for (Point point : contestants) {
      for (Point other : underOthers) {
        if (other.name().equals(point.name() + "/" + other.collector())) {
          add(other, point, ratios);
        }
      }
    }
    return ratios;
  }

  /// 0 where all threads share, 1 where those of a process do, 2 where none does, 3 where each has
  /// a process of its own.
  private static Integer separation(Point point) {
    boolean one = point.processes() == 1;
    JsonNode sharing = point.program().path("sharing");
    if (point.threadsPerProcess() == 1) {
      return one ? 0 : 3;
    }
    return sharing.asText().equals("THREAD") ? 2 : one ? 0 : 1;
  }

  private void add(Point over, Point under, List<Ratio> ratios) {
    @Nullable Range range = arm(over).over(arm(under), LongHand::logRatio);
    if (range != null) {
      ratios.add(new Ratio(over, under, range));
    }
  }
}
