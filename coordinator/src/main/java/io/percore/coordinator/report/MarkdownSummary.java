package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.Row.Column;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Verdict, machine and table in GitHub's Markdown.
public final class MarkdownSummary implements Renderer {
  @Override
  public void render(RunReport report, Writer out) throws IOException {
    List<Row> rows = Rows.of(report);
    Experiment experiment = report.experiment();
    List<String> sentences = Verdict.sentences(report.summary(), experiment, report.catalogue());
    out.write("**" + Markdown.text(sentences.getFirst()) + "**\n\n");
    for (String sentence : sentences.subList(1, sentences.size())) {
      out.write("- " + Markdown.text(sentence) + "\n");
    }
    out.write((sentences.size() > 1 ? "\n" : "") + Markdown.text(facts(report)) + "\n\n");
    List<Column> columns =
        Arrays.stream(Column.values())
            .filter(column -> rows.stream().anyMatch(row -> !row.cell(column).isEmpty()))
            .toList();
    out.write(Markdown.row(columns.stream().map(column -> Markdown.text(column.title())).toList()));
    out.write(
        Markdown.row(columns.stream().map(column -> column.right() ? "---:" : "---").toList()));
    for (Row row : rows) {
      out.write(
          Markdown.row(columns.stream().map(column -> Markdown.text(row.cell(column))).toList()));
    }
    out.write("\n" + Markdown.text(Rows.EXPLANATION));
    out.write(WeakScaling.explanation(report).map(text -> "; " + Markdown.text(text)).orElse(""));
    for (Marks mark : Rows.marks(rows)) {
      out.write("; " + Markdown.text(mark.legend()));
    }
    out.write(".\n");
    for (String sentence : Resumes.sentences(report)) {
      out.write("\n" + Markdown.text(sentence) + "\n");
    }
    Optional<MachineReport> machines = MachineReport.of(report);
    if (machines.isPresent()) {
      out.write("\n" + machines(machines.get()));
    }
    List<String> fixedWork = FixedWorkLines.of(report);
    if (!fixedWork.isEmpty()) {
      out.write(
          "\n" + fixedWork.stream().map(l -> "    " + l + "\n").collect(Collectors.joining()));
    }
  }

  private static String machines(MachineReport machines) {
    StringBuilder text = new StringBuilder();
    List<MachineRow> rows = machines.rows();
    if (!rows.isEmpty()) {
      text.append(
          Markdown.row(
              List.of("machine", "strategy", "N", "threads here", "ops/s here", "over its N = 1")));
      text.append(Markdown.row(List.of("---", "---", "---:", "---:", "---:", "---:")));
    }
    for (MachineRow row : rows) {
      Double median = row.rates().median();
      text.append(
          Markdown.row(
              Stream.of(
                      row.machine(),
                      row.name(),
                      Integer.toString(row.parallelism()),
                      Integer.toString(row.threads()),
                      median == null ? "" : Quantities.count(median),
                      row.speedup() == null ? "" : Quantities.ratio(row.speedup()))
                  .map(Markdown::text)
                  .toList()));
    }
    for (String sentence : machines.sentences()) {
      text.append("\n" + Markdown.text(sentence) + "\n");
    }
    return text.toString();
  }

  private static String facts(RunReport report) {
    Environment environment = report.environment();
    Experiment experiment = report.experiment();
    return "Workload "
        + experiment.workload()
        + ", "
        + Quantities.plural(experiment.forks(), "fork")
        + " for each point, window "
        + Quantities.duration(experiment.window())
        + ", warm-up "
        + Quantities.duration(experiment.warmUp())
        + ", seed "
        + experiment.seed()
        + "; "
        + environment.cpuModel()
        + ", "
        + Quantities.plural(environment.cpus().size(), "processor")
        + "; "
        + environment.os()
        + " "
        + environment.kernel()
        + "; JVM "
        + environment.jvm()
        + ".";
  }
}
