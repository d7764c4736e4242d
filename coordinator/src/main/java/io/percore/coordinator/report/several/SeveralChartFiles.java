package io.percore.coordinator.report.several;

import io.percore.coordinator.report.chart.SvgFiles;
import io.percore.coordinator.report.several.Multiples.Multiple;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes the charts of several runs as SVG files that need nothing else, each in all colours: one
/// for each strategy, with a line for each run, and one for each run.
public final class SeveralChartFiles {
  private static final int LONGEST_NAME = 40;

  private SeveralChartFiles() {}

  /// Writes each chart whose data was measured, and deletes those of an earlier report.
  ///
  /// @param directory is made when it is not there
  /// @return the files that were written
  /// @throws IOException when the directory or a file cannot be written
  public static List<Path> write(SideBySide runs, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (DirectoryStream<Path> old =
        Files.newDirectoryStream(directory, "*-{strategy,run}-[0-9]*.svg")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    List<Path> written = new ArrayList<>();
    for (Multiples multiples : Multiples.all(runs)) {
      for (Multiple multiple : multiples.panels()) {
        String name = multiple.chart().id() + suffix(multiple.name());
        written.addAll(SvgFiles.write(multiple.chart(), directory, name));
      }
    }
    return written;
  }

  /// What can be a file's name everywhere; the number before it tells files apart.
  private static String suffix(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.isEmpty() ? "" : "-" + plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
  }
}
