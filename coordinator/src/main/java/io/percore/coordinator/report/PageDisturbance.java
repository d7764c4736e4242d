package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Disturbance;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.PointSummary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may disturb the trials of a run, and what did: of each counter the largest value of any
/// completed trial. Nothing is judged here.
final class PageDisturbance {
  private PageDisturbance() {}

  static void write(Markup page, RunReport report) {
    List<String> lines = lines(report).stream().filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      return;
    }
    page.open("section", "class", "notes", "id", "disturbance")
        .element("h2", "What disturbed the trials")
        .open("ul");
    lines.forEach(line -> page.element("li", Typography.of(PlainText.printable(line))));
    page.close().close().line();
  }

  private static List<String> lines(RunReport report) {
    List<Disturbance> trials =
        report.trials().stream()
            .filter(trial -> trial.outcome() instanceof Completed)
            .map(trial -> Disturbance.of(((Completed) trial.outcome()).measurement()))
            .toList();
    if (trials.isEmpty()) {
      return List.of();
    }
    return List.of(
        report.limits() == null
            ? "No limits: disturbed trials were kept"
            : "A trial is run again when " + report.limits().inWords(),
        "Largest of any trial: steal "
            + share(trials, Disturbance::stealShare)
            + ", taken from its threads "
            + share(trials, Disturbance::takenShare)
            + ", others on its processors "
            + share(trials, Disturbance::foreignShare)
            + ", pressure "
            + share(trials, Disturbance::pressureShare)
            + ", that of the control group "
            + share(trials, Disturbance::groupPressureShare),
        "Throttled "
            + shown(trials, Disturbance::throttledNanos, Quantities::nanos)
            + ", migrations "
            + shown(trials, Disturbance::migrations, Quantities::count)
            + ", collections "
            + shown(trials, Disturbance::gcNanos, Quantities::nanos)
            + ", compilation "
            + shown(trials, Disturbance::compilationNanos, Quantities::nanos)
            + ", safepoints "
            + shown(trials, Disturbance::safepointNanos, Quantities::nanos),
        "Speed of the processors after a trial, of that before it: "
            + smallestCanary(trials)
            + "; a cache line's way to and fro, of that before it: "
            + shown(
                trials, Disturbance::tripRatio, ratio -> "at most " + Quantities.percent(ratio)),
        ceilingLine(report),
        edges(report),
        clock(report),
        clocks(report));
  }

  /// One reading a batch; unknown in runs from before it was measured.
  private static String clock(RunReport report) {
    return report.trials().stream()
        .map(TrialRecord::outcome)
        .flatMap(
            outcome ->
                outcome instanceof Completed completed
                    ? completed.measurement().processes().stream()
                    : Stream.empty())
        .map(ProcessSample::clockShare)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .map(
            share ->
                "Reading the clock took at most "
                    + Quantities.percent(share)
                    + " of a thread's time")
        .orElse("");
  }

  /// Where workers read several clocks.
  private static String clocks(RunReport report) {
    OptionalLong bound = report.clockBoundNanos();
    return bound.isEmpty()
        ? ""
        : "Clocks of the machines: at most "
            + Quantities.nanos((double) bound.getAsLong())
            + " from what was assumed of them, which counts as start skew";
  }

  /// How wrong the counts at both ends of a window may be, since they lie between two readings.
  private static String edges(RunReport report) {
    return report.summary().points().stream()
        .map(PointSummary::edgeErrorShare)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .map(
            share ->
                "Counts at the ends of a window are interpolated: at most "
                    + Quantities.percent(share)
                    + " off")
        .orElse("");
  }

  private static String ceilingLine(RunReport report) {
    Map.Entry<Integer, Double> last = report.summary().ceiling().speedups().lastEntry();
    return last == null || last.getKey() == 1
        ? ""
        : "Speed of %d canaries at once, each of that of one alone: %s"
            .formatted(last.getKey(), Quantities.percent(last.getValue() / last.getKey()));
  }

  /// What was left of the speed in the trial that lost most.
  private static String smallestCanary(List<Disturbance> trials) {
    return trials.stream()
        .map(Disturbance::canaryRatio)
        .filter(Objects::nonNull)
        .min(Double::compare)
        .map(ratio -> "at least " + Quantities.percent(ratio))
        .orElse("unknown");
  }

  private static String share(
      List<Disturbance> trials, Function<Disturbance, @Nullable Double> counter) {
    return shown(trials, counter, Quantities::percent);
  }

  /// The largest known value; "unknown" where no trial has one.
  private static <T extends Number> String shown(
      List<Disturbance> trials,
      Function<Disturbance, @Nullable T> counter,
      Function<Double, String> text) {
    return trials.stream()
        .map(counter)
        .filter(Objects::nonNull)
        .map(Number::doubleValue)
        .max(Double::compare)
        .map(text)
        .orElse("unknown");
  }
}
