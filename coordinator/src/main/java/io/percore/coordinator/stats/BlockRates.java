package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The rates of one program with the blocks that they were measured in.
public final class BlockRates {
  private BlockRates() {}

  /// Operations per second of its sound trials, the ones that [Summaries] uses, by block.
  ///
  /// @param trials every attempt of the run: those of other programs say what is too fast to be
  ///   true
  public static NavigableMap<Integer, Double> of(
      Experiment experiment, Catalogue catalogue, Program program, List<TrialRecord> trials) {
    List<TrialRecord> own =
        trials.stream().filter(trial -> trial.trial().program().equals(program)).toList();
    NavigableMap<Integer, Double> rates = new TreeMap<>();
    Summaries.forks(experiment, catalogue, Floors.of(trials), program, own)
        .sound()
        .forEach((block, measured) -> rates.put(block, measured.operationsPerSecond()));
    return rates;
  }
}
