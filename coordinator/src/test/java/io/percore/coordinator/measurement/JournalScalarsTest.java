package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalScalarsTest {
  private static Object read(String text, Class<?> type) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser('"' + text + '"')) {
      return Objects.requireNonNull(new ValueReaders().of(type).next(parser));
    }
  }

  static Stream<Duration> durations() {
    return Stream.of(
        Duration.ZERO,
        Duration.ofSeconds(6, 522_108_156),
        Duration.ofSeconds(59, 999_999_999),
        Duration.ofSeconds(60, 1),
        Duration.ofSeconds(3_661, 123_456_789),
        Duration.ofSeconds(7),
        Duration.ofMillis(1_500),
        Duration.ofNanos(1),
        Duration.ofNanos(123_456_789),
        Duration.ofSeconds(-1, 500_000_000),
        Duration.ofSeconds(-2, 876_543_211),
        Duration.ofSeconds(-12, 876_543_211));
  }

  @ParameterizedTest
  @MethodSource("durations")
  void readsWhatADurationIsWrittenAs(Duration duration) throws IOException {
    assertThat(read(duration.toString(), Duration.class)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T19:37:24.113856120Z",
        "2026-11-29T19:37:24.113856Z",
        "2026-11-29T19:37:24Z",
        "1969-12-31T23:59:59.999999999Z",
        "+12026-11-29T19:37:24.113856120Z"
      })
  void readsWhatAnInstantIsWrittenAs(String text) throws IOException {
    assertThat(read(text, Instant.class)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "PT", "PT6.+22108156S", "PT6.-22108156S", "PT6.52210815xS", "PTx.522108156S"})
  void refusesOtherTextsThanDurations(String text) {
    assertThatExceptionOfType(JsonParseException.class)
        .isThrownBy(() -> read(text, Duration.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T19:37:24.+13856120Z",
        "2026-13-29T19:37:24.113856120Z",
        "2026-11-29T19:37:-4.113856120Z",
        "yesterday"
      })
  void refusesOtherTextsThanInstants(String text) {
    assertThatExceptionOfType(JsonParseException.class).isThrownBy(() -> read(text, Instant.class));
  }

  @Test
  void holdsAShortNameOnce() throws IOException {
    assertThat(read("global-lock", String.class)).isSameAs(read("global-lock", String.class));
  }
}
