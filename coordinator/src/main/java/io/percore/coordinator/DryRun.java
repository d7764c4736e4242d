package io.percore.coordinator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.plan.DurationModel;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.report.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `--dry-run` prints: the plan, in the order in which it would be carried out.
///
/// @param seed of the order
/// @param blocks randomised complete blocks
/// @param trialsPerBlock programs, each once
/// @param predictedSeconds duration, re-runs aside
/// @param scoredSeconds scored windows in it
/// @param limits on what may disturb a trial before it is run again; null when there are none
/// @param order trials in their order
/// @param aside trials at the end that belong to no point, and are not in the prediction
record DryRun(
    long seed,
    int blocks,
    int trialsPerBlock,
    double predictedSeconds,
    double scoredSeconds,
    @Nullable DisturbanceLimits limits,
    List<Planned> order,
    List<Aside> aside) {
  DryRun {
    order = List.copyOf(order);
    aside = List.copyOf(aside);
  }

  /// Trials that an option asks for.
  ///
  /// @param option its name
  /// @param trials how many, re-runs aside
  record Aside(String option, int trials) {}

  /// One planned trial.
  ///
  /// @param trial index
  /// @param block that it belongs to
  /// @param discipline what protects the count
  /// @param processes worker processes
  /// @param threadsPerProcess measured threads in each
  /// @param sharing who shares an object
  /// @param pinned whether threads are bound to processors
  /// @param collector of the workers; null where it is that of the JVM arguments
  /// @param onEachMachine whether one process runs on each machine
  record Planned(
      int trial,
      int block,
      String discipline,
      int processes,
      int threadsPerProcess,
      String sharing,
      boolean pinned,
      @Nullable String collector,
      boolean onEachMachine) {}

  static DryRun of(
      Experiment experiment,
      Planner planner,
      DurationModel durations,
      @Nullable DisturbanceLimits limits,
      List<Aside> aside) {
    List<Planned> order = new ArrayList<>();
    for (int block = 0; block < experiment.forks(); block++) {
      planner.block(block).forEach(trial -> order.add(planned(trial)));
    }
    Duration scored = experiment.window().multipliedBy(order.size());
    return new DryRun(
        experiment.seed(),
        experiment.forks(),
        planner.programs().size(),
        durations.run(experiment, planner).toNanos() / 1e9,
        scored.toNanos() / 1e9,
        limits,
        order,
        aside);
  }

  private static Planned planned(Trial trial) {
    Program program = trial.program();
    return new Planned(
        trial.index(),
        trial.block(),
        program.discipline(),
        program.layout().processes(),
        program.layout().threadsPerProcess(),
        program.sharing().name(),
        program.pinned(),
        program.collector() == null ? null : program.collector().id(),
        program.onEachMachine());
  }

  /// For people: `0.8 s`, `45 s`, `6 min 40 s`.
  static String duration(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 100 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }

  String json() throws JsonProcessingException {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "seed %d, %d block%s of %d trial%s, predicted %s (%s scored)%n"
            .formatted(
                seed,
                blocks,
                blocks == 1 ? "" : "s",
                trialsPerBlock,
                trialsPerBlock == 1 ? "" : "s",
                duration(Duration.ofNanos((long) (predictedSeconds * 1e9))),
                duration(Duration.ofNanos((long) (scoredSeconds * 1e9)))));
    text.append(
        "disturbed trials are "
            + (limits == null
                ? "kept"
                : "run again, %d attempts in all: when %s"
                    .formatted(AttemptLog.MOST, limits.inWords()))
            + System.lineSeparator());
    for (Planned trial : order) {
      text.append(
          "%5d  block %-3d %s@%dx%d%s%s%s%s%n"
              .formatted(
                  trial.trial() + 1,
                  trial.block() + 1,
                  trial.discipline(),
                  trial.processes(),
                  trial.threadsPerProcess(),
                  trial.onEachMachine() ? " on each machine" : "",
                  trial.sharing().equals("THREAD")
                      ? " " + trial.sharing().toLowerCase(Locale.ROOT)
                      : "",
                  trial.pinned() ? "" : " unpinned",
                  trial.collector() == null ? "" : " under " + trial.collector()));
    }
    for (Aside beside : aside) {
      text.append(
          "at the end %s for %s, which the prediction leaves out%n"
              .formatted(Quantities.plural(beside.trials(), "trial"), beside.option()));
    }
    return text.toString();
  }
}
