package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialRecord;
import java.util.List;

/// Reads back what is said of side trials that went wrong.
final class SideMishapClaims {
  private SideMishapClaims() {}

  /// @param lines of a section of the page
  /// @param trials whose section it is; those that failed are told, and no others
  static void read(List<String> lines, List<TrialRecord> trials) {
    assertThat(lines)
        .isEqualTo(
            trials.stream()
                .filter(trial -> trial.outcome() instanceof Failed)
                .map(
                    trial ->
                        "%s@%s, attempt %d: %s"
                            .formatted(
                                trial.trial().program().discipline(),
                                trial.trial().program().layout(),
                                trial.attempt(),
                                ((Failed) trial.outcome()).reason()))
                .toList());
  }
}
