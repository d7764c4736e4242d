package io.percore.coordinator;

import io.percore.coordinator.report.ChartFiles;
import io.percore.coordinator.report.ConsoleTable;
import io.percore.coordinator.report.LawSummary;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.ReportFormat;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.report.Verdict;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes what a run leaves behind beside its journal, and prints its result.
final class RunFiles {
  private RunFiles() {}

  /// A file in the format of another tool.
  ///
  /// @param format the format
  /// @param file where to
  record Export(ReportFormat format, Path file) {
    /// Reads `FORMAT=FILE`.
    ///
    /// @throws UserError when there is no such format
    static Export parse(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new UserError(ExitCode.USAGE, "--export '" + text + "' needs the form FORMAT=FILE");
      }
      String id = text.substring(0, equals);
      return ReportFormat.byId(id)
          .map(format -> new Export(format, Path.of(text.substring(equals + 1))))
          .orElseThrow(
              () ->
                  new UserError(
                      ExitCode.USAGE,
                      "--export: unknown format '" + id + "': see percore list formats"));
    }
  }

  /// Writes summary and report into the run's directory, the exports where they were asked for, and
  /// the result to standard output.
  static void write(RunReport report, Path directory, List<Export> exports, OutputOptions output)
      throws IOException {
    export(report, ReportFormat.JSON, directory.resolve("summary.json"));
    export(report, ReportFormat.CSV, directory.resolve("summary.csv"));
    export(report, ReportFormat.HTML, directory.resolve("report.html"));
    ChartFiles.write(report, directory.resolve("charts"));
    for (Export export : exports) {
      export(report, export.format(), export.file());
    }
    print(report, output);
    if (!output.quiet()) {
      System.err.println("report: " + directory.resolve("report.html"));
    }
  }

  private static void print(RunReport report, OutputOptions output) throws IOException {
    Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    if (output.json()) {
      ReportFormat.JSON.create().render(report, out);
    } else {
      out.write(ConsoleTable.render(report, output.width(), output.coloured()));
      out.write("\n");
      for (String sentence :
          Verdict.sentences(report.summary(), report.experiment(), report.catalogue())) {
        out.write(PlainText.printable(sentence) + "\n");
      }
      for (String sentence : LawSummary.sentences(report)) {
        out.write(PlainText.printable(sentence) + "\n");
      }
    }
    out.flush();
  }

  private static void export(RunReport report, ReportFormat format, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      format.create().render(report, out);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
