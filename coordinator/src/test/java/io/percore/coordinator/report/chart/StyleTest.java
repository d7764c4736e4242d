package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StyleTest {
  @Test
  void fourteenSeriesDifferInTheirMarkersAlone() {
    assertThat(IntStream.range(0, 14).mapToObj(Style::new).map(s -> s.marker(4) + s.filled()))
        .doesNotHaveDuplicates();
  }

  @Test
  void sixteenSeriesDifferInColourAndDash() {
    assertThat(IntStream.range(0, 16).mapToObj(Style::new).map(Style::classes))
        .doesNotHaveDuplicates()
        .startsWith("c0 d0", "c1 d0", "c2 d0", "c3 d0", "c0 d1");
  }
}
