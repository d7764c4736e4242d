package io.percore.coordinator;

import io.percore.coordinator.report.LawReport;
import io.percore.coordinator.stats.law.Observation;
import io.percore.coordinator.stats.law.ScalingLaws;
import io.percore.coordinator.stats.law.ScalingLaws.Refused;
import io.percore.coordinator.stats.law.Weighting;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `percore fit`: the scaling laws of any table of sizes and rates.
@Command(
    name = "fit",
    description = "Fits the Universal Scalability Law and Amdahl's to a table of N and throughput.")
final class FitCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.csv", arity = "1", description = "Table with columns N and X.")
  private Path file = Path.of(".");

  @Option(
      names = "--weights",
      paramLabel = "inverse|none",
      defaultValue = "inverse",
      description =
          "Weights: inverse variance of the forks (rows of equal N), or inverse throughput without"
              + " forks; or none. A column 'weight' comes before either.")
  private Weighting weighting = Weighting.INVERSE;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    List<Observation> observations = CurveFile.read(file);
    ScalingLaws laws = ScalingLaws.of(observations, weighting);
    LawReport report = new LawReport(observations, weighting, laws);
    Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
    if (output.json()) {
      report.json(out);
    } else {
      out.write(report.text());
    }
    out.flush();
    if (laws instanceof Refused refused) {
      throw new UserError(ExitCode.USAGE, file + ": " + refused.reason());
    }
    return ExitCode.OK;
  }
}
