package io.percore.coordinator;

import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.report.several.NamedRun;
import io.percore.coordinator.report.several.SeveralChartFiles;
import io.percore.coordinator.report.several.SeveralJson;
import io.percore.coordinator.report.several.SeveralMarkdown;
import io.percore.coordinator.report.several.SeveralPage;
import io.percore.coordinator.report.several.SeveralText;
import io.percore.coordinator.report.several.SideBySide;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads several runs, writes what they say together into a directory of its own, and prints it.
final class SeveralRuns {
  private SeveralRuns() {}

  /// Reads runs back from their directories.
  ///
  /// @throws UserError when a directory holds no run, or a damaged one, or they cannot stand side
  ///   by side
  static SideBySide read(List<Path> directories) {
    List<String> names = NamedRun.names(directories);
    List<NamedRun> runs = new ArrayList<>();
    try {
      for (Path directory : directories) {
        RunJournal.Contents contents = RunJournal.read(directory);
        runs.add(new NamedRun(names.get(runs.size()), RunReports.of(contents), contents.torn()));
      }
      return SideBySide.of(runs);
    } catch (JournalException | IllegalArgumentException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  /// Writes `report.html`, `summary.json` and `charts`, and prints the result.
  ///
  /// @param directory that is there
  static void write(SideBySide runs, Path directory, ReportOutputOptions output)
      throws IOException {
    try {
      Files.writeString(directory.resolve("report.html"), SeveralPage.render(runs));
      try (Writer out = Files.newBufferedWriter(directory.resolve("summary.json"))) {
        SeveralJson.write(runs, out);
      }
      SeveralChartFiles.write(runs, directory.resolve("charts"));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE, "cannot write to " + directory + ": " + e.getMessage(), e);
    }
    print(runs, output);
    if (!output.quiet()) {
      System.err.println("report: " + directory.resolve("report.html"));
    }
  }

  private static void print(SideBySide runs, ReportOutputOptions output) throws IOException {
    switch (output.format()) {
      case TEXT -> Terminal.print(SeveralText.render(runs, Terminal.outputColumns()));
      case JSON -> {
        Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
        SeveralJson.write(runs, out);
        out.flush();
      }
      case MARKDOWN -> {
        Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
        out.write(SeveralMarkdown.render(runs));
        out.flush();
      }
    }
  }
}
