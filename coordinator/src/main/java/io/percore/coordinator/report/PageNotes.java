package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Environment.Reading;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.Modes;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What to be careful with in this run, and how to read any.
final class PageNotes {
  private static final List<List<String>> TERMS =
      List.of(
          List.of(
              "Operation",
              "One call of the discipline: an increment, or one retain, or one release."),
          List.of(
              "Parallelism N",
              "The number of threads that do the work, over all processes. Layout P×T is P"
                  + " processes with T threads each."),
          List.of(
              "Fork",
              "One trial in freshly started JVMs. Forks, never slices of one, are what the"
                  + " intervals rest on."),
          List.of(
              "Speedup",
              "A strategy's throughput over its own at N = 1. Divided by N it is the efficiency."),
          List.of(
              "Over sequential",
              "Its throughput over that of one plain, unprotected thread: the price of protection"
                  + " is in it from N = 1 on."),
          List.of(
              "Of N sequential",
              "The same divided by N: what it does of the work of N plain threads at the full speed"
                  + " of one."),
          List.of(
              "Serial",
              "The share of the work that one thread at a time does, by the speedup: Karp and"
                  + " Flatt's, or Gustafson's where the work grows with N. Above 100 % all of it"
                  + " waits, and costs more than alone."),
          List.of(
              "Time per operation",
              "N times the elapsed time over the operations. Where it rises with N, threads wait"
                  + " for each other."),
          List.of(
              "Interval",
              "95 %. Ratios are paired: each block of trials runs everything once, and what is"
                  + " averaged are the logarithms of the ratios within a block. Compare two"
                  + " strategies by the interval of their ratio, not by whether bars overlap."),
          List.of(
              "Verified",
              "After every trial the count is compared with the number of operations. A wrong one"
                  + " fails the run, unless the strategy is there to show losses."),
          List.of(
              "Fairness",
              "Jain's index over the threads' operations: 1 when all did the same, 1/N when one did"
                  + " everything."),
          List.of(
              "CPU",
              "CPU time used, as a share of N times the window. Well below 100 %, threads were"
                  + " waiting or had no processor."));

  private PageNotes() {}

  static void write(Markup page, RunReport report) {
    List<String> warnings = warnings(report);
    if (!warnings.isEmpty()) {
      page.open("section", "class", "notes", "id", "warnings").element("h2", "Be careful with");
      page.open("ul");
      warnings.forEach(w -> page.element("li", Typography.of(PlainText.printable(w))));
      page.close().close().line();
    }
    String replay = PageReplay.appears(report) ? " how an update gets lost," : "";
    PageTerms.write(
        page, TERMS, ", what each discipline guarantees," + replay + " and what is closed");
  }

  private static List<String> warnings(RunReport report) {
    Environment environment = report.environment();
    List<String> warnings = new ArrayList<>(report.summary().baselineWarnings());
    if (!report.complete()) {
      warnings.add("The run is incomplete: some planned trials have no result.");
    }
    warnings.addAll(Resumes.sentences(report));
    if (Captions.fewForks(report)) {
      warnings.add(
          "Fewer than "
              + Verdict.ENOUGH_FORKS
              + " forks: the intervals assume how the noise is distributed, and cannot check it.");
    }
    int processors = environment.hardwareThreads();
    if (report.summary().points().stream().anyMatch(p -> p.parallelism() > processors)) {
      warnings.add(
          "Above N = "
              + processors
              + " threads share processors: those points measure the scheduler, too.");
    }
    if (!environment.canPin()) {
      warnings.add("Threads were not bound to processors: " + environment.cannotPinReason());
    }
    environment.readings().stream()
        .filter(reading -> !reading.trustworthy())
        .collect(Collectors.groupingBy(Reading::source, LinkedHashMap::new, Collectors.toList()))
        .forEach((source, readings) -> warnings.add(fallback(source, readings)));
    report.summary().points().stream()
        .filter(p -> p.startSkewNanos() != null && isLate(p, report))
        .map(PageNotes::late)
        .forEach(warnings::add);
    List<PointSummary> mixed =
        report.summary().points().stream().filter(point -> point.modes() > 1).toList();
    mixed.stream().map(PageNotes::modes).forEach(warnings::add);
    if (!mixed.isEmpty()) {
      warnings.add(
          "Intervals of points with more than one speed hold on condition that forks go on falling"
              + " into these in the same shares.");
    }
    scatter(report.summary().points()).ifPresent(warnings::add);
    return warnings.stream().distinct().toList();
  }

  /// Of all that has one source.
  private static String fallback(String source, List<Reading> readings) {
    return "Not to be relied on: "
        + readings.stream()
            .map(reading -> reading.name() + " (" + reading.value() + ")")
            .collect(Collectors.joining(", "))
        + (source.startsWith("there is no ") ? ": " : ", from ")
        + source;
  }

  private static String modes(PointSummary point) {
    return name(point)
        + " has more than one speed: "
        + Modes.of(point.forkThroughputs()).stream()
            .map(
                mode ->
                    Quantities.plural(mode.forks(), "fork")
                        + " at "
                        + Quantities.count(mode.median()))
            .collect(Collectors.joining(", "))
        + " ops/s.";
  }

  /// One sentence for all points: in a noisy run there are many.
  private static Optional<String> scatter(List<PointSummary> points) {
    List<PointSummary> scattered =
        points.stream().filter(point -> point.modes() == 1 && point.scattered()).toList();
    return switch (scattered.size()) {
      case 0 -> Optional.empty();
      case 1 ->
          Optional.of(
              name(scattered.getFirst())
                  + ": the forks' rates have a standard deviation of "
                  + deviation(scattered.getFirst())
                  + " of their mean.");
      default ->
          Optional.of(
              scattered.stream()
                  .map(point -> name(point) + ", " + deviation(point))
                  .collect(
                      Collectors.joining(
                          "; ",
                          "The forks' rates have standard deviations of more than 10 % of their"
                              + " mean: ",
                          ".")));
    };
  }

  private static String deviation(PointSummary point) {
    return Quantities.percent(Objects.requireNonNull(point.scatter()));
  }

  private static String name(PointSummary point) {
    return point.strategy() + " at N = " + point.parallelism();
  }

  private static boolean isLate(PointSummary point, RunReport report) {
    Long skew = point.startSkewNanos();
    return skew != null
        && Quantities.rounded(skew) > report.experiment().window().toNanos() / 100.0;
  }

  private static String late(PointSummary point) {
    Long skew = point.startSkewNanos();
    return name(point)
        + ": a thread passed the start "
        + (skew == null ? "late" : Quantities.nanos(skew) + " late")
        + ", over 1 % of the window.";
  }
}
