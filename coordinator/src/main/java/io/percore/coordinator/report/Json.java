package io.percore.coordinator.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the JSON formats have in common: an unknown is null, never 0, and so is what JSON has no
/// number for.
public final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// Writes trees without what maps objects, which takes longer to set up than a summary to write.
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private Json() {}

  /// An empty object.
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /// An empty array.
  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /// An array of strings.
  public static ArrayNode texts(List<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /// The number, or null for one that is unknown or not finite.
  public static JsonNode number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? NODES.nullNode() : NODES.numberNode(value);
  }

  /// The number, or null for one that is unknown.
  public static JsonNode number(@Nullable Long value) {
    return value == null ? NODES.nullNode() : NODES.numberNode(value);
  }

  /// `value`, `ciLow` and `ciHigh`, each null when unknown.
  public static ObjectNode estimate(@Nullable Estimate estimate) {
    Interval interval = estimate == null ? null : estimate.interval();
    ObjectNode node = object();
    node.set("value", number(estimate == null ? null : estimate.value()));
    node.set("ciLow", number(interval == null ? null : interval.low()));
    node.set("ciHigh", number(interval == null ? null : interval.high()));
    return node;
  }

  /// The document on one line.
  public static String text(JsonNode document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      copy(document, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree cannot be written", e);
    }
    return text.toString();
  }

  /// Writes the document and a line break; it does not close `out`.
  ///
  /// @throws IOException when `out` does
  public static void write(JsonNode document, Writer out) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      copy(document, generator.useDefaultPrettyPrinter());
    }
    out.write('\n');
  }

  private static void copy(JsonNode document, JsonGenerator generator) throws IOException {
    try (JsonParser tree = document.traverse()) {
      tree.nextToken();
      generator.copyCurrentStructure(tree);
    }
  }
}
