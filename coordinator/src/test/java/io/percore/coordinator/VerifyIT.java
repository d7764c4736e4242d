package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `percore verify` says of a real run that somebody has changed. Its points differ in all
/// that points can differ in: discipline, sharing, layout and binding.
@Timeout(300)
class VerifyIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FILES =
      List.of("run.json", "trials.jsonl", "summary.json", "summary.csv");

  @TempDir private static Path measured;
  @TempDir private Path directory;

  @BeforeAll
  static void measure() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            measured,
            "run",
            "--keep-disturbed",
            "--pinning",
            "both",
            "-s",
            "gil,processes,unshared",
            "-n",
            "2",
            "--forks",
            "2",
            "--warmup",
            "200ms",
            "--window",
            "400ms",
            "-o",
            "run")) {
      percore.expect(ExitCode.OK);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectory(file(""));
    for (String name : FILES) {
      Files.copy(measured.resolve("run").resolve(name), file(name));
    }
  }

  private Path file(String name) {
    return directory.resolve("run").resolve(name);
  }

  private PercoreProcess verify(int exitCode) throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, "verify", "run")) {
      return percore.expect(exitCode);
    }
  }

  @Test
  void aRunPinnedBothWaysAgrees() throws Exception {
    assertThat(Files.readString(file("summary.json"))).contains("gil/pinned", "gil/unpinned");
    assertThat(verify(ExitCode.OK).out()).matches("\\d{3,} numbers agree\\R");
  }

  @Test
  void aChangedNumberIsFound() throws Exception {
    ObjectNode summary = (ObjectNode) JSON.readTree(file("summary.json").toFile());
    ObjectNode throughput = (ObjectNode) summary.path("points").path(0).path("throughput");
    throughput.put("mean", 1.001 * throughput.path("mean").asDouble());
    JSON.writeValue(file("summary.json").toFile(), summary);

    PercoreProcess percore = verify(ExitCode.VERIFICATION);
    assertThat(percore.out()).startsWith("points[0].throughput.mean: summary ").hasLineCount(1);
    assertThat(percore.err()).contains("run does not follow from its trials: 1 of ");
  }

  @Test
  void pointsThatWereTakenAwayAreMissed() throws Exception {
    ObjectNode summary = (ObjectNode) JSON.readTree(file("summary.json").toFile());
    summary.putArray("points");
    JSON.writeValue(file("summary.json").toFile(), summary);

    assertThat(verify(ExitCode.VERIFICATION).out()).contains("points[]: summary 0, trials ");
  }

  @Test
  void aChangedCellIsFound() throws Exception {
    JsonNode summary = JSON.readTree(file("summary.json").toFile());
    String median = summary.at("/points/1/throughput/median").asText();
    String table = Files.readString(file("summary.csv"));
    assertThat(table).contains(median);
    Files.writeString(file("summary.csv"), table.replace(median, "1" + median));

    assertThat(verify(ExitCode.VERIFICATION).out()).contains("throughputMedian: summary 1");
  }

  @Test
  void trialsThatAreCutOffAreFound() throws Exception {
    String trials = Files.readString(file("trials.jsonl"));
    Files.writeString(file("trials.jsonl"), trials.substring(0, trials.length() - 20));

    assertThat(verify(ExitCode.VERIFICATION).err())
        .containsOnlyOnce("trials.jsonl ends in the middle of a line")
        .contains("run does not follow from its trials");
  }

  @Test
  void aDamagedTrialIsOneLine() throws Exception {
    String trials = Files.readString(file("trials.jsonl"));
    Files.writeString(file("trials.jsonl"), trials.replaceFirst("\"block\":0", "\"block\":9"));

    assertThat(verify(ExitCode.USAGE).err())
        .contains("trials.jsonl line 1 is damaged: its checksum does not match")
        .hasLineCount(1);
  }

  @Test
  void aMissingFileIsOneLine() throws Exception {
    for (String name : FILES) {
      Path away = directory.resolve(name);
      Files.move(file(name), away);
      assertThat(verify(ExitCode.USAGE).err()).contains("there is no " + name).hasLineCount(1);
      Files.move(away, file(name));
    }
  }

  @Test
  void aFileThatWouldFillTheMemoryIsOneLine() throws Exception {
    for (String name : FILES) {
      byte[] good = Files.readAllBytes(file(name));
      // Nothing of it is on the disk.
      try (RandomAccessFile huge = new RandomAccessFile(file(name).toFile(), "rw")) {
        huge.setLength(1L << 31);
      }
      assertThat(verify(ExitCode.USAGE).err())
          .containsPattern(name + " has (a line of )?more than \\d+ bytes")
          .hasLineCount(1);
      Files.write(file(name), good);
    }
  }
}
