package io.percore.coordinator.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// Writes down simulated coverage in `target/coverage.txt`, from which the table of the
/// documentation is made.
public final class CoverageTable {
  private static final Path FILE = Path.of("target", "coverage.txt");

  private CoverageTable() {}

  /// Appends one cell.
  public static void record(String cell, double share) {
    String line = String.format(Locale.ROOT, "%s %.4f%n", cell, share);
    try {
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
