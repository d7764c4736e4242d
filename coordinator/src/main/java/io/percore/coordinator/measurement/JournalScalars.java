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
import org.jspecify.annotations.Nullable;

/// How the texts in a line of the journal are read. Times as percore writes them are read digit by
/// digit: for a hundred thousand lines the general parsers are too slow, and remain for all others.
final class JournalScalars {
  private JournalScalars() {}

  /// Reads all of them.
  static SimpleModule module() {
    return new SimpleModule()
        .addDeserializer(String.class, new Names())
        .addDeserializer(Instant.class, new Instants())
        .addDeserializer(Duration.class, new Durations());
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

  /// Those with nanoseconds, as [Instant#toString] writes nearly every one.
  private static final class Instants extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;
    private static final int SECONDS = "2026-11-29T03:23:41".length();
    private static final int NANOS = "2026-11-29T03:23:41.123456789Z".length();

    Instants() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      try {
        return text.length() == NANOS && text.charAt(SECONDS) == '.' && text.endsWith("Z")
            ? LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, SECONDS),
                    number(text, SECONDS + 1, NANOS - 1))
                .toInstant(ZoneOffset.UTC)
            : Instant.parse(text);
      } catch (DateTimeException | NumberFormatException e) {
        throw context.weirdStringException(text, Instant.class, e.getMessage());
      }
    }
  }

  /// Those from 0 up to a minute with nanoseconds, as [Duration#toString] writes nearly every one.
  private static final class Durations extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1;
    private static final int NUMBER = "PT".length();
    private static final int AFTER_POINT = "123456789S".length();

    Durations() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      int point = text.length() - AFTER_POINT - 1;
      try {
        return (point == NUMBER + 1 || point == NUMBER + 2)
                && text.charAt(point) == '.'
                && isDigit(text.charAt(NUMBER))
                && text.startsWith("PT")
                && text.endsWith("S")
            ? Duration.ofSeconds(
                number(text, NUMBER, point), number(text, point + 1, text.length() - 1))
            : Duration.parse(text);
      } catch (DateTimeException | NumberFormatException e) {
        throw context.weirdStringException(text, Duration.class, e.getMessage());
      }
    }
  }
}
