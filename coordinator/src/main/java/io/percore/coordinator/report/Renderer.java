package io.percore.coordinator.report;

import java.io.IOException;
import java.io.Writer;

/// Writes a run in one format. Implementations keep no state.
@FunctionalInterface
public interface Renderer {
  /// Writes the whole document; it neither flushes nor closes `out`.
  ///
  /// @param report the run
  /// @param out where to; whoever opens it encodes as UTF-8
  /// @throws IOException when `out` does
  void render(RunReport report, Writer out) throws IOException;
}
