package io.percore.coordinator.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.ProcessDestroyer;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.Watchdog;
import org.jspecify.annotations.Nullable;

/// One child process, run by Commons Exec: its streams are drained, a watchdog bounds its life, and
/// its standard input stays open for as long as this process lives, so that its end tells the child
/// that the coordinator is gone.
///
/// Commons Exec forks on the thread that then waits for the child. That thread lasts as long as the
/// child, which the kernel's parent-death signal depends on: it follows the thread that forked.
final class LocalProcess implements WorkerProcess {
  private static final int TAIL_BYTES = 4096;

  private final OutputTail stderr = new OutputTail(TAIL_BYTES);
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private LocalProcess() {}

  /// Starts a command and returns when it runs.
  ///
  /// @param command program and arguments
  /// @param environment its whole environment
  /// @param firstLine written to its standard input, which then stays open; null closes it at once
  /// @param stdout where its standard output goes
  /// @param longestLife after which it is killed
  /// @param onExit given its exit code, once, after its streams are drained
  /// @throws IOException when it cannot be started
  static LocalProcess start(
      CommandLine command,
      Map<String, String> environment,
      @Nullable String firstLine,
      OutputStream stdout,
      Duration longestLife,
      ExitListener onExit)
      throws IOException {
    LocalProcess process = new LocalProcess();
    DefaultExecutor executor = DefaultExecutor.builder().get();
    executor.setExitValues(null);
    executor.setStreamHandler(new Streams(stdout, process.stderr, firstLine));
    executor.setProcessDestroyer(process.new Capture());
    executor.setWatchdog(process.new ForcibleWatchdog(longestLife));
    executor.execute(
        command,
        environment,
        new ExecuteResultHandler() {
          @Override
          public void onProcessComplete(int exitValue) {
            finish(exitValue);
          }

          @Override
          public void onProcessFailed(ExecuteException e) {
            process.started.completeExceptionally(e);
            finish(process.exitCode(e));
          }

          private void finish(int exitValue) {
            process.ended.countDown();
            onExit.exited(exitValue, process.stderr.text());
          }
        });
    process.awaitStarted(command.getExecutable());
    return process;
  }

  /// Told how the process ended.
  @FunctionalInterface
  interface ExitListener {
    void exited(int code, String stderrTail);
  }

  private void awaitStarted(String program) throws IOException {
    try {
      started.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(program + ": " + rootMessage(cause).strip(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var _ = started.thenAccept(Process::destroyForcibly);
      throw new IOException("interrupted while starting a process", e);
    }
  }

  /// What the process ended with. Commons Exec does not know it when the process ended before it
  /// had read its input.
  private int exitCode(ExecuteException failure) {
    return started.isCompletedExceptionally() || started.join().isAlive()
        ? failure.getExitValue()
        : started.join().exitValue();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  @Override
  public long pid() {
    return started.join().pid();
  }

  @Override
  public void kill() {
    var _ = started.thenAccept(Process::destroyForcibly);
  }

  @Override
  public boolean awaitExit(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public String stderrTail() {
    return stderr.text();
  }

  /// Learns the process from Commons Exec, which has no other way of saying which one it started.
  /// What ends it is its own watch on standard input and the parent-death signal, not a shutdown
  /// hook.
  private final class Capture implements ProcessDestroyer {
    @Override
    public boolean add(Process process) {
      started.complete(process);
      return true;
    }

    @Override
    public boolean remove(Process process) {
      return true;
    }

    @Override
    public int size() {
      return started.isDone() ? 1 : 0;
    }
  }

  /// The stock watchdog sends SIGTERM, which stays pending in a stopped JVM.
  private final class ForcibleWatchdog extends ExecuteWatchdog {
    @SuppressWarnings(
        "deprecation") // its builder makes the class itself, which could not be extended
    ForcibleWatchdog(Duration longestLife) {
      super(longestLife.toMillis());
    }

    @Override
    public synchronized void timeoutOccured(Watchdog watchdog) {
      kill();
      super.timeoutOccured(watchdog);
    }
  }

  /// Drains output and errors; writes the first line of input and keeps the pipe open.
  private static final class Streams extends PumpStreamHandler {
    private final @Nullable String firstLine;

    Streams(OutputStream out, OutputStream err, @Nullable String firstLine) {
      super(out, err, null);
      this.firstLine = firstLine;
    }

    @Override
    public void setProcessInputStream(OutputStream stdin) {
      if (firstLine == null) {
        super.setProcessInputStream(stdin);
        return;
      }
      try {
        stdin.write((firstLine + "\n").getBytes(StandardCharsets.US_ASCII));
        stdin.flush();
      } catch (IOException e) {
        // The process has ended already: its exit is reported, with the reason on its standard
        // error.
        return;
      }
    }
  }
}
