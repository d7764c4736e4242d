package io.percore.coordinator.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.Executor;
import org.apache.commons.exec.PumpStreamHandler;

/// A process that was run to its end.
///
/// @param code its exit code
/// @param out its standard output
/// @param errorTail the end of its standard error
record Finished(int code, String out, String errorTail) {
  private static final int TAIL_BYTES = 4096;

  /// Runs a process to its end.
  ///
  /// @param words program and arguments
  /// @param input its standard input
  /// @param patience after which it is ended
  /// @throws IOException when it cannot be started or takes too long, with its name
  static Finished run(List<String> words, InputStream input, Duration patience)
      throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputTail err = new OutputTail(TAIL_BYTES);
    ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(patience).get();
    DefaultExecutor executor = DefaultExecutor.builder().get();
    executor.setExitValues(null);
    executor.setStreamHandler(new PumpStreamHandler(out, err, input));
    executor.setWatchdog(watchdog);
    int code;
    try {
      code = executor.execute(OwnSession.command(words), OwnSession.environment());
    } catch (IOException impossible) {
      throw new IOException(words.getFirst() + ": " + impossible.getMessage(), impossible);
    }
    if (watchdog.killedProcess()) {
      throw new IOException(
          words.getFirst() + " took longer than " + patience.toSeconds() + " s and was ended");
    }
    if (code == Executor.INVALID_EXITVALUE) {
      // Commons Exec ends the process when its thread is interrupted, and says no more than this.
      throw new InterruptedException(words.getFirst());
    }
    return new Finished(code, out.toString(StandardCharsets.UTF_8), err.text());
  }
}
