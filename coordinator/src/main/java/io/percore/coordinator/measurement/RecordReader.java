package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a record whose properties stand in the order of their names, which is how they are
/// written. So each name is only held against the next one, byte by byte, and not looked up. Any
/// other order is read, too; properties that are unknown are passed over, and those that are
/// missing are null, 0 or false.
///
/// Immutable.
final class RecordReader implements ValueReader {
  private final Class<?> type;
  private final Constructor<?> constructor;

  /// By name.
  private final Property[] properties;

  private final Map<String, Property> byName = new HashMap<>();

  /// @param position among the properties in the order of their names
  /// @param argument position among the constructor's arguments
  private record Property(SerializedString name, int position, int argument, ValueReader reader) {}

  /// @param type of the record
  /// @param readers of what it is made of
  RecordReader(Class<?> type, ValueReaders readers) {
    this.type = type;
    List<RecordComponent> components = List.of(type.getRecordComponents());
    try {
      constructor =
          type.getDeclaredConstructor(
              components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has a canonical constructor", e);
    }
    constructor.setAccessible(true);
    String[] names = components.stream().map(RecordComponent::getName).toArray(String[]::new);
    Arrays.sort(names);
    properties = new Property[names.length];
    for (int i = 0; i < names.length; i++) {
      RecordComponent component = components.get(i);
      int position = Arrays.binarySearch(names, component.getName());
      properties[position] =
          new Property(
              new SerializedString(component.getName()),
              position,
              i,
              readers.of(component.getGenericType()));
      byName.put(component.getName(), properties[position]);
    }
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    ValueReader.expect(parser, JsonToken.START_OBJECT);
    return rest(parser);
  }

  /// The record whose beginning has been read.
  Object rest(JsonParser parser) throws IOException {
    @Nullable Object[] arguments = new Object[properties.length];
    boolean[] read = new boolean[properties.length];
    int next = 0;
    for (Property property = next(parser, next);
        parser.currentToken() != JsonToken.END_OBJECT;
        property = next(parser, next)) {
      if (property == null) {
        parser.nextToken();
        parser.skipChildren();
      } else {
        arguments[property.argument] = property.reader.next(parser);
        read[property.argument] = true;
        next = property.position + 1;
      }
    }
    for (Property property : properties) {
      if (!read[property.argument]) {
        arguments[property.argument] = property.reader.missing();
      }
    }
    return made(arguments, parser);
  }

  /// The property whose name is the parser's next token; null when it is unknown, or at the end.
  ///
  /// @param expected its position, if it is not missing
  private @Nullable Property next(JsonParser parser, int expected) throws IOException {
    if (expected < properties.length) {
      if (parser.nextFieldName(properties[expected].name)) {
        return properties[expected];
      }
    } else {
      parser.nextToken();
    }
    return parser.currentToken() == JsonToken.FIELD_NAME ? byName.get(parser.currentName()) : null;
  }

  private Object made(@Nullable Object[] arguments, JsonParser parser) throws IOException {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw new JsonParseException(
            parser, "no " + type.getSimpleName() + ": " + refused.getMessage(), refused);
      }
      throw new IllegalStateException("a record cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record cannot be made", e);
    }
  }
}
