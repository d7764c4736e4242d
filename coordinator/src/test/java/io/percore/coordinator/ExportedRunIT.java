package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.export.ReportFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real run in every format. [ExportIT] has other programs read them.
@Timeout(300)
final class ExportedRunIT {
  @TempDir private Path directory;

  @Test
  void aRunIsExportedWhenItEndsAndAgainFromItsTrials() throws Exception {
    List<String> run =
        new ArrayList<>(
            List.of("run", "--keep-disturbed", "-q", "-s", "sequential@Nx1", "-n", "2"));
    run.addAll(List.of("--forks", "2", "--window", "400ms", "--warmup", "100ms", "-o", "run"));
    List<String> report = new ArrayList<>(List.of("report", "run", "-q"));
    for (ReportFormat format : ReportFormat.values()) {
      run.addAll(List.of("--export", format.id() + "=" + format.id() + ".once"));
      report.addAll(List.of("--export", format.id() + "=" + format.id() + ".again"));
    }
    for (List<String> arguments : List.of(run, report)) {
      try (PercoreProcess percore =
          PercoreProcess.start(directory, arguments.toArray(String[]::new))) {
        percore.expect(ExitCode.OK);
      }
    }
    for (ReportFormat format : ReportFormat.values()) {
      String once = Files.readString(directory.resolve(format.id() + ".once"));
      assertThat(once).as(format.id()).isNotBlank();
    }
    for (String format : List.of("jmh", "google-benchmark", "pyperf", "will-it-scale")) {
      assertThat(directory.resolve(format + ".again"))
          .hasSameTextualContentAs(directory.resolve(format + ".once"));
    }
  }
}
