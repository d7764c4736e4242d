package io.percore.coordinator;

import io.percore.coordinator.verify.RunCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `percore verify`: works the numbers of a run's summary out again from its trials.
@Command(
    name = "verify",
    description = "Works the points of a run's summary.json out again from its trials.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", arity = "1", description = "Directory of a run.")
  private Path run = Path.of(".");

  @Override
  public Integer call() {
    RunCheck.Result result = check();
    result.unchecked().forEach(number -> System.err.println(number + ": not checked"));
    result.disagreements().forEach(System.out::println);
    if (!result.disagreements().isEmpty()) {
      return ExitCode.VERIFICATION;
    }
    System.out.println(result.agreeing() + " numbers agree");
    return ExitCode.OK;
  }

  private RunCheck.Result check() {
    try {
      return RunCheck.of(run);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
      throw new UserError(ExitCode.USAGE, "cannot verify " + run + ": " + reason, e);
    }
  }
}
