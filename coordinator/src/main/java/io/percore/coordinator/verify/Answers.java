package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.percore.coordinator.verify.LongHand.Range;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that has to stand in a summary, by its path in it, such as `points[3].speedup.value`.
/// The size of an array stands under its path and `[]`.
///
/// Not thread-safe.
final class Answers {
  private final Map<String, Expected> byPath;
  private final String prefix;

  Answers() {
    this(new TreeMap<>(), "");
  }

  private Answers(Map<String, Expected> byPath, String prefix) {
    this.byPath = byPath;
    this.prefix = prefix;
  }

  /// The same, where every path begins with the element of an array.
  Answers element(String array, int index) {
    return below(array + "[" + index + "]");
  }

  /// The same, where every path begins with a name.
  Answers below(String name) {
    return new Answers(byPath, prefix + name + ".");
  }

  /// All of them.
  Map<String, Expected> byPath() {
    return byPath;
  }

  void put(String path, Expected expected) {
    byPath.put(prefix + path, expected);
  }

  void size(String array, int size) {
    count(array + "[]", size);
  }

  void count(String path, @Nullable BigInteger count) {
    put(path, Expected.count(count));
  }

  void count(String path, long count) {
    count(path, BigInteger.valueOf(count));
  }

  void figure(String path, @Nullable Double figure) {
    put(path, Expected.figure(figure));
  }

  void text(String path, @Nullable String text) {
    same(path, text == null ? NullNode.getInstance() : TextNode.valueOf(text));
  }

  void truth(String path, boolean truth) {
    same(path, BooleanNode.valueOf(truth));
  }

  /// A scalar as it stands elsewhere.
  void same(String path, JsonNode value) {
    put(path, value.isFloatingPointNumber() ? Expected.figure(value.asDouble()) : scalar(value));
  }

  private static Expected scalar(JsonNode value) {
    return new Expected.Same(value);
  }

  /// A ratio's three numbers.
  void range(String path, @Nullable Range range) {
    figure(path + ".value", range == null ? null : Double.valueOf(range.value()));
    ends(path, range);
  }

  /// Both ends of an interval.
  void ends(String path, @Nullable Range range) {
    put(path + ".ciLow", Expected.end(range, range == null ? null : range.low()));
    put(path + ".ciHigh", Expected.end(range, range == null ? null : range.high()));
  }

  /// Every scalar below a node, and the size of every array.
  void tree(String path, JsonNode node) {
    Leaves.of(path, node).forEach(this::same);
  }
}
