package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.SvgFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the charts of a run as SVG files that need nothing else, each in all colours: for READMEs
/// and papers.
public final class ChartFiles {
  private ChartFiles() {}

  /// Writes each chart whose data was measured, and deletes an older one whose data was not.
  ///
  /// @param directory is made when it is not there
  /// @return the files that were written
  /// @throws IOException when the directory or a file cannot be written
  public static List<Path> write(Panels panels, Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Path> written = new ArrayList<>();
    for (PanelKind kind : PanelKind.values()) {
      Optional<Panel> panel = panels.panel(kind);
      if (panel.isPresent()) {
        written.addAll(SvgFiles.write(panel.get().figure(), directory, kind.id()));
      } else {
        SvgFiles.delete(directory, kind.id());
      }
    }
    return written;
  }
}
