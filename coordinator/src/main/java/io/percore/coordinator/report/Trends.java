package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.stats.law.ClockDrop;
import io.percore.coordinator.stats.law.LawFit;
import io.percore.coordinator.stats.law.ScalingLaws.Fitted;
import io.percore.coordinator.stats.law.StrategyLaws;
import io.percore.coordinator.stats.law.Usl;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The laws that were fitted, as lines of a chart.
final class Trends {
  private static final int STEPS = 48;

  /// Amdahl's law lies this much above at the end, or it would be drawn over the other one.
  private static final double DISTINCT = 1.03;

  private Trends() {}

  /// The line of a strategy; nothing when no law was fitted, or when it does not describe the
  /// curve.
  ///
  /// @param largest parallelism of the chart
  static Optional<Trend> of(List<StrategyLaws> laws, String strategy, int largest) {
    return laws.stream()
        .filter(law -> law.strategy().equals(strategy))
        .flatMap(
            law ->
                law.laws() instanceof Fitted fitted && !fitted.usl().lackOfFit().failed()
                    ? Stream.of(trend(fitted, law.clock(), largest))
                    : Stream.<Trend>empty())
        .findFirst();
  }

  /// A peak at 1 is none to look for: the curve falls from its beginning.
  ///
  /// @param clock what was divided out of the rates: the lines have it again, as the data do
  private static Trend trend(Fitted fitted, ClockDrop clock, int largest) {
    LawFit fit = fitted.usl();
    Usl law = fit.law();
    Usl amdahl = fitted.amdahl().law();
    boolean another = amdahl.throughput(largest) > DISTINCT * law.throughput(largest);
    Double peak = law.peak();
    return new Trend(
        line(law, clock, 1, fit.largestSize()),
        largest > fit.largestSize() ? line(law, clock, fit.largestSize(), largest) : List.of(),
        another ? line(amdahl, clock, 1, largest) : List.of(),
        peak == null || peak <= 1 || peak > largest ? null : vertex(law, clock, peak));
  }

  /// In equal ratios of the size, and so smooth on either form of the axis.
  private static List<Vertex> line(Usl law, ClockDrop clock, double from, double to) {
    return IntStream.rangeClosed(0, STEPS)
        .mapToDouble(step -> from * Math.pow(to / from, (double) step / STEPS))
        .mapToObj(size -> vertex(law, clock, size))
        .toList();
  }

  private static Vertex vertex(Usl law, ClockDrop clock, double size) {
    return new Vertex(size, law.throughput(size) * clock.at(size));
  }
}
