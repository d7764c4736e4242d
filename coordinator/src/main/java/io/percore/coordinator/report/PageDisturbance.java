package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Disturbance;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What may disturb the trials of a run, and what did: of each counter the largest value of any
/// completed trial. Nothing is judged here.
final class PageDisturbance {
  private PageDisturbance() {}

  static List<String> lines(RunReport report) {
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
            ? "no limits: disturbed trials were kept"
            : "a trial is run again when " + report.limits().inWords(),
        "largest of any trial: steal "
            + share(trials, Disturbance::stealShare)
            + ", taken from its threads "
            + share(trials, Disturbance::takenShare)
            + ", others on its processors "
            + share(trials, Disturbance::foreignShare)
            + ", pressure "
            + share(trials, Disturbance::pressureShare)
            + ", that of the control group "
            + share(trials, Disturbance::groupPressureShare),
        "throttled "
            + shown(trials, Disturbance::throttledNanos, Quantities::nanos)
            + ", migrations "
            + shown(trials, Disturbance::migrations, Quantities::count)
            + ", collections "
            + shown(trials, Disturbance::gcNanos, Quantities::nanos)
            + ", compilation "
            + shown(trials, Disturbance::compilationNanos, Quantities::nanos)
            + ", safepoints "
            + shown(trials, Disturbance::safepointNanos, Quantities::nanos),
        "speed of the processors after a trial, of that before it: "
            + smallestCanary(trials)
            + "; a cache line's way to and fro, of that before it: "
            + shown(
                trials, Disturbance::tripRatio, ratio -> "at most " + Quantities.percent(ratio)));
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
