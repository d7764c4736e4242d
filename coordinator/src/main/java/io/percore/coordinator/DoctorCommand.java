package io.percore.coordinator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.doctor.Examination;
import io.percore.coordinator.doctor.Finding;
import io.percore.coordinator.doctor.Load;
import io.percore.coordinator.doctor.MachineFiles;
import io.percore.coordinator.measurement.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `percore doctor`: is this machine fit for measuring?
@Command(
    name = "doctor",
    description =
        "Says whether this machine is fit for measuring: each finding with its size and what to"
            + " do.")
final class DoctorCommand implements Callable<Integer> {
  /// Long enough for a hundredth of a second to be a small share of it.
  private static final long WATCHED_SECONDS = 2;

  @Option(names = "--strict", description = "End with 4 when something serious is found.")
  private boolean strict;

  @Mixin private OutputOptions output = new OutputOptions();

  /// What is printed as JSON.
  ///
  /// @param fit whether nothing serious was found
  /// @param findings the worst first
  record Diagnosis(boolean fit, List<Finding> findings) {
    Diagnosis {
      findings = List.copyOf(findings);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Environment environment = WorkerSetup.survey(new RunOptions()).survey().environment();
    MachineFiles files = new MachineFiles(Path.of("/"));
    Load.Counters before = Load.read(files, System.nanoTime());
    TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
    Load load =
        Load.between(before, Load.read(files, System.nanoTime()), ProcessHandle.current().pid());
    List<Finding> findings = Examination.of(environment, files, load);
    boolean fit = Examination.fit(findings);
    if (output.json()) {
      System.out.println(
          JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(new Diagnosis(fit, findings)));
    } else {
      System.out.print(text(findings));
      System.out.println(
          fit ? "Nothing serious was found." : "This machine is not fit for measuring as it is.");
    }
    return strict && !fit ? ExitCode.ENVIRONMENT : ExitCode.OK;
  }

  static String text(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          "%s: %s%n  size: %s%n  fix:  %s%n%n"
              .formatted(
                  finding.severity().name().toLowerCase(Locale.ROOT),
                  finding.cause(),
                  finding.size(),
                  finding.fix()));
    }
    return text.toString();
  }
}
