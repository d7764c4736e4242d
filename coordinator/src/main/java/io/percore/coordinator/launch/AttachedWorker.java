package io.percore.coordinator.launch;

import java.io.IOException;
import java.util.List;

/// A worker that shares this process's standard streams: what a user, or an engine that knows
/// nothing of percore, starts by hand. Commons Exec has no way to hand a stream down, so this is a
/// plain process.
public final class AttachedWorker {
  private AttachedWorker() {}

  /// Runs it to its end.
  ///
  /// @param command program and arguments
  /// @return its exit code
  /// @throws IOException when it cannot be started
  public static int run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    LocalLauncher.REMOVED_VARIABLES.forEach(builder.environment()::remove);
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }
}
