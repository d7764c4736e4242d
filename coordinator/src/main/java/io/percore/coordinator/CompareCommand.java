package io.percore.coordinator;

import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.ComparisonReport;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.RunComparison;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `percore compare`: what has changed from one run to another.
@Command(
    name = "compare",
    description =
        "Compares two runs of one workload, point by point, by the interval of the ratio.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BASE", description = "Directory of the run before.")
  private Path base = Path.of(".");

  @Parameters(index = "1", paramLabel = "NEW", description = "Directory of the run after.")
  private Path now = Path.of(".");

  @Option(
      names = "--fail-below",
      paramLabel = "RATIO",
      description =
          "Exit with 5 when the adjusted interval of a point's ratio lies below this. Without it a"
              + " point is called a regression below "
              + RunComparison.USUAL_BOUND
              + ", and the exit code is 0.")
  private @Nullable Double failBelow;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    double bound = failBelow == null ? RunComparison.USUAL_BOUND : failBelow;
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new UserError(ExitCode.USAGE, "--fail-below is a ratio above 0, not " + bound);
    }
    RunReport before = read(base);
    RunReport after = read(now);
    requireSameQuestion(before.experiment(), after.experiment());
    ComparisonReport report = ComparisonReport.of(before, after, bound);
    if (report.comparison().points().isEmpty()) {
      throw new UserError(ExitCode.USAGE, base + " and " + now + " have no point in common");
    }
    Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    if (output.json()) {
      report.json(out);
    } else {
      out.write(report.text());
    }
    out.flush();
    if (failBelow == null) {
      return ExitCode.OK;
    }
    if (report.comparison().regressed()) {
      return ExitCode.REGRESSION;
    }
    return report.comparison().incomplete() ? ExitCode.INCOMPLETE : ExitCode.OK;
  }

  private static RunReport read(Path run) throws IOException {
    try {
      return RunReports.of(RunJournal.read(run));
    } catch (JournalException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  /// Rates of different work have no ratio that means anything.
  private void requireSameQuestion(Experiment before, Experiment after) {
    require("workload", before.workload(), after.workload());
    require("workload's parameters", before.workloadParameters(), after.workloadParameters());
    require("disciplines' parameters", before.disciplineParameters(), after.disciplineParameters());
    require("kind of scaling", before.scaling(), after.scaling());
  }

  private void require(String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      throw new UserError(
          ExitCode.USAGE,
          "the %s of %s and %s differs: %s and %s".formatted(what, base, now, before, after));
    }
  }
}
