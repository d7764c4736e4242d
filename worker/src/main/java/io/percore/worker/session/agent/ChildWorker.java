package io.percore.worker.session.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

/// One worker process that the agent has started. Its standard input stays open for as long as the
/// agent lives, so that its end tells the worker that the agent is gone. Thread-safe.
///
/// The kernel's parent-death signal follows the thread that forked: start workers from a thread
/// that lives as long as the agent.
final class ChildWorker {
  /// Variables through which a JVM would take arguments that the run does not know of.
  private static final List<String> REMOVED_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final int TAIL_BYTES = 4096;
  private static final Duration END_PATIENCE = Duration.ofSeconds(2);

  private final Process process;

  private ChildWorker(Process process) {
    this.process = process;
  }

  /// Starts a worker and returns at once.
  ///
  /// @param command program and arguments
  /// @param input lines for its standard input, which then stays open
  /// @param onExit told once, on a thread of its own, the end of its standard error and its exit
  ///   code (128 + signal when a signal ended it)
  /// @throws IOException when it cannot be started
  static ChildWorker start(List<String> command, List<String> input, ObjIntConsumer<String> onExit)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    REMOVED_VARIABLES.forEach(builder.environment()::remove);
    Process process = builder.start();
    ChildWorker child = new ChildWorker(process);
    Thread.ofPlatform()
        .daemon()
        .name("worker " + process.pid())
        .start(() -> child.attend(input, onExit));
    return child;
  }

  /// Ends it at once and without its consent: a stopped JVM never sees a polite signal.
  void kill() {
    process.destroyForcibly();
  }

  /// Waits for its end after [#kill], for a short time: what hangs in the kernel is left there.
  void awaitEnd() {
    try {
      var _ = process.waitFor(END_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attend(List<String> input, ObjIntConsumer<String> onExit) {
    greet(input);
    byte[] tail = tail(process.getErrorStream());
    boolean interrupted = false;
    while (true) {
      try {
        int code = process.waitFor();
        onExit.accept(new String(tail, StandardCharsets.UTF_8).strip(), code);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The stream is not closed: see the class.
  private void greet(List<String> input) {
    OutputStream stdin = process.getOutputStream();
    try {
      for (String line : input) {
        stdin.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      stdin.flush();
    } catch (IOException ended) {
      // Its exit is reported, with the reason on its standard error.
      return;
    }
  }

  /// The last bytes of a stream, read to its end.
  private static byte[] tail(InputStream stream) {
    byte[] tail = new byte[0];
    byte[] buffer = new byte[TAIL_BYTES];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        int kept = Math.min(tail.length, TAIL_BYTES - read);
        byte[] joined = new byte[kept + read];
        System.arraycopy(tail, tail.length - kept, joined, 0, kept);
        System.arraycopy(buffer, 0, joined, kept, read);
        tail = joined;
      }
    } catch (IOException broken) {
      // As good as its end.
      return tail;
    }
    return tail;
  }
}
