package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/// Reads `trials.jsonl` as trees. Each line ends with the CRC32C of the bytes before it.
final class TrialLines {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TrialLines() {}

  /// Every whole line; a last one without its newline was never finished and does not count.
  ///
  /// @throws IOException when the file cannot be read, or a line's checksum does not match
  static List<JsonNode> read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<JsonNode> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(parse(text.substring(start, end), file + " line " + (lines.size() + 1)));
      start = end + 1;
    }
    return lines;
  }

  private static JsonNode parse(String line, String where) throws IOException {
    JsonNode node = MAPPER.readTree(line);
    int end = line.lastIndexOf(",\"crc32c\"");
    CRC32C sum = new CRC32C();
    sum.update(line.substring(0, Math.max(0, end)).getBytes(StandardCharsets.UTF_8));
    String expected = String.format(Locale.ROOT, "%08x", sum.getValue());
    if (!node.path("crc32c").asText().equals(expected)) {
      throw new IOException(where + " is damaged: its checksum does not match");
    }
    return node;
  }
}
