package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.ResolvableDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a record whose properties stand in the order of their names, which is how they are
/// written. So each name is only held against the next one, byte by byte, where Jackson's own
/// reader looks each of them up twice: most of the time of a line. Any other order is read, too;
/// properties that are unknown are passed over, and those that are missing are null, 0 or false.
///
/// What a component is made of is left to Jackson. Immutable once it is resolved.
final class RecordReader extends StdDeserializer<Object> implements ResolvableDeserializer {
  private static final long serialVersionUID = 1;

  private final transient Constructor<?> constructor;

  /// By name.
  private final transient Property[] properties;

  private final transient Map<String, Property> byName = new HashMap<>();

  /// How a number is taken from the parser.
  private enum Kind {
    INT,
    LONG,
    DOUBLE,
    OTHER;

    static Kind of(Class<?> type) {
      if (type == int.class || type == Integer.class) {
        return INT;
      }
      if (type == long.class || type == Long.class) {
        return LONG;
      }
      return type == double.class || type == Double.class ? DOUBLE : OTHER;
    }
  }

  /// @param position among the properties in the order of their names
  /// @param argument position among the constructor's arguments
  private record Property(
      SerializedString name, int position, int argument, Kind kind, JsonDeserializer<?> reader) {}

  private RecordReader(Class<?> type) {
    super(type);
    RecordComponent[] components = type.getRecordComponents();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has a canonical constructor", e);
    }
    constructor.setAccessible(true);
    properties = new Property[components.length];
  }

  /// Reads all records but those that are one of several kinds, which Jackson tells apart.
  static Module module() {
    return new SimpleModule("records") {
      private static final long serialVersionUID = 1;

      @Override
      public void setupModule(SetupContext context) {
        context.addDeserializers(new Records());
      }
    };
  }

  private static final class Records extends Deserializers.Base {
    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription description) {
      Class<?> raw = type.getRawClass();
      return raw.isRecord() && raw.getInterfaces().length == 0 ? new RecordReader(raw) : null;
    }
  }

  @Override
  public boolean isCachable() {
    return true;
  }

  @Override
  public void resolve(DeserializationContext context) throws JsonMappingException {
    List<RecordComponent> components = List.of(handledType().getRecordComponents());
    List<RecordComponent> sorted =
        components.stream().sorted(Comparator.comparing(RecordComponent::getName)).toList();
    for (int i = 0; i < properties.length; i++) {
      RecordComponent component = sorted.get(i);
      JavaType type = context.getTypeFactory().constructType(component.getGenericType());
      properties[i] =
          new Property(
              new SerializedString(component.getName()),
              i,
              components.indexOf(component),
              Kind.of(component.getType()),
              context.findRootValueDeserializer(type));
      byName.put(component.getName(), properties[i]);
    }
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      return context.handleUnexpectedToken(handledType(), parser);
    }
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
        arguments[property.argument] = value(property, parser, context);
        read[property.argument] = true;
        next = property.position + 1;
      }
    }
    for (Property property : properties) {
      if (!read[property.argument]) {
        arguments[property.argument] = property.reader.getAbsentValue(context);
      }
    }
    return made(arguments, context);
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

  private static @Nullable Object value(
      Property property, JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      switch (property.kind) {
        case INT -> {
          return parser.getIntValue();
        }
        case LONG -> {
          return parser.getLongValue();
        }
        case DOUBLE, OTHER -> {}
      }
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT && property.kind == Kind.DOUBLE) {
      return parser.getDoubleValue();
    }
    return token == JsonToken.VALUE_NULL
        ? property.reader.getNullValue(context)
        : property.reader.deserialize(parser, context);
  }

  private @Nullable Object made(@Nullable Object[] arguments, DeserializationContext context)
      throws IOException {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      return context.handleInstantiationProblem(handledType(), null, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record cannot be made", e);
    }
  }
}
