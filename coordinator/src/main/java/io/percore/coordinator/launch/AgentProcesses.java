package io.percore.coordinator.launch;

import io.percore.coordinator.launch.AgentLauncher.Started;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes of this machine that lead to agents: an ssh client for each of them, or one srun for
/// all. Their standard input stays open for as long as this process lives. Thread-safe: its lists
/// are guarded by its monitor.
final class AgentProcesses implements Started {
  private static final String TOO_OLD = "UnsupportedClassVersionError";

  private final List<LocalProcess> processes = new ArrayList<>();

  /// What each process will have left behind when it has ended.
  private final List<CompletableFuture<String>> ends = new ArrayList<>();

  /// Starts one and returns when it runs.
  ///
  /// @param name of the machine that it leads to
  /// @param words program and arguments
  /// @param input written to its standard input, with one line end after it
  /// @param longestLife after which it is killed
  /// @throws IOException when it cannot be started, with the machine
  void start(String name, List<String> words, String input, Duration longestLife)
      throws IOException {
    CompletableFuture<String> end = new CompletableFuture<>();
    try {
      LocalProcess process =
          LocalProcess.start(
              OwnSession.command(words),
              OwnSession.environment(),
              input,
              OutputStream.nullOutputStream(),
              longestLife,
              (code, tail) -> end.complete(name + ": " + reason(code, tail)));
      synchronized (this) {
        processes.add(process);
        ends.add(end);
      }
    } catch (IOException impossible) {
      throw new IOException(name + ": " + impossible.getMessage(), impossible);
    }
  }

  /// Why a process ended, in one line: what it wrote last says more than what came before.
  ///
  /// @param stderrTail the end of its standard error, which comes from another machine
  static String reason(int code, String stderrTail) {
    String why =
        stderrTail.contains(TOO_OLD)
            ? "its Java is too old for the worker: name one of JDK 25 or newer with --remote-java"
            : stderrTail
                .lines()
                .map(AgentProcesses::printable)
                .filter(line -> !line.isBlank())
                .reduce("", (_, last) -> last);
    return why.isEmpty() ? "exit code " + code : why + " (exit code " + code + ")";
  }

  private static String printable(String line) {
    return line.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  @Override
  public synchronized List<String> ended() {
    return ends.stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::resultNow)
        .toList();
  }

  @Override
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    CompletableFuture<Void> all;
    synchronized (this) {
      all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }
    try {
      all.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("an end is never a failure", impossible);
    }
  }

  @Override
  public synchronized void close() {
    processes.forEach(LocalProcess::kill);
  }
}
