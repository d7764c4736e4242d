package io.percore.coordinator.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the JSON formats have in common: an unknown is null, never 0, and so is what JSON has no
/// number for.
final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private Json() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ArrayNode array() {
    return NODES.arrayNode();
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  static JsonNode number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? NODES.nullNode() : NODES.numberNode(value);
  }

  static JsonNode number(@Nullable Long value) {
    return value == null ? NODES.nullNode() : NODES.numberNode(value);
  }

  static ObjectNode estimate(@Nullable Estimate estimate) {
    Interval interval = estimate == null ? null : estimate.interval();
    ObjectNode node = object();
    node.set("value", number(estimate == null ? null : estimate.value()));
    node.set("ciLow", number(interval == null ? null : interval.low()));
    node.set("ciHigh", number(interval == null ? null : interval.high()));
    return node;
  }

  static void write(JsonNode document, Writer out) throws IOException {
    WRITER.writeValue(out, document);
    out.write('\n');
  }
}
