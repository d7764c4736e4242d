package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tree as the paths of its scalars. An array has its size under its path and `[]`.
final class Leaves {
  private Leaves() {}

  /// @param path of the node itself; empty for a whole document
  static Map<String, JsonNode> of(String path, JsonNode node) {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    collect(path, node, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
    if (node.isArray()) {
      leaves.put(path + "[]", IntNode.valueOf(node.size()));
      for (int i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.path(i), leaves);
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      leaves));
    } else {
      leaves.put(path, node);
    }
  }
}
