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
    description =
        "Works a run's summary.json and summary.csv out again from its trials. Exits with 3 when"
            + " something differs, or is missing.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", arity = "1", description = "Directory of a run.")
  private Path run = Path.of(".");

  @Override
  public Integer call() {
    RunCheck.Result result = check();
    if (result.torn() > 0) {
      System.err.println(
          "percore: trials.jsonl ends in the middle of a line, which does not count: it was never"
              + " finished, or was cut off");
    }
    // One line for what stands in every element of an array.
    result.unchecked().stream()
        .map(path -> path.replaceAll("\\[[0-9]+]", "[]"))
        .distinct()
        .forEach(path -> System.err.println(path + ": not checked"));
    result.disagreements().forEach(System.out::println);
    if (!result.disagreements().isEmpty()) {
      System.err.println(
          "percore: %s does not follow from its trials: %d of %d differ"
              .formatted(
                  run,
                  result.disagreements().size(),
                  result.disagreements().size() + result.agreeing()));
    }
    if (!result.agrees()) {
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
