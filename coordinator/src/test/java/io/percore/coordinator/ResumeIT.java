package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real runs that are broken off, by signals and by full disks, and go on.
@Timeout(600)
class ResumeIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Six trials of about a second, besides what starts and ends their workers.
  private static final String DESIGN =
      "run --keep-disturbed -s processes -n 2 --forks 2 --warmup 100ms --window 400ms"
          + " --seed 5 -o run";

  private static final int KILLS = Integer.getInteger("percore.resume.kills", 4);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  /// Holds a run that was interrupted.
  @TempDir private static Path broken;

  @TempDir private Path directory;

  @BeforeAll
  static void breakOff() throws Exception {
    try (PercoreProcess percore = begin(broken)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> lines(broken).size() >= 2);
      percore.signal("INT");
      percore.expect(ExitCode.INTERRUPTED);
      assertThat(percore.err()).contains("percore run --resume run goes on");
    }
  }

  private static PercoreProcess begin(Path where) throws IOException {
    return PercoreProcess.start(where, DESIGN.split(" "));
  }

  private PercoreProcess resume(String... more) throws IOException {
    return resume(List.of(), more);
  }

  private PercoreProcess resume(List<String> jvmOptions, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--resume", "run"));
    arguments.addAll(List.of(more));
    return PercoreProcess.start(jvmOptions, directory, arguments.toArray(String[]::new));
  }

  private void verify() throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, "verify", "run")) {
      percore.expect(ExitCode.OK);
    }
  }

  private void copy() throws IOException {
    Files.createDirectories(file(""));
    for (String name : List.of("run.json", "trials.jsonl", "slices.jsonl")) {
      Files.copy(broken.resolve("run").resolve(name), file(name));
    }
  }

  private Path file(String name) {
    return directory.resolve("run").resolve(name);
  }

  private JsonNode summary() throws IOException {
    return JSON.readTree(file("summary.json").toFile());
  }

  /// The whole lines of a run's journal.
  private static List<String> lines(Path where) throws IOException {
    Path file = where.resolve("run/trials.jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  @Test
  void aRunThatIsBrokenOffAtAnyMomentIsCompleted(TestReporter reporter) throws Exception {
    long seed = Long.getLong("percore.resume.seed", System.nanoTime() & 0xffff_ffffL);
    reporter.publishEntry("percore.resume.seed", Long.toString(seed));
    Random random = new Random(seed);
    List<String> kept = List.of();
    for (int kill = 0; kill < KILLS; kill++) {
      try (PercoreProcess percore = Files.exists(file("run.json")) ? resume() : begin(directory)) {
        Duration moment = Duration.ofMillis(random.nextLong(LONGEST.toMillis()));
        if (!percore.endsWithin(moment)) {
          percore.signal(List.of("KILL", "KILL", "INT", "TERM").get(random.nextInt(4)));
        }
        assertThat(percore.endsWithin(Duration.ofMinutes(1))).as("seed %d", seed).isTrue();
      }
      noWorkerIsLeft();
      assertKept(kept, seed);
      kept = lines(directory);
    }
    try (PercoreProcess percore = Files.exists(file("run.json")) ? resume() : begin(directory)) {
      percore.expect(ExitCode.OK);
    }
    assertKept(kept, seed);
    assertThat(summary().get("complete").asBoolean()).isTrue();
    verify();
  }

  private void assertKept(List<String> before, long seed) throws IOException {
    List<String> now = lines(directory);
    assertThat(now).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(before.size());
    assertThat(now.subList(0, before.size())).as("seed %d", seed).isEqualTo(before);
  }

  /// Whoever is killed at random may have started workers that nobody has seen.
  private void noWorkerIsLeft() throws IOException {
    if (Files.exists(file("run.json"))) {
      String run = JSON.readTree(file("run.json").toFile()).at("/run/runId").asText();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  ProcessHandle.allProcesses()
                      .noneMatch(
                          p ->
                              p.info()
                                  .arguments()
                                  .map(a -> List.of(a).contains(run))
                                  .orElse(false)));
    }
  }

  @Test
  void whatACrashToreOffIsKeptAsideAndTheBlockIsMarked() throws Exception {
    copy();
    int before = lines(directory).size();
    Files.writeString(file("trials.jsonl"), "{\"sequence\":", StandardOpenOption.APPEND);
    try (PercoreProcess percore = resume()) {
      percore.expect(ExitCode.OK);
      assertThat(percore.err())
          .contains("the last line of trials.jsonl was cut off (12 bytes)")
          .contains("going on: attempts so far " + before + ", trials left " + (6 - before));
      assertThat(percore.out().replaceAll("\\s+", " "))
          .contains("The run was resumed after attempt " + before);
    }
    assertThat(file("trials.jsonl.torn")).hasContent("{\"sequence\":\n");
    assertThat(summary().at("/resumes/0/attempts").asInt()).isEqualTo(before);
    assertThat(summary().at("/resumes/0/restarted").asBoolean(true)).isFalse();
    assertThat(Files.readString(file("report.html"))).contains("The run was resumed after attempt");
    verify();

    String summary = Files.readString(file("summary.json"));
    String trials = Files.readString(file("trials.jsonl"));
    try (PercoreProcess percore = resume()) {
      percore.expect(ExitCode.OK);
      assertThat(file("summary.json")).hasContent(summary);
    }
    try (PercoreProcess percore = resume("--memory")) {
      percore.expect(ExitCode.OK);
      assertThat(file("memory.jsonl")).isNotEmptyFile();
      assertThat(file("trials.jsonl")).hasContent(trials);
    }
  }

  @Test
  void anotherWorkerIsRefusedAndNothingIsChanged() throws Exception {
    copy();
    Path jar = directory.resolve("other.jar");
    Files.copy(Path.of(System.getProperty("percore.worker.jar")), jar);
    try (FileSystem inside = FileSystems.newFileSystem(jar)) {
      Files.writeString(inside.getPath("/other"), "");
    }
    String was =
        JSON.readTree(file("run.json").toFile()).at("/run/environment/workerJarSha256").asText();
    String before = Files.readString(file("trials.jsonl"));
    try (PercoreProcess percore = resume(List.of("-Dpercore.worker.jar=" + jar))) {
      percore.expect(ExitCode.ENVIRONMENT);
      assertThat(percore.err())
          .containsPattern("run cannot go on here: .*jar.* was " + was + " and is [0-9a-f]{64}")
          .hasLineCount(1);
    }
    assertThat(file("trials.jsonl")).hasContent(before);
  }

  @Test
  void aRunOfThisMachineGoesOnWithoutOthers() throws Exception {
    copy();
    try (PercoreProcess percore = resume("--expect-workers", "2")) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err())
          .contains("run was measured on this machine alone: leave out --expect-workers")
          .hasLineCount(1);
    }
  }

  @Test
  void aDamagedRunIsOneLine() throws Exception {
    copy();
    byte[] plan = Files.readAllBytes(file("run.json"));
    Files.writeString(file("run.json"), new String(plan, 0, 1000, StandardCharsets.UTF_8));
    try (PercoreProcess percore = resume()) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains("run.json is not a percore run").hasLineCount(1);
    }
    Files.write(file("run.json"), plan);
    String trials = Files.readString(file("trials.jsonl"));
    Files.writeString(file("trials.jsonl"), trials.replaceFirst("\"block\":0", "\"block\":9"));
    try (PercoreProcess percore = resume()) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains("trials.jsonl line 1 is damaged").hasLineCount(1);
    }
  }

  @Test
  void oneRunAtATime() throws Exception {
    copy();
    try (PercoreProcess first = resume()) {
      first.anyWorker();
      try (PercoreProcess second = resume()) {
        second.expect(ExitCode.USAGE);
        assertThat(second.err())
            .contains("run is in use by process " + first.pid() + " on ")
            .hasLineCount(1);
      }
      first.expect(ExitCode.OK);
    }
    verify();
  }

  @Test
  void aFileThatMayNotGrowEndsTheRunAndNothingIsLost() throws Exception {
    copy();
    List<String> before = lines(directory);
    try (PercoreProcess percore = resume()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> lines(directory).size() > before.size());
      command(
          "prlimit", "--pid=" + percore.pid(), "--fsize=" + (Files.size(file("trials.jsonl")) + 9));
      fullDisk(percore, "File too large");
    }
    try (PercoreProcess percore = resume()) {
      percore.expect(ExitCode.OK);
    }
    verify();
  }

  @Test
  void aFullFileSystemEndsTheRunAndNothingIsLost() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "only root can mount a small file system");
    String small = Files.createDirectory(file("")).toString();
    command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small);
    try {
      copy();
      List<String> before = lines(directory);
      try (PercoreProcess percore = resume()) {
        await().atMost(Duration.ofMinutes(1)).until(() -> lines(directory).size() > before.size());
        fill(file("ballast"));
        fullDisk(percore, "No space left on device");
      }
      Files.delete(file("ballast"));
      try (PercoreProcess percore = resume()) {
        percore.expect(ExitCode.OK);
      }
      verify();
    } finally {
      command("umount", small);
    }
  }

  private void fullDisk(PercoreProcess percore, String reason) throws Exception {
    List<String> before = lines(directory);
    percore.expect(ExitCode.INCOMPLETE);
    assertThat(percore.err())
        .containsPattern("cannot write to run/(trials|slices)\\.jsonl: " + reason)
        .contains("the trials before this one are kept")
        .contains("percore run --resume run goes on");
    assertThat(lines(directory)).startsWith(before.toArray(String[]::new));
    assertThat(Files.readString(file("trials.jsonl"))).endsWith("\n");
  }

  /// Takes all room that a file system has.
  private static void fill(Path ballast) throws IOException {
    byte[] page = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static void command(String... words) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
        .as(String.join(" ", words))
        .isZero();
  }
}
