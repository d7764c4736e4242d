package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each machine of a run does by itself: at N = 1, and as a part of each point that spans
/// several of them.
///
/// The rate of a machine is that of its threads: over the window for fixed time, and up to the end
/// of its last thread for fixed work. Ratios are paired by block. Machines are numbered from 0 in
/// the order in which they are filled.
///
/// @param baselines by program in the order of the points, then by machine; empty in runs that did
///   not measure them
/// @param parts of the points that span machines, in their order, then by machine
public record MachineScaling(List<Baseline> baselines, List<Part> parts) {
  public MachineScaling {
    baselines = List.copyOf(baselines);
    parts = List.copyOf(parts);
  }

  /// Operations per second over the forks that count.
  ///
  /// @param forks how many these are; 0 leaves the others null
  /// @param median of their rates
  /// @param mean of their rates with its interval: arithmetic for fixed time, harmonic for fixed
  ///   work
  public record Rates(int forks, @Nullable Double median, @Nullable Estimate mean) {}

  /// One thread on each machine at once, as one of them did it.
  ///
  /// @param program what ran
  /// @param machine the one
  /// @param rates what it did
  /// @param overFirst over the first machine in the same trials; null for that itself, and when
  ///   unknown
  /// @param overAlone over the program of one thread, while which the other machines do nothing;
  ///   null for all machines but the first, where that runs
  public record Baseline(
      Program program,
      int machine,
      Rates rates,
      @Nullable Estimate overFirst,
      @Nullable Estimate overAlone) {
    /// Whether it certainly does not do what the first machine does.
    public boolean differs() {
      return differ(overFirst);
    }

    /// Whether it certainly does not do what it does while the others do nothing.
    public boolean dependsOnOthers() {
      return differ(overAlone);
    }

    private static boolean differ(@Nullable Estimate ratio) {
      Interval interval = ratio == null ? null : ratio.interval();
      return interval != null && Baselines.differ(interval);
    }
  }

  /// What one machine did of a point.
  ///
  /// @param point the point
  /// @param machine the machine
  /// @param threads of the point that ran there, at least 1
  /// @param rates what they did
  /// @param speedup over the same machine's [Baseline] of the discipline; null when unknown
  public record Part(
      ScalePoint point, int machine, int threads, Rates rates, @Nullable Estimate speedup) {
    /// The speedup by the number of threads.
    public @Nullable Estimate efficiency() {
      return speedup == null ? null : speedup.dividedBy(threads);
    }
  }

  /// The machines' figures.
  ///
  /// @param experiment the design
  /// @param catalogue what the workers offered: it says which counts must be exact
  /// @param machines how many there are; of one there is nothing to say
  /// @param points the points of all curves in their order
  /// @param trials every attempt, in any order
  public static MachineScaling of(
      Experiment experiment,
      Catalogue catalogue,
      int machines,
      List<ScalePoint> points,
      List<TrialRecord> trials) {
    if (machines == 1) {
      return new MachineScaling(List.of(), List.of());
    }
    MachineParts figures =
        new MachineParts(
            experiment.scaling().fixesWork(),
            machines,
            Summaries.byProgram(experiment, catalogue, trials));
    return new MachineScaling(figures.baselines(points), figures.parts(points));
  }
}
