package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.Row.Column;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Verdict, machine and table in GitHub's Markdown.
public final class MarkdownSummary implements Renderer {
  private static final String ACTIVE = "\\`*_<>#|~&$";

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    List<Row> rows = Rows.of(report);
    Experiment experiment = report.experiment();
    List<String> sentences = Verdict.sentences(report.summary(), experiment, report.catalogue());
    out.write("**" + escaped(sentences.getFirst()) + "**\n\n");
    for (String sentence : sentences.subList(1, sentences.size())) {
      out.write("- " + escaped(sentence) + "\n");
    }
    out.write((sentences.size() > 1 ? "\n" : "") + escaped(facts(report)) + "\n\n");
    List<Column> columns =
        Arrays.stream(Column.values())
            .filter(column -> rows.stream().anyMatch(row -> !row.cell(column).isEmpty()))
            .toList();
    out.write(line(columns.stream().map(column -> escaped(column.title())).toList()));
    out.write(line(columns.stream().map(column -> column.right() ? "---:" : "---").toList()));
    for (Row row : rows) {
      out.write(line(columns.stream().map(column -> escaped(row.cell(column))).toList()));
    }
    out.write("\n" + escaped(Rows.EXPLANATION));
    out.write(WeakScaling.explanation(report).map(text -> "; " + escaped(text)).orElse(""));
    for (Marks mark : Rows.marks(rows)) {
      out.write("; " + escaped(mark.legend()));
    }
    out.write(".\n");
    List<String> fixedWork = FixedWorkLines.of(report);
    if (!fixedWork.isEmpty()) {
      out.write(
          "\n" + fixedWork.stream().map(l -> "    " + l + "\n").collect(Collectors.joining()));
    }
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

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /// Brackets alone do nothing, so that intervals stay readable; a link needs one before a
  /// parenthesis.
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    char previous = ' ';
    for (char c : PlainText.printable(text).toCharArray()) {
      if (ACTIVE.indexOf(c) >= 0 || (c == '(' && previous == ']')) {
        escaped.append('\\');
      }
      escaped.append(c);
      previous = c;
    }
    return escaped.toString();
  }
}
