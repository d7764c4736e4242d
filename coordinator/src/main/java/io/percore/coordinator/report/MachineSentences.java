package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.ScalePoint;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.MachineScaling;
import io.percore.coordinator.stats.MachineScaling.Baseline;
import io.percore.coordinator.stats.MachineScaling.Part;
import io.percore.coordinator.stats.PointSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sentences about the machines of a run over several: how far each scales by itself at the largest
/// size, whether they are equal, and how well their clocks were known.
final class MachineSentences {
  /// Machines that are listed one by one.
  private static final int MOST = 4;

  private final RunReport report;
  private final MachineScaling scaling;
  private final List<String> names;
  private final List<Part> lead;

  MachineSentences(RunReport report, MachineScaling scaling, List<String> names) {
    this.report = report;
    this.scaling = scaling;
    this.names = names;
    this.lead = lead();
  }

  /// Most important first.
  List<String> all() {
    return Stream.of(
            parts(),
            agreement(),
            dependence(),
            Optional.of(
                "Speedups of all machines together are over N = 1 on "
                    + names.getFirst()
                    + ", the machine that is filled first."),
            clocks())
        .flatMap(Optional::stream)
        .toList();
  }

  /// Of the points that span machines, that with the largest size and there the highest rate; no
  /// part when there is none.
  private List<Part> lead() {
    Set<ScalePoint> counted =
        report.summary().points().stream()
            .filter(point -> point.exactRequired() && point.referenceCount())
            .map(PointSummary::point)
            .collect(Collectors.toSet());
    int processors = report.environment().hardwareThreads();
    Collection<List<Part>> points =
        scaling.parts().stream()
            .filter(part -> counted.contains(part.point()))
            .filter(part -> !part.point().program().discipline().equals(Strategy.PLAIN))
            .filter(part -> part.point().parallelism() <= processors)
            .collect(Collectors.groupingBy(Part::point, LinkedHashMap::new, Collectors.toList()))
            .values();
    return points.stream()
        .filter(parts -> parts.stream().allMatch(part -> part.speedup() != null))
        .max(
            Comparator.comparingInt((List<Part> parts) -> parts.getFirst().point().parallelism())
                .thenComparingDouble(
                    parts ->
                        parts.stream()
                            .map(part -> part.rates().median())
                            .filter(Objects::nonNull)
                            .mapToDouble(median -> median)
                            .sum()))
        .orElse(List.of());
  }

  private Optional<String> parts() {
    if (lead.isEmpty()) {
      return Optional.empty();
    }
    ScalePoint point = lead.getFirst().point();
    String which =
        lead.size() <= MOST
            ? lead.stream().map(this::part).collect(Collectors.joining(", and "))
            : part(extreme(Comparator.reverseOrder()))
                + ", which is least for each thread, and "
                + part(extreme(Comparator.naturalOrder()))
                + ", which is most";
    return Optional.of(
        "At N = %d %s does, of N = 1 on the same machine, %s."
            .formatted(point.parallelism(), point.strategy().name(), which));
  }

  private Part extreme(Comparator<Double> order) {
    return lead.stream()
        .max(Comparator.comparing(part -> value(part.efficiency()), order))
        .orElseThrow();
  }

  private String part(Part part) {
    return "%s with %s on %s"
        .formatted(
            ratio(part.speedup()),
            Quantities.plural(part.threads(), "thread"),
            names.get(part.machine()));
  }

  /// Whether the machine whose N = 1 is farthest from that of the first differs from it.
  private Optional<String> agreement() {
    String discipline = lead.isEmpty() ? null : lead.getFirst().point().program().discipline();
    return farthest(
            scaling.baselines().stream()
                .filter(
                    base -> discipline == null || base.program().discipline().equals(discipline)),
            Baseline::overFirst)
        .map(this::agreement);
  }

  private String agreement(Baseline base) {
    Estimate ratio = Objects.requireNonNull(base.overFirst());
    String claim =
        "at N = 1 with %s, %s%s does %s of what %s does"
            .formatted(
                base.program().discipline(),
                names.get(base.machine()),
                names.size() > 2 ? ", the farthest off," : "",
                ratio(ratio),
                names.getFirst());
    if (!alike()) {
      return "The machines are not alike: " + claim + ".";
    }
    Interval interval = ratio.interval();
    if (interval == null) {
      return "The machines are alike; " + claim + ".";
    }
    if (base.differs()) {
      return "The machines are alike, and yet "
          + claim
          + ": what they do at larger N rests on different bases.";
    }
    return interval.low() <= 1 && interval.high() >= 1
        ? "The machines are alike, and were not told apart: " + claim + "."
        : "The machines are alike, and differ by little: " + claim + ".";
  }

  private static String ratio(@Nullable Estimate ratio) {
    Estimate known = Objects.requireNonNull(ratio);
    return Quantities.ratio(known) + (known.interval() == null ? " (no interval)" : "");
  }

  /// By what they say of themselves.
  private boolean alike() {
    return report.machines().stream().map(MachineSentences::kind).distinct().count() == 1;
  }

  private static List<String> kind(Environment machine) {
    return List.of(
        machine.cpuModel(), machine.architecture(), Integer.toString(machine.onlineCpus()));
  }

  /// Machines of which one depends on what the others do are not several.
  private Optional<String> dependence() {
    return farthest(
            scaling.baselines().stream().filter(Baseline::dependsOnOthers), Baseline::overAlone)
        .map(
            base ->
                "While the other machines run a thread each, %s does %s of what it does without them, with %s: they share something."
                    .formatted(
                        names.getFirst(), ratio(base.overAlone()), base.program().discipline()));
  }

  private static Optional<Baseline> farthest(
      Stream<Baseline> baselines, Function<Baseline, @Nullable Estimate> ratio) {
    return baselines
        .filter(base -> ratio.apply(base) != null)
        .max(Comparator.comparingDouble(base -> Math.abs(Math.log(value(ratio.apply(base))))));
  }

  private static double value(@Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate).value();
  }

  private Optional<String> clocks() {
    Long skew = MachineJson.startSkew(report);
    Long bound = MachineJson.clockBound(report);
    return skew == null
        ? Optional.empty()
        : Optional.of(
            (bound == null
                    ? "The machines read one clock"
                    : "The clocks of the machines were known to "
                        + Quantities.nanos((double) bound)
                        + " or better")
                + "; the last thread began at most "
                + Quantities.nanos((double) skew)
                + " after the moment that was set.");
  }
}
