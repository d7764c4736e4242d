package io.percore.coordinator;

import io.percore.coordinator.ReportOutputOptions.Format;
import io.percore.coordinator.report.ChartFiles;
import io.percore.coordinator.report.ConsoleTable;
import io.percore.coordinator.report.HtmlReport;
import io.percore.coordinator.report.LawSummary;
import io.percore.coordinator.report.Panels;
import io.percore.coordinator.report.Picture;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.report.Verdict;
import io.percore.coordinator.report.export.ReportFormat;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;

/// Writes what a run leaves behind beside its journal, and prints its result.
final class RunFiles {
  private static final String CHARTS = "charts";

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
  /// the result to standard output, several files at once: a report is immutable.
  static void write(
      RunReport report, Path directory, List<Export> exports, ReportOutputOptions output)
      throws IOException {
    Panels panels = new Panels(report);
    Path charts = directory.resolve(CHARTS);
    StringBuilder text = new StringBuilder();
    atOnce(
        () ->
            write(
                out -> out.write(new HtmlReport().render(panels)),
                directory.resolve("report.html")),
        () -> {
          export(report, ReportFormat.JSON, directory.resolve("summary.json"));
          export(report, ReportFormat.CSV, directory.resolve("summary.csv"));
          exports.forEach(export -> export(report, export.format(), export.file()));
          written(charts, () -> ChartFiles.write(panels, charts));
        },
        () -> text.append(output.format() == Format.TEXT ? text(report, output) : ""));
    print(panels, text.toString(), directory, output);
    if (!output.quiet()) {
      System.err.println("report: " + directory.resolve("report.html"));
    }
  }

  /// Does all of this, and throws the first error only after the last has ended. The first, which
  /// should be the longest, is done by the caller: waiting for another's, it could not help.
  private static void atOnce(Runnable longest, Runnable... others) {
    ForkJoinTask<?> own = ForkJoinTask.adapt(longest);
    List<? extends ForkJoinTask<?>> begun =
        Arrays.stream(others).map(task -> ForkJoinTask.adapt(task).fork()).toList();
    own.quietlyInvoke();
    begun.reversed().forEach(ForkJoinTask::quietlyJoin);
    own.join();
    begun.forEach(ForkJoinTask::join);
  }

  /// Makes the directory that JVMs write down in what they compile.
  static Path compilerLogs(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve("compiler")).toAbsolutePath();
  }

  private static void print(Panels panels, String text, Path directory, ReportOutputOptions output)
      throws IOException {
    RunReport report = panels.report();
    switch (output.format()) {
      case TEXT -> Terminal.print(text);
      case JSON -> print(out -> ReportFormat.JSON.create().render(report, out));
      case MARKDOWN ->
          print(
              out -> {
                ReportFormat.MARKDOWN.create().render(report, out);
                out.write(Picture.ofThroughput(panels, fromHere(directory.resolve(CHARTS))));
              });
    }
  }

  /// Where a directory is, seen from the one that percore was called in.
  private static Path fromHere(Path directory) {
    return Path.of("").toAbsolutePath().relativize(directory.toAbsolutePath().normalize());
  }

  private static String text(RunReport report, ReportOutputOptions output) {
    int width = Terminal.outputColumns();
    StringBuilder text = new StringBuilder();
    text.append(ConsoleTable.render(report, width, output.coloured())).append('\n');
    List<String> sentences =
        Stream.concat(
                Verdict.sentences(report.summary(), report.experiment(), report.catalogue())
                    .stream(),
                LawSummary.sentences(report).stream())
            .map(sentence -> PlainText.wrapped(PlainText.printable(sentence), width) + "\n")
            .toList();
    String verdict = sentences.getFirst();
    text.append(output.coloured() ? ConsoleTable.emphasised(verdict.strip()) + "\n" : verdict);
    sentences.stream().skip(1).forEach(text::append);
    return text.toString();
  }

  /// Formats that programs read are UTF-8, whatever the terminal is.
  private static void print(Content content) throws IOException {
    Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    content.write(out);
    out.flush();
  }

  private static void export(RunReport report, ReportFormat format, Path file) {
    write(out -> format.create().render(report, out), file);
  }

  /// What writes a text.
  @FunctionalInterface
  private interface Content {
    void write(Writer out) throws IOException;
  }

  private static void write(Content content, Path file) {
    written(
        file,
        () -> {
          try (Writer out = Files.newBufferedWriter(file)) {
            content.write(out);
          }
        });
  }

  /// What writes one or more files.
  @FunctionalInterface
  interface Writing {
    void write() throws IOException;
  }

  /// Writes something.
  ///
  /// @param target file or directory that is written
  /// @throws UserError when it cannot be written
  static void written(Path target, Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, "cannot write " + target + ": " + e.getMessage(), e);
    }
  }
}
