package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PortRangeTest {
  private final PortRange.Converter converter = new PortRange.Converter();

  @Test
  void aPortIsARangeOfOne() {
    assertThat(converter.convert("4711")).isEqualTo(new PortRange(4711, 4711)).hasToString("4711");
    assertThat(converter.convert("0")).isEqualTo(PortRange.ANY);
  }

  @Test
  void aRangeHasBothItsEnds() {
    PortRange range = converter.convert("65533-65535");
    assertThat(range.ports()).containsExactly(65533, 65534, 65535);
    assertThat(range).hasToString("65533-65535");
    assertThat(converter.convert("4711-4711").ports()).containsExactly(4711);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "x", "65536", "1-65536", "2-1", "0-5", "1-", "-", "1-2-3", "1 - 2"})
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("4711-4720");
  }
}
