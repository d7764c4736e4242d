package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Disturbance;
import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.DisturbanceLimits.Limit;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.PointSummary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may disturb the trials of a run, and what did: each counter of the completed trial that it
/// was worst in, beside its limit and the attempts that went beyond it.
final class PageDisturbance {
  private static final String TITLE = "What disturbed the trials";
  private static final List<String> COLUMNS =
      List.of("", "worst trial", "limit", "attempts beyond it");

  private static final List<Counter> COUNTERS =
      List.of(
          share("others took from its threads", Limit.TAKEN, Disturbance::takenShare),
          share("others ran on its processors", Limit.FOREIGN, Disturbance::foreignShare),
          share("the hypervisor took", Limit.STEAL, Disturbance::stealShare),
          time("a quota held it back", Limit.QUOTA, Disturbance::throttledNanos),
          new Counter(
              "speed left to its processors",
              Limit.SPEED,
              Disturbance::canaryRatio,
              Quantities::percent,
              Math::min),
          share("a task waited for a processor", null, Disturbance::pressureShare),
          share("the same in its control group", null, Disturbance::groupPressureShare),
          share("a cache line took for its way, of before", null, Disturbance::tripRatio),
          new Counter(
              "threads moved to another processor",
              null,
              Disturbance::migrations,
              Quantities::count,
              Math::max),
          time("collections", null, Disturbance::gcNanos),
          time("compilation", null, Disturbance::compilationNanos),
          time("safepoints", null, Disturbance::safepointNanos));

  private PageDisturbance() {}

  /// Something that is counted in each trial.
  ///
  /// @param what it is, to follow "a trial" in the reader's mind
  /// @param worse the worse of two of its values
  private record Counter(
      String what,
      @Nullable Limit limit,
      Function<Disturbance, @Nullable Number> value,
      DoubleFunction<String> text,
      DoubleBinaryOperator worse) {
    Optional<String> worst(List<Disturbance> trials) {
      double worst = Double.NaN;
      for (Disturbance trial : trials) {
        Number known = value.apply(trial);
        if (known != null) {
          worst =
              Double.isNaN(worst)
                  ? known.doubleValue()
                  : worse.applyAsDouble(worst, known.doubleValue());
        }
      }
      return Double.isNaN(worst) ? Optional.empty() : Optional.of(text.apply(worst));
    }
  }

  /// A counter and the worst of its values; nothing where none is known.
  private record Row(Counter counter, Optional<String> worst) {
    boolean isShown() {
      return counter.limit() != null || worst.isPresent();
    }
  }

  private static Counter share(
      String what, @Nullable Limit limit, Function<Disturbance, @Nullable Number> value) {
    return new Counter(what, limit, value, Quantities::percent, Math::max);
  }

  private static Counter time(
      String what, @Nullable Limit limit, Function<Disturbance, @Nullable Number> value) {
    return new Counter(what, limit, value, Quantities::nanos, Math::max);
  }

  static void write(Markup page, RunReport report) {
    List<Disturbance> trials =
        report.trials().parallelStream()
            .filter(trial -> trial.outcome() instanceof Completed)
            .map(trial -> Disturbance.of(((Completed) trial.outcome()).measurement()))
            .toList();
    if (trials.isEmpty()) {
      return;
    }
    page.open("section", "class", "data", "id", "disturbance").element("h2", TITLE);
    page.element("p", caption(report.limits()), "class", "caption");
    PageFrame.openScroll(page, TITLE);
    page.open("table").open("thead").open("tr");
    COLUMNS.forEach(title -> page.element(title.isEmpty() ? "td" : "th", title));
    page.close().close().open("tbody").line();
    List<Row> rows =
        COUNTERS.parallelStream().map(counter -> new Row(counter, counter.worst(trials))).toList();
    List<TrialOutcome> mishaps =
        report.trials().stream()
            .map(TrialRecord::outcome)
            .filter(outcome -> !PageTrials.reason(outcome).isEmpty())
            .toList();
    rows.stream().filter(Row::isShown).forEach(row -> write(page, report.limits(), row, mishaps));
    page.close().close().close().open("ul");
    Stream.of(unknown(rows), ceiling(report), edges(report), clock(report), clocks(report))
        .filter(line -> !line.isEmpty())
        .forEach(line -> page.element("li", Typography.of(line)));
    page.close().close().line();
  }

  private static String caption(@Nullable DisturbanceLimits limits) {
    return "Of each the completed trial in which it was worst. "
        + (limits == null
            ? "No limits: disturbed trials were kept."
            : "An attempt beyond a limit is run again; the last one is used, and marked.");
  }

  private static void write(
      Markup page, @Nullable DisturbanceLimits limits, Row row, List<TrialOutcome> mishaps) {
    Limit limit = row.counter().limit();
    page.open("tr").element("th", row.counter().what(), "scope", "row");
    page.element("td", Typography.of(row.worst().orElse("unknown")));
    page.element("td", limits == null || limit == null ? "" : Typography.of(limits.of(limit)));
    page.element("td", limits == null || limit == null ? "" : beyond(mishaps, limit));
    page.close().line();
  }

  private static String beyond(List<TrialOutcome> mishaps, Limit limit) {
    List<TrialOutcome> outcomes =
        mishaps.stream().filter(outcome -> beyond(outcome, limit)).toList();
    long kept = outcomes.stream().filter(Completed.class::isInstance).count();
    long unused = outcomes.size() - kept;
    return outcomes.isEmpty()
        ? "none"
        : Stream.of(unused == 0 ? "" : unused + " not used", kept == 0 ? "" : kept + " used")
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(", "));
  }

  private static boolean beyond(TrialOutcome outcome, Limit limit) {
    return switch (outcome) {
      case Completed completed -> limit.isWhy(completed.disturbance());
      case Invalidated invalidated -> limit.isWhy(invalidated.reason());
      case TrialOutcome.Failed _, TrialOutcome.TimedOut _ -> false;
    };
  }

  private static String unknown(List<Row> rows) {
    String counters =
        rows.stream()
            .filter(row -> !row.isShown())
            .map(row -> row.counter().what())
            .collect(Collectors.joining(", "));
    return counters.isEmpty() ? "" : "Unknown: " + counters + ".";
  }

  private static String ceiling(RunReport report) {
    Map.Entry<Integer, Double> last = report.summary().ceiling().speedups().lastEntry();
    return last == null || last.getKey() == 1
        ? ""
        : last.getKey()
            + " canaries at once each had "
            + Quantities.percent(last.getValue() / last.getKey())
            + " of the speed of one alone.";
  }

  /// How wrong the counts at both ends of a window may be, since they lie between two readings.
  private static String edges(RunReport report) {
    return largest(report.summary().points().stream().map(PointSummary::edgeErrorShare))
        .map(share -> "Counts at the ends of a window are interpolated: at most " + share + " off.")
        .orElse("");
  }

  /// One reading a batch; unknown in runs from before it was measured.
  private static String clock(RunReport report) {
    return largest(
            report.trials().stream()
                .map(TrialRecord::outcome)
                .flatMap(
                    outcome ->
                        outcome instanceof Completed completed
                            ? completed.measurement().processes().stream()
                            : Stream.empty())
                .map(ProcessSample::clockShare))
        .map(share -> "Reading the clock took at most " + share + " of a thread's time.")
        .orElse("");
  }

  private static Optional<String> largest(Stream<@Nullable Double> shares) {
    return shares.filter(Objects::nonNull).max(Double::compare).map(Quantities::percent);
  }

  /// Where workers read several clocks.
  private static String clocks(RunReport report) {
    OptionalLong bound = report.clockBoundNanos();
    return bound.isEmpty()
        ? ""
        : "Clocks of the machines: at most "
            + Quantities.nanos((double) bound.getAsLong())
            + " from what was assumed of them, which counts as start skew.";
  }
}
