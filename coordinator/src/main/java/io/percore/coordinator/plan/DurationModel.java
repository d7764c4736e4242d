package io.percore.coordinator.plan;

import java.time.Duration;

/// Predicts how long a run takes, from what was measured of this machine.
///
/// @param hardwareThreads processors that workers may use
/// @param startUp from launch to readiness of one worker on a free machine, warm-up aside
/// @param runOut lead, run-out, results and exit of a trial
public record DurationModel(int hardwareThreads, Duration startUp, Duration runOut) {

  /// Time of one trial of a program.
  public Duration trial(Experiment experiment, Program program) {
    int processes = program.layout().processes();
    double waves = Math.max(1, (double) processes / hardwareThreads);
    // Each start-up keeps a little over one processor busy, so that two at once on two are slower
    // than one.
    double crowding = processes > 1 ? 1.25 : 1;
    Duration launch = Duration.ofNanos((long) (startUp.toNanos() * waves * crowding));
    return launch.plus(experiment.warmUp()).plus(experiment.window()).plus(runOut);
  }

  /// Time of all blocks, re-runs aside.
  public Duration run(Experiment experiment, Planner planner) {
    Duration block =
        planner.programs().stream()
            .map(program -> trial(experiment, program))
            .reduce(Duration.ZERO, Duration::plus);
    return block.multipliedBy(experiment.forks());
  }
}
