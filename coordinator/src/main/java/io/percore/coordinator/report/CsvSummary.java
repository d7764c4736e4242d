package io.percore.coordinator.report;

import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `summary.csv`: RFC 4180 with a header, one row for each point, numbers in base units, an unknown
/// empty.
///
/// Text that a spreadsheet would take for a formula gets an apostrophe in front, and control
/// characters are written out.
public final class CsvSummary implements Renderer {
  private static final List<String> HEADER =
      List.of(
          "strategy,discipline,workload,parameters,sharing,scaling,parallelism,processes",
          "threadsPerProcess,forks,throughputMedian,throughputMean,throughputCiLow,throughputCiHigh",
          "nanosPerOp,speedup,speedupCiLow,speedupCiHigh,efficiency,efficiencyCiLow,efficiencyCiHigh",
          "speedupOverSequential,speedupOverSequentialCiLow,speedupOverSequentialCiHigh",
          "lostUpdates,expectedUpdates,netError,doubleFrees,prematureFrees,invalidated,failed,missing",
          "fairness,startSkewNanos,cpuShare,pinned,collector,defects,usesAfterFree,leaks,referenceCount,disturbed");

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    out.write(String.join(",", HEADER) + "\r\n");
    for (PointSummary point : report.summary().points()) {
      out.write(
          cells(point, report).stream().map(CsvSummary::quoted).collect(Collectors.joining(",")));
      out.write("\r\n");
    }
  }

  private static List<String> cells(PointSummary point, RunReport report) {
    Program program = point.point().program();
    List<String> cells = new ArrayList<>();
    cells.add(text(point.strategy()));
    cells.add(text(program.discipline()));
    cells.add(text(report.experiment().workload()));
    cells.add(text(Parameters.text(program, report.experiment())));
    cells.add(program.sharing().name());
    cells.add(report.experiment().scaling().label());
    cells.add(Integer.toString(point.parallelism()));
    cells.add(Integer.toString(program.layout().processes()));
    cells.add(Integer.toString(program.layout().threadsPerProcess()));
    cells.add(Integer.toString(point.forks()));
    cells.add(number(point.throughputMedian()));
    add(point.throughputMean(), cells);
    cells.add(number(point.nanosPerOperation()));
    add(point.speedup(), cells);
    add(point.efficiency(), cells);
    add(point.speedupOverSequential(), cells);
    boolean pairs = point.netError() != null;
    cells.add(number(point.lostUpdates()));
    cells.add(number(point.expectedUpdates()));
    cells.add(number(point.netError()));
    cells.add(number(pairs ? point.doubleFrees() : null));
    cells.add(number(pairs ? point.prematureFrees() : null));
    cells.add(Integer.toString(point.invalidated()));
    cells.add(Integer.toString(point.failed()));
    cells.add(Integer.toString(point.missing()));
    cells.add(number(point.fairness()));
    cells.add(number(point.startSkewNanos()));
    cells.add(number(point.cpuShare()));
    cells.add(point.forks() == 0 ? "" : Boolean.toString(point.pinned()));
    cells.add(text(point.collector()));
    cells.add(text(String.join("; ", point.defects())));
    cells.add(number(pairs ? point.usesAfterFree() : null));
    cells.add(number(pairs ? point.leaks() : null));
    cells.add(Boolean.toString(point.referenceCount()));
    cells.add(Integer.toString(point.disturbed()));
    return cells;
  }

  private static void add(@Nullable Estimate estimate, List<String> cells) {
    Interval interval = estimate == null ? null : estimate.interval();
    cells.add(number(estimate == null ? null : estimate.value()));
    cells.add(number(interval == null ? null : interval.low()));
    cells.add(number(interval == null ? null : interval.high()));
  }

  private static String number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? "" : value.toString();
  }

  private static String number(@Nullable Long value) {
    return value == null ? "" : value.toString();
  }

  private static String text(String text) {
    String printable = PlainText.printable(text);
    boolean formula = !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0;
    return formula ? "'" + printable : printable;
  }

  private static String quoted(String cell) {
    return cell.contains(",") || cell.contains("\"")
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }
}
