package io.percore.coordinator.measurement;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is fixed before the first trial: enough to understand every line of the journal, and to go
/// on with the run.
///
/// @param runId identity of the run
/// @param started when it began
/// @param experiment its design
/// @param catalogue what the worker offered
/// @param environment where it runs
/// @param points every point of the plan
/// @param limits on what may disturb a trial; null when nothing is judged by that
/// @param halfWidth that the interval of every speedup has to come down to before no more blocks
///   are added, as a share of the speedup; null when the number of blocks was fixed
/// @param machines those that the environment is made of, in the order in which they are filled;
///   null where it is one
/// @param baselines programs that belong to no point and tell what each machine does at N = 1; null
///   where that was not planned
public record RunHeader(
    String runId,
    Instant started,
    Experiment experiment,
    Catalogue catalogue,
    Environment environment,
    List<ScalePoint> points,
    @Nullable DisturbanceLimits limits,
    @Nullable Double halfWidth,
    @Nullable List<Environment> machines,
    @Nullable List<Program> baselines) {
  public RunHeader {
    points = List.copyOf(points);
    machines = machines == null ? null : List.copyOf(machines);
    baselines = baselines == null ? null : List.copyOf(baselines);
  }

  /// A run on one machine.
  public RunHeader(
      String runId,
      Instant started,
      Experiment experiment,
      Catalogue catalogue,
      Environment environment,
      List<ScalePoint> points,
      @Nullable DisturbanceLimits limits,
      @Nullable Double halfWidth) {
    this(runId, started, experiment, catalogue, environment, points, limits, halfWidth, null, null);
  }

  /// Its machines, also where it is one.
  public List<Environment> everyMachine() {
    return machines == null ? List.of(environment) : machines;
  }

  /// How many programs a block has.
  public int programs() {
    long ofPoints = points.stream().map(ScalePoint::program).distinct().count();
    return (int) ofPoints + (baselines == null ? 0 : baselines.size());
  }

  /// Their processors.
  public Cluster cluster() {
    return new Cluster(everyMachine().stream().map(Environment::hardwareThreads).toList());
  }

  /// A run of a fixed number of blocks in which no trial is invalidated for what others did.
  public RunHeader(
      String runId,
      Instant started,
      Experiment experiment,
      Catalogue catalogue,
      Environment environment,
      List<ScalePoint> points) {
    this(runId, started, experiment, catalogue, environment, points, null, null);
  }
}
