package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the texts in a line of the journal are read. Times as percore writes them are read digit by
/// digit: for a hundred thousand lines the general parsers are too slow, and remain for all others.
final class JournalScalars {
  /// Parts of an instant.
  private static final int UP_TO_SECONDS = "2026-11-29T03:23:41".length();

  private static final int UP_TO_NANOS = "2026-11-29T03:23:41.123456789Z".length();

  /// Parts of a duration.
  private static final int NUMBER = "PT".length();

  private static final int AFTER_POINT = "123456789S".length();

  private JournalScalars() {}

  /// Reads all of them.
  static SimpleModule module() {
    return new SimpleModule()
        .addDeserializer(String.class, new Names())
        .addDeserializer(Instant.class, new Times<>(Instant.class, JournalScalars::instant))
        .addDeserializer(Duration.class, new Times<>(Duration.class, JournalScalars::duration));
  }

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

  /// Holds each of the names that stand in every line once.
  private static final class Names extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 32;

    Names() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = StringDeserializer.instance.deserialize(parser, context);
      return text != null && text.length() <= LONGEST ? text.intern() : text;
    }
  }

  /// Times that are written as texts.
  private static final class Times<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1;

    private final transient Function<String, T> parsed;

    /// @param parsed throws a [DateTimeException] or a [NumberFormatException] at other texts
    Times(Class<T> type, Function<String, T> parsed) {
      super(type);
      this.parsed = parsed;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      try {
        return parsed.apply(text);
      } catch (DateTimeException | NumberFormatException e) {
        throw context.weirdStringException(text, handledType(), e.getMessage());
      }
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
