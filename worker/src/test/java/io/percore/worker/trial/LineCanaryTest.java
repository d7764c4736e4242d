package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class LineCanaryTest {
  /// Within one core it takes more than a nanosecond. Where the two threads have one processor, or
  /// others have it, they may run out of patience.
  @Test
  void theLineGoesToAndFro() throws Exception {
    OptionalDouble nanos = OptionalDouble.empty();
    for (int i = 0; i < 50 && nanos.isEmpty(); i++) {
      LineCanary line = new LineCanary();
      FutureTask<OptionalDouble> asked = new FutureTask<>(line::ask);
      Thread.ofPlatform().daemon().start(asked);
      line.answer();
      nanos = asked.get();
    }
    assertThat(nanos).isPresent();
    assertThat(nanos.getAsDouble()).isGreaterThan(1);
  }

  @Test
  void nobodyWaitsForEver() {
    assertThat(new LineCanary().ask()).isEmpty();
    new LineCanary().answer();
  }
}
