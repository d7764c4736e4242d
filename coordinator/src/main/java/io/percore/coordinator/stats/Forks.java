package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What became of the trials of one program.
///
/// @param completed last completed attempt of each trial, by block: its counts are used
/// @param sound those of them whose figures are used, too
/// @param soundRates operations per second of each of the sound ones, by block
/// @param defects of the others, without repetition
/// @param invalidated attempts that were invalidated
/// @param failed attempts that failed or timed out
/// @param disturbed trials that are kept although each attempt was disturbed
record Forks(
    NavigableMap<Integer, Measurement> completed,
    NavigableMap<Integer, Measurement> sound,
    NavigableMap<Integer, Double> soundRates,
    List<String> defects,
    int invalidated,
    int failed,
    int disturbed) {

  static final Forks NONE =
      new Forks(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of(), 0, 0, 0);

  /// Sorts out the attempts at the trials of one program.
  ///
  /// @param exactRequired whether a wrong count makes a trial's figures unusable
  /// @param tooFast what is wrong with a trial's speed, if anything
  static Forks of(
      List<TrialRecord> attempts,
      boolean exactRequired,
      BiFunction<Trial, Measurement, Optional<String>> tooFast) {
    Map<Trial, TrialOutcome.Completed> last = new LinkedHashMap<>();
    int invalidated = 0;
    int failed = 0;
    for (TrialRecord attempt :
        attempts.stream().sorted(Comparator.comparingInt(TrialRecord::sequence)).toList()) {
      switch (attempt.outcome()) {
        case TrialOutcome.Completed completed -> last.put(attempt.trial(), completed);
        case TrialOutcome.Invalidated _ -> invalidated++;
        case TrialOutcome.Failed _, TrialOutcome.TimedOut _ -> failed++;
      }
    }
    int disturbed =
        (int) last.values().stream().filter(kept -> !kept.disturbance().isEmpty()).count();
    NavigableMap<Integer, Measurement> completed = new TreeMap<>();
    NavigableMap<Integer, Measurement> sound = new TreeMap<>();
    NavigableMap<Integer, Double> rates = new TreeMap<>();
    Set<String> defects = new LinkedHashSet<>();
    last.forEach(
        (trial, outcome) -> {
          List<String> found = new ArrayList<>(defects(outcome, exactRequired));
          tooFast.apply(trial, outcome.measurement()).ifPresent(found::add);
          completed.put(trial.block(), outcome.measurement());
          if (found.isEmpty()) {
            sound.put(trial.block(), outcome.measurement());
            rates.put(trial.block(), outcome.measurement().operationsPerSecond());
          }
          defects.addAll(found);
        });
    return new Forks(completed, sound, rates, List.copyOf(defects), invalidated, failed, disturbed);
  }

  /// The recorded defects, and what the counts themselves show where nothing was recorded: figures
  /// of a trial are used only when it is verified here and now.
  private static List<String> defects(TrialOutcome.Completed outcome, boolean exactRequired) {
    if (!outcome.defects().isEmpty()) {
      return outcome.defects();
    }
    List<String> found = new ArrayList<>();
    Verification verification = outcome.measurement().verification();
    if (!verification.workExact()) {
      found.add("the dependent work between operations gave a wrong value");
    } else if (exactRequired && !verification.exact()) {
      found.add("wrong count: " + error(verification));
    }
    if (!(outcome.measurement().operations() > 0)) {
      found.add("no operation was scored");
    }
    return found;
  }

  private static String error(Verification verification) {
    Long lost = verification.lostUpdates();
    return lost != null && lost != 0
        ? "expected "
            + verification.expectedUpdates()
            + " updates, observed "
            + verification.observedUpdates()
        : "net error "
            + verification.netError()
            + ", premature frees "
            + verification.prematureFrees()
            + ", double frees "
            + verification.doubleFrees()
            + ", uses after free "
            + verification.usesAfterFree()
            + ", leaks "
            + verification.leaks();
  }

  /// Operations per second of the sound trials, by block.
  double[] rates() {
    return soundRates.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// Throughput over that of `base`, paired over the blocks that have both, or null without any.
  @Nullable Estimate over(Forks base) {
    return over(base, LogRatio::paired);
  }

  /// The same by another estimator of numerators and denominators.
  @Nullable Estimate over(Forks base, BiFunction<double[], double[], Estimate> estimator) {
    List<Integer> blocks = sound.keySet().stream().filter(base.sound::containsKey).toList();
    return blocks.isEmpty() ? null : estimator.apply(rates(blocks), base.rates(blocks));
  }

  private double[] rates(List<Integer> blocks) {
    return blocks.stream()
        .map(block -> Optional.ofNullable(soundRates.get(block)).orElseThrow())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
