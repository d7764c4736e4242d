package io.percore.coordinator;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Where a run goes unless it is told.
final class RunDirectory {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private RunDirectory() {}

  /// `percore-runs/<time>`, with something before the time.
  static Path ofNow(String prefix) {
    return Path.of("percore-runs", prefix + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
  }
}
