package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.law.SerialShare;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WeakScalingTest {
  private final RunReport report = Fixtures.weakScaling();

  private PointSummary point(String strategy, int parallelism) {
    return report.summary().points().stream()
        .filter(p -> p.strategy().equals(strategy) && p.parallelism() == parallelism)
        .findFirst()
        .orElseThrow();
  }

  /// N T(1) / T(N), from the times themselves.
  @Test
  void theSpeedupIsTheScaledOne() {
    double times = 4 * millis("unshared", 1) / millis("unshared", 4);
    double speedup = Objects.requireNonNull(point("unshared", 4).speedup()).value();
    assertThat(speedup).isCloseTo(times, Offset.offset(0.1 * times));
  }

  private double millis(String strategy, int parallelism) {
    return Objects.requireNonNull(point(strategy, parallelism).scoredMillisMedian());
  }

  /// The scaled speedups of the paper's three applications on 1,024 processors.
  @Test
  void whatIsMissingOfEachFurtherProcessorIsSerial() {
    assertThat(SerialShare.gustafson(1021, 1024)).isCloseTo(3 / 1023.0, Offset.offset(1e-12));
    assertThat(SerialShare.gustafson(1020, 1024)).isCloseTo(4 / 1023.0, Offset.offset(1e-12));
    assertThat(SerialShare.gustafson(1016, 1024)).isCloseTo(8 / 1023.0, Offset.offset(1e-12));
  }

  @Test
  void everyStrategyThatGrowsHasASentence() {
    assertThat(LawSummary.sentences(report))
        .anyMatch(s -> s.startsWith("Gustafson's law for gil at N = 4: "))
        .anyMatch(s -> s.startsWith("Gustafson's law for unshared at N = 4: "))
        .noneMatch(s -> s.contains("sequential"));
    assertThat(LawSummary.laws(report)).isEmpty();
    assertThat(WeakScaling.sentences(Fixtures.fixedWork())).isEmpty();
  }

  @Test
  void thePageSaysWhatASpeedupIs() {
    assertThat(new HtmlReport().render(report))
        .contains("and a speedup is the scaled one", "operations of each thread");
  }
}
