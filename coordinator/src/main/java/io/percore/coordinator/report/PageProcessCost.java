package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.BreakEven;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.JobCost;
import io.percore.coordinator.stats.ProcessCost;
import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What it costs to hand work to processes in calls: the figures behind the chart, and from which
/// size on that beats each strategy of threads.
final class PageProcessCost {
  private PageProcessCost() {}

  static void write(Markup page, RunReport report) {
    List<ProcessCost> costs = ProcessCost.of(report.aside().called(), report.summary());
    if (costs.isEmpty()) {
      return;
    }
    page.open("section", "class", "data", "id", "calls")
        .element("h2", "What it costs to call a process");
    page.element(
        "p",
        "Each process has one call at a time: the coordinator sends it a piece of work and waits"
            + " for the answer. The time of a call holds the work and the way there and back."
            + " Ratios are over the rate of threads in their windows, of other trials, so that"
            + " their intervals are not paired.",
        "class",
        "caption");
    costs.forEach(cost -> write(page, cost));
    List<JobCost> jobs = JobCost.of(report.aside().called(), report.summary());
    if (!jobs.isEmpty()) {
      page.element(
          "p",
          "A process has to be started before it can work. What a job then takes is worked out from"
              + " the start and the rate of each fork; no job was run at these lengths. The start"
              + " is that of percore's workers: a JVM, its heap and its connection, the warm-up"
              + " aside.",
          "class",
          "caption");
      page.open("ul");
      jobs.forEach(job -> sentences(job).forEach(line -> page.element("li", text(line))));
      page.close();
    }
    page.close().line();
  }

  private static void write(Markup page, ProcessCost cost) {
    page.open("ul");
    sentences(cost).forEach(line -> page.element("li", text(line)));
    page.close();
    List<String> others = List.copyOf(cost.pieces().getFirst().against().keySet());
    String name = text(cost.strategy() + " at N = " + cost.parallelism());
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
    page.open("table");
    page.element("caption", name);
    page.open("thead").open("tr");
    List<String> headings =
        new ArrayList<>(List.of("operations per call", "time of a call", "rate", "forks"));
    others.forEach(other -> headings.add("over " + other));
    headings.forEach(heading -> page.element("th", text(heading), "scope", "col"));
    page.close().close().open("tbody");
    cost.pieces().forEach(piece -> row(page, piece, others));
    page.close().close().close().line();
  }

  private static void row(Markup page, Piece piece, List<String> others) {
    page.open("tr").element("th", Quantities.count(piece.operations()), "scope", "row");
    page.element("td", text(Quantities.nanos(piece.callNanos())));
    page.element("td", text(Quantities.rate(piece.rate())));
    page.element("td", Integer.toString(piece.forks()));
    for (String other : others) {
      var ratio = piece.against().get(other);
      page.element("td", ratio == null ? "" : text(Quantities.ratio(ratio)));
    }
    page.close().line();
  }

  /// What the figures say, a sentence each.
  static List<String> sentences(ProcessCost cost) {
    List<String> sentences = new ArrayList<>();
    Piece smallest = cost.pieces().getFirst();
    sentences.add(
        "A call of %s takes %s, the work included."
            .formatted(
                Quantities.plural(smallest.operations(), "operation"),
                Quantities.nanos(smallest.callNanos())));
    for (String other : smallest.against().keySet()) {
      cost.breakEven(other).ifPresent(even -> sentences.add(sentence(cost, other, even)));
    }
    return sentences;
  }

  private static String sentence(ProcessCost cost, String other, BreakEven even) {
    return switch (even) {
      case BreakEven.Always() -> {
        Shown least = at(cost, other, (double) cost.pieces().getFirst().operations());
        yield "Calls to %s at every size that was measured: %s."
                .formatted(cost.strategy() + " do more than " + other, least)
            + doubt(least);
      }
      case BreakEven.NotUpTo(double largest) -> {
        Shown most = at(cost, other, largest);
        yield "Calls to %s at any size up to the largest: %s."
                .formatted(cost.strategy() + " do not do more than " + other, most)
            + doubt(most);
      }
      case BreakEven.Between(double operations, double above, double upTo) -> {
        Shown before = at(cost, other, above);
        Shown after = at(cost, other, upTo);
        yield "Calls to %s from about %s operations on: %s, and %s."
                .formatted(
                    cost.strategy() + " do more than " + other,
                    Quantities.count(operations),
                    before,
                    after)
            + doubt(before, after);
      }
    };
  }

  private static Shown at(ProcessCost cost, String other, double operations) {
    return cost.pieces().stream()
        .filter(piece -> piece.operations() == operations)
        .map(piece -> piece.against().get(other))
        .map(ratio -> new Shown(ratio, Quantities.count(operations)))
        .findFirst()
        .orElseThrow();
  }

  /// A ratio that a sentence rests on.
  ///
  /// @param size of calls or jobs that it is of
  private record Shown(Estimate ratio, String size) {
    @Override
    public String toString() {
      String interval = ratio.interval() == null ? " (no interval)" : "";
      return Quantities.ratio(ratio) + interval + " at " + size;
    }
  }

  /// Medians may lie on one side of 1 where their intervals do not.
  private static String doubt(Shown... ratios) {
    if (Arrays.stream(ratios).anyMatch(shown -> shown.ratio().interval() == null)) {
      return " Without an interval this is not established.";
    }
    return Arrays.stream(ratios)
            .map(shown -> shown.ratio().interval())
            .anyMatch(interval -> interval != null && interval.contains(1))
        ? " An interval holds 1: this is not established."
        : "";
  }

  /// What the figures of jobs say, a sentence each.
  static List<String> sentences(JobCost cost) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Starting the workers of %s at N = %d takes %s (median over forks)."
            .formatted(cost.strategy(), cost.parallelism(), Quantities.nanos(cost.startNanos())));
    for (String other : cost.jobs().getFirst().against().keySet()) {
      cost.breakEven(other).ifPresent(even -> sentences.add(sentence(cost, other, even)));
    }
    return sentences;
  }

  private static String sentence(JobCost cost, String other, BreakEven even) {
    return switch (even) {
      case BreakEven.Always() -> {
        Shown least = at(cost, other, cost.jobs().getFirst().nanos());
        yield "Started for a job, the workers of %s even when it is short: %s."
                .formatted(cost.strategy() + " do more than " + other, least)
            + doubt(least);
      }
      case BreakEven.NotUpTo(double largest) -> {
        Shown most = at(cost, other, largest);
        yield "Started for a job, the workers of %s even when it is long: %s."
                .formatted(cost.strategy() + " do not do more than " + other, most)
            + doubt(most);
      }
      case BreakEven.Between(double nanos, double above, double upTo) -> {
        Shown before = at(cost, other, above);
        Shown after = at(cost, other, upTo);
        yield "Started for a job, the workers of %s when it lasts about %s or longer: %s, and %s."
                .formatted(
                    cost.strategy() + " do more than " + other,
                    Quantities.nanos(nanos),
                    before,
                    after)
            + doubt(before, after);
      }
    };
  }

  private static Shown at(JobCost cost, String other, double nanos) {
    return cost.jobs().stream()
        .filter(job -> job.nanos() == nanos)
        .map(job -> job.against().get(other))
        .map(ratio -> new Shown(ratio, JobCostPanel.length(nanos)))
        .findFirst()
        .orElseThrow();
  }

  private static String text(String text) {
    return Typography.of(PlainText.printable(text));
  }
}
