package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement.RoundSample;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.stats.PointSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The lines that the notebook prints, one for each point of a run with fixed work: that of the
/// round with the median time, over all forks.
final class FixedWorkLines {
  private FixedWorkLines() {}

  /// The lines; empty for a run with fixed time.
  static List<String> of(RunReport report) {
    return switch (report.experiment().scaling()) {
      case Scaling.FixedTime() -> List.of();
      case Scaling.Strong _, Scaling.Weak _ -> {
        CompletedTrials trials = new CompletedTrials(report.trials());
        yield report.summary().points().stream().flatMap(point -> line(point, trials)).toList();
      }
    };
  }

  private static Stream<String> line(PointSummary point, CompletedTrials trials) {
    List<RoundSample> rounds =
        trials.of(point.point().program()).stream()
            .flatMap(measurement -> measurement.scoredRounds().stream())
            .sorted(Comparator.comparingLong(RoundSample::nanos))
            .toList();
    return rounds.isEmpty()
        ? Stream.empty()
        : Stream.of(
            PlainText.printable(point.strategy())
                + ", N = "
                + point.parallelism()
                + ": "
                + counts(rounds.get((rounds.size() - 1) / 2)));
  }

  private static String counts(RoundSample round) {
    Verification verification = round.verification();
    String time = Quantities.number(round.nanos() / 1e6) + " ms";
    return Optional.ofNullable(verification.lostUpdates())
        .map(
            lost -> {
              long expected = Optional.ofNullable(verification.expectedUpdates()).orElseThrow();
              return "expected %d, observed %d, lost %d (%s), %s"
                  .formatted(
                      expected,
                      verification.observedUpdates(),
                      lost,
                      Quantities.percent((double) lost / expected),
                      time);
            })
        .orElseGet(
            () ->
                "operations %d, net error %d, premature frees %d, double frees %d, %s"
                    .formatted(
                        verification.operations(),
                        verification.netError(),
                        verification.prematureFrees(),
                        verification.doubleFrees(),
                        time));
  }
}
