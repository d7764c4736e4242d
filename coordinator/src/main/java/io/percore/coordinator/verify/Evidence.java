package io.percore.coordinator.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/// What a summary has to follow from: the plan in `run.json` and the lines of `trials.jsonl`, as
/// trees. The plan is tied to its hash, each line to its checksum, its place and the plan.
///
/// @param header what was fixed before the first trial
/// @param lines every whole line, without the slices of its processes; a last one without its
///   newline was never finished and does not count
/// @param torn bytes of such a last line
/// @param called the lines of `calls.jsonl`, likewise; none where there is no such file
record Evidence(JsonNode header, List<JsonNode> lines, int torn, List<JsonNode> called) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// The most bytes of a line, or of a file that is read as a whole.
  private static final int LARGEST = 1 << 26;

  Evidence {
    lines = List.copyOf(lines);
    called = List.copyOf(called);
  }

  /// Reads a run's directory.
  ///
  /// @throws IOException when a file is missing or damaged
  static Evidence read(Path run) throws IOException {
    JsonNode plan = tree(run.resolve("run.json"));
    JsonNode header = plan.path("run");
    String hash = plan.path("planHash").asText();
    if (!hash.equals(sha256(MAPPER.writeValueAsBytes(header)))) {
      throw new IOException("run.json was changed: its plan hash does not match");
    }
    List<JsonNode> lines = new ArrayList<>();
    int torn = lines(run.resolve("trials.jsonl"), hash, lines);
    List<JsonNode> called = new ArrayList<>();
    if (Files.exists(run.resolve("calls.jsonl"))) {
      lines(run.resolve("calls.jsonl"), hash, called);
    }
    return new Evidence(header, lines, torn, called);
  }

  /// @return bytes after the last whole line
  private static int lines(Path file, String hash, List<JsonNode> lines) throws IOException {
    String name = String.valueOf(file.getFileName());
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          lines.add(line(line.toString(StandardCharsets.UTF_8), name, lines.size(), hash));
          line.reset();
        } else if (line.size() == LARGEST) {
          throw new IOException(name + " has a line of more than " + LARGEST + " bytes");
        } else {
          line.write(b);
        }
      }
      return line.size();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no " + name, e);
    }
  }

  /// A JSON file in which no name stands twice.
  ///
  /// @throws IOException when it is missing or damaged
  static JsonNode tree(Path file) throws IOException {
    try {
      return MAPPER.readTree(text(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file.getFileName() + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  /// @throws IOException when it is missing or cannot be read
  static String text(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException(file.getFileName() + " has more than " + LARGEST + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no " + file.getFileName(), e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new IOException(file.getFileName() + " is damaged: it is not UTF-8", e);
    }
  }

  private static JsonNode line(String text, String file, int sequence, String planHash)
      throws IOException {
    String where = file + " line " + (sequence + 1);
    int end = text.lastIndexOf(",\"crc32c\"");
    CRC32C sum = new CRC32C();
    sum.update(text.substring(0, Math.max(0, end)).getBytes(StandardCharsets.UTF_8));
    String last = String.format(Locale.ROOT, ",\"crc32c\":\"%08x\"}", sum.getValue());
    if (end < 0 || !text.endsWith(last)) {
      throw new IOException(where + " is damaged: its checksum does not match");
    }
    JsonNode node = MAPPER.readTree(text);
    withoutSlices(node);
    if (!node.path("planHash").asText().equals(planHash)) {
      throw new IOException(where + " belongs to another plan");
    }
    if (!node.path("sequence").isInt() || node.path("sequence").asInt() != sequence) {
      throw new IOException(where + " is out of sequence");
    }
    return node;
  }

  /// Takes out what is nearly all of a line, and no number of the summary rests on.
  private static void withoutSlices(JsonNode line) {
    for (JsonNode process : line.at("/measurement/processes")) {
      if (process instanceof ObjectNode fields) {
        fields.remove(List.of("sliceOperations", "warmUp"));
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
