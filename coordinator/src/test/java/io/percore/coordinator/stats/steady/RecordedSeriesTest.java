package io.percore.coordinator.stats.steady;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.SteadyState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Series of real trials on a busy machine of two processors: operations in each millisecond, 375
/// of the warm-up and 2,000 of the window.
class RecordedSeriesTest {
  /// It begins at 86 % of the rate that it ends with, and has a slow spell after the start.
  @Test
  void aTrialThatWarmsUp() throws IOException {
    Steadiness found = Steadiness.of(recorded("atomic-1x1-warm-up"));
    assertThat(found.state()).isEqualTo(SteadyState.WARM_UP);
    assertThat(found.changepoints()).isNotEmpty();
    assertThat(found.steadyFrom().orElseThrow()).isBetween(375, 1_200);
  }

  /// In its last 190 ms it runs at 87 % of the rate that it had for a second.
  @Test
  void aTrialThatIsDisturbedAtItsEnd() throws IOException {
    Steadiness found = Steadiness.of(recorded("global-lock-1x1-no-steady-state"));
    assertThat(found.state()).isEqualTo(SteadyState.NO_STEADY_STATE);
    assertThat(found.changepoints().getLast()).isGreaterThan(1_782);
  }

  private static double[] recorded(String name) throws IOException {
    var stream = RecordedSeriesTest.class.getResourceAsStream("/steady/" + name + ".txt");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8))) {
      return lines.lines().mapToDouble(Double::parseDouble).toArray();
    }
  }
}
