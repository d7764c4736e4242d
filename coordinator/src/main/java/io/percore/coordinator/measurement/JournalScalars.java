package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;

/// How the texts in a line of the journal are read. Times as percore writes them are read digit by
/// digit: for a hundred thousand lines the general parsers are too slow, and remain for all others.
final class JournalScalars {
  private static final int LONGEST_NAME = 32;

  /// Parts of an instant.
  private static final int UP_TO_SECONDS = "2026-11-29T03:23:41".length();

  private static final int UP_TO_NANOS = "2026-11-29T03:23:41.123456789Z".length();

  /// Parts of a duration.
  private static final int NUMBER = "PT".length();

  private static final int AFTER_POINT = "123456789S".length();

  private JournalScalars() {}

  /// Of digits alone: a sign is not one.
  private static int number(String text, int from, int to) {
    if (!isDigit(text.charAt(from))) {
      throw new NumberFormatException("no digit at " + from);
    }
    return Integer.parseInt(text, from, to, 10);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Each of the names that stand in every line is held once.
  static Object text(JsonParser parser) throws IOException {
    ValueReader.expect(parser, JsonToken.VALUE_STRING);
    String text = parser.getText();
    return text.length() <= LONGEST_NAME ? text.intern() : text;
  }

  static Object instant(JsonParser parser) throws IOException {
    return parsed(parser, JournalScalars::instant);
  }

  static Object duration(JsonParser parser) throws IOException {
    return parsed(parser, JournalScalars::duration);
  }

  /// @param parsed throws a [DateTimeException] or a [NumberFormatException] at other texts
  private static Object parsed(JsonParser parser, Function<String, Object> parsed)
      throws IOException {
    ValueReader.expect(parser, JsonToken.VALUE_STRING);
    String text = parser.getText();
    try {
      return parsed.apply(text);
    } catch (DateTimeException | NumberFormatException e) {
      throw new JsonParseException(parser, "'" + text + "': " + e.getMessage(), e);
    }
  }

  /// Digit by digit with nanoseconds, as [Instant#toString] writes nearly every one.
  private static Instant instant(String text) {
    return text.length() == UP_TO_NANOS && text.charAt(UP_TO_SECONDS) == '.' && text.endsWith("Z")
        ? LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, UP_TO_SECONDS),
                number(text, UP_TO_SECONDS + 1, UP_TO_NANOS - 1))
            .toInstant(ZoneOffset.UTC)
        : Instant.parse(text);
  }

  /// Digit by digit from 0 up to a minute with nanoseconds, as [Duration#toString] writes nearly
  /// every one.
  private static Duration duration(String text) {
    int point = text.length() - AFTER_POINT - 1;
    return (point == NUMBER + 1 || point == NUMBER + 2)
            && text.charAt(point) == '.'
            && isDigit(text.charAt(NUMBER))
            && text.startsWith("PT")
            && text.endsWith("S")
        ? Duration.ofSeconds(
            number(text, NUMBER, point), number(text, point + 1, text.length() - 1))
        : Duration.parse(text);
  }
}
