package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The real coordinator, in a process of its own, as a user starts it.
final class PercoreProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path out;
  private final Path err;

  private PercoreProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// @param jvmOptions of the coordinator's JVM
  /// @param directory for its output
  static PercoreProcess start(List<String> jvmOptions, Path directory, String... arguments)
      throws IOException {
    return start(Map.of(), jvmOptions, directory, arguments);
  }

  /// @param environment variables beside those of this process
  /// @param jvmOptions of the coordinator's JVM
  /// @param directory for its output
  static PercoreProcess start(
      Map<String, String> environment, List<String> jvmOptions, Path directory, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(CoordinatorArchive.OPTIONS);
    command.add("-Dpercore.worker.jar=" + System.getProperty("percore.worker.jar"));
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(System.getProperty("percore.coordinator.jar"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "stdout", ".txt");
    Path err = Files.createTempFile(directory, "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.directory(directory.toFile());
    builder.environment().putAll(environment);
    return new PercoreProcess(builder.start(), out, err);
  }

  static PercoreProcess start(Path directory, String... arguments) throws IOException {
    return start(List.of(), directory, arguments);
  }

  /// Waits for its end.
  PercoreProcess expect(int exitCode) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as(() -> "still running:\n" + err())
        .isTrue();
    assertThat(process.exitValue()).as(() -> err() + out()).isEqualTo(exitCode);
    assertThat(err()).doesNotContain("\tat ").doesNotContain("Exception");
    return this;
  }

  /// Waits for its end.
  ///
  /// @param patience how long
  /// @return whether it has ended
  boolean endsWithin(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  long pid() {
    return process.pid();
  }

  /// What it ended with; it must have.
  int exitCode() {
    return process.exitValue();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The worker processes that it has started and that still live.
  List<ProcessHandle> workers() {
    return process
        .descendants()
        .filter(p -> p.info().arguments().map(a -> List.of(a).contains("session")).orElse(false))
        .toList();
  }

  /// All processes that it has started, and those that they have, as far as they live.
  List<ProcessHandle> below() {
    return process.descendants().toList();
  }

  /// Waits for a worker that is inside a window: it has used more processor time than start-up and
  /// warm-up take, and only measured threads use any then.
  ///
  /// @param used processor time that only a worker in its window can have used
  /// @param number of workers that must live at that time
  ProcessHandle workerInWindow(Duration used, int number) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              List<ProcessHandle> workers = workers();
              return workers.size() < number
                  ? Optional.<ProcessHandle>empty()
                  : workers.stream()
                      .filter(
                          p ->
                              p.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(used) > 0)
                      .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /// Waits for any worker.
  ProcessHandle anyWorker() {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> workers().stream().findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  void signal(String signal) throws IOException, InterruptedException {
    signal(signal, process.pid());
  }

  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
