package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds how values are read: numbers, texts, times, enums, lists, maps by name, records of all of
/// these that do not contain themselves, and interfaces whose kinds are known by name.
///
/// The general reader of Jackson would do as much, and be slower to set up than all lines of a
/// usual run are to read (`docs/adr/0025`).
///
/// Not thread-safe; what it finds is.
final class ValueReaders {
  /// First in a value of a type that has several kinds.
  static final String KIND = "kind";

  private final Map<Type, ValueReader> readers = new HashMap<>();

  ValueReaders() {
    number(int.class, Integer.class, 0, ValueReaders::integer);
    number(long.class, Long.class, 0L, ValueReaders::longInteger);
    number(double.class, Double.class, 0.0, ValueReaders::fraction);
    number(boolean.class, Boolean.class, false, JsonParser::getBooleanValue);
    readers.put(String.class, JournalScalars::text);
    readers.put(Instant.class, JournalScalars::instant);
    readers.put(Duration.class, JournalScalars::duration);
  }

  private void number(Class<?> primitive, Class<?> boxed, Object zero, ValueReader reader) {
    readers.put(boxed, reader);
    readers.put(
        primitive,
        new ValueReader() {
          @Override
          public Object read(JsonParser parser) throws IOException {
            return reader.read(parser);
          }

          @Override
          public Object missing() {
            return zero;
          }
        });
  }

  /// Adds a type whose values begin with their [#KIND].
  ///
  /// @param kinds the records that the type may be, by their names
  ValueReaders withKinds(Class<?> type, Map<String, ? extends Class<?>> kinds) {
    Map<String, RecordReader> records = new TreeMap<>();
    kinds.forEach((name, kind) -> records.put(name, new RecordReader(kind, this)));
    readers.put(type, parser -> ofKind(parser, records));
    return this;
  }

  /// The reader of a type.
  ///
  /// @throws IllegalArgumentException when none is known
  ValueReader of(Type type) {
    ValueReader known = readers.get(type);
    if (known != null) {
      return known;
    }
    ValueReader made = make(type);
    readers.put(type, made);
    return made;
  }

  private ValueReader make(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      ValueReader last = of(arguments[arguments.length - 1]);
      if (generic.getRawType() == List.class) {
        return parser -> list(parser, last);
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return parser -> map(parser, last);
      }
    } else if (type instanceof Class<?> raw) {
      if (raw.isRecord()) {
        return new RecordReader(raw, this);
      }
      if (raw.isEnum()) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : raw.getEnumConstants()) {
          constants.put(((Enum<?>) constant).name(), constant);
        }
        return parser -> named(parser, constants);
      }
    }
    throw new IllegalArgumentException("no values of " + type + " are read");
  }

  private static Object integer(JsonParser parser) throws IOException {
    ValueReader.expect(parser, JsonToken.VALUE_NUMBER_INT);
    return parser.getIntValue();
  }

  private static Object longInteger(JsonParser parser) throws IOException {
    ValueReader.expect(parser, JsonToken.VALUE_NUMBER_INT);
    return parser.getLongValue();
  }

  /// What JSON has no number for is written as a text.
  private static Object fraction(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return switch (parser.getText()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> throw new JsonParseException(parser, "'" + parser.getText() + "' is no number");
      };
    }
    return parser.getDoubleValue();
  }

  private static Object named(JsonParser parser, Map<String, Object> constants) throws IOException {
    Object constant = constants.get(text(parser));
    if (constant == null) {
      throw new JsonParseException(
          parser, "'" + parser.getText() + "' is none of " + constants.keySet());
    }
    return constant;
  }

  private static Object list(JsonParser parser, ValueReader elements) throws IOException {
    ValueReader.expect(parser, JsonToken.START_ARRAY);
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(elements.read(parser));
    }
    return list;
  }

  private static Object map(JsonParser parser, ValueReader values) throws IOException {
    ValueReader.expect(parser, JsonToken.START_OBJECT);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      map.put(name, values.next(parser));
    }
    return map;
  }

  private static Object ofKind(JsonParser parser, Map<String, RecordReader> kinds)
      throws IOException {
    ValueReader.expect(parser, JsonToken.START_OBJECT);
    if (!KIND.equals(parser.nextFieldName())) {
      throw new JsonParseException(parser, "'" + KIND + "' does not come first");
    }
    parser.nextToken();
    RecordReader reader = kinds.get(text(parser));
    if (reader == null) {
      throw new JsonParseException(
          parser, "'" + parser.getText() + "' is none of " + kinds.keySet());
    }
    return reader.rest(parser);
  }

  private static String text(JsonParser parser) throws IOException {
    ValueReader.expect(parser, JsonToken.VALUE_STRING);
    return parser.getText();
  }
}
