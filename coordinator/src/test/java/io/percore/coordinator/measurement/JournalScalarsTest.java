package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalScalarsTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(JournalScalars.module())
          .build();

  private static <T> T read(String text, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue('"' + text + '"', type);
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
  void readsWhatADurationIsWrittenAs(Duration duration) throws JsonProcessingException {
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
  void readsWhatAnInstantIsWrittenAs(String text) throws JsonProcessingException {
    assertThat(read(text, Instant.class)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "PT", "PT6.+22108156S", "PT6.-22108156S", "PT6.52210815xS", "PTx.522108156S"})
  void refusesOtherTextsThanDurations(String text) {
    assertThatExceptionOfType(InvalidFormatException.class)
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
    assertThatExceptionOfType(InvalidFormatException.class)
        .isThrownBy(() -> read(text, Instant.class));
  }

  @Test
  void holdsAShortNameOnce() throws JsonProcessingException {
    assertThat(read("global-lock", String.class)).isSameAs(read("global-lock", String.class));
  }
}
