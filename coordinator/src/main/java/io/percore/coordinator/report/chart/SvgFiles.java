package io.percore.coordinator.report.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Figures as files that need nothing else, each in all [Colours]: sites that have light and dark
/// pages of their own choose between two files.
public final class SvgFiles {
  private SvgFiles() {}

  /// Writes a figure.
  ///
  /// @param directory that is there
  /// @param name of the files, without their suffixes
  /// @return the files
  /// @throws IOException when one cannot be written
  public static List<Path> write(Figure figure, Path directory, String name) throws IOException {
    List<Path> written = new ArrayList<>();
    for (Map.Entry<Colours, String> svg : Svg.files(figure).entrySet()) {
      Path file = directory.resolve(svg.getKey().fileName(name));
      written.add(Files.writeString(file, svg.getValue()));
    }
    return written;
  }

  /// Deletes the files of a figure, where they are.
  ///
  /// @throws IOException when one cannot be deleted
  public static void delete(Path directory, String name) throws IOException {
    for (Colours colours : Colours.values()) {
      Files.deleteIfExists(directory.resolve(colours.fileName(name)));
    }
  }
}
