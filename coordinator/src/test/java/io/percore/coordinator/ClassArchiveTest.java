package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The training run is a fake that leaves a file: what is tested is when there is one.
class ClassArchiveTest {
  @TempDir private Path directory;
  private Path jar;
  private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
  private int trainings;

  @BeforeEach
  void makeJar() throws IOException {
    jar = Files.writeString(directory.resolve("worker.jar"), "jar");
  }

  @Test
  void whoIsOnlyAskedUsesWhatIsThere() throws Exception {
    WorkerJar worker = new WorkerJar(jar, "hash");
    assertThat(ClassArchive.argumentsIfThere(directory, java, worker)).isEmpty();
    List<String> made = arguments("hash");
    assertThat(ClassArchive.argumentsIfThere(directory, java, worker)).isEqualTo(made);
    WorkerJar another = new WorkerJar(jar, "another hash");
    assertThat(ClassArchive.argumentsIfThere(directory, java, another)).isEmpty();
  }

  @Test
  void isMadeOnce() throws Exception {
    List<String> first = arguments("hash");

    assertThat(arguments("hash")).isEqualTo(first);
    assertThat(trainings).isEqualTo(1);
    assertThat(first)
        .containsExactly("-Xshare:auto", "-XX:SharedArchiveFile=" + archives().getFirst());
  }

  @Test
  void isMadeAnewWhenTheJarIsAnotherOrWasWrittenAgain() throws Exception {
    List<String> first = arguments("hash");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    List<String> touched = arguments("hash");
    List<String> changed = arguments("another hash");

    assertThat(trainings).isEqualTo(3);
    assertThat(List.of(first, touched, changed)).doesNotHaveDuplicates();
    assertThat(archives()).hasSize(1);
  }

  @Test
  void leavesArchivesOfOtherJarsAlone() throws Exception {
    arguments("hash");
    jar = Files.writeString(directory.resolve("other.jar"), "jar");
    arguments("hash");

    assertThat(archives()).hasSize(2);
  }

  @Test
  void isNoneWhenTrainingLeavesNone() {
    assertThatIOException()
        .isThrownBy(
            () -> ClassArchive.arguments(directory, java, new WorkerJar(jar, "hash"), _ -> {}))
        .withMessageContaining("no archive");
  }

  private List<String> arguments(String sha256) throws IOException, InterruptedException {
    return ClassArchive.arguments(directory, java, new WorkerJar(jar, sha256), this::train);
  }

  private void train(List<String> arguments) throws IOException {
    trainings++;
    Files.createFile(Path.of(arguments.getFirst().substring("-XX:ArchiveClassesAtExit=".length())));
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }
}
