package io.percore.coordinator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `percore tls`: what machines that join by themselves need.
@Command(
    name = "tls",
    description = "Makes certificates and tokens for machines that join by themselves.",
    subcommands = TlsCommand.Init.class)
final class TlsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: percore tls init DIR");
  }

  /// Makes the directory.
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description =
          "Makes a directory with an authority's certificates and one-time tokens: for percore run"
              + " --credentials DIR, and for each machine the file machines.pem in it.")
  static final class Init implements Callable<Integer> {
    private static final int MOST_MACHINES = 10_000;
    private static final int MOST_DAYS = 365;

    @Parameters(paramLabel = "DIR", description = "Directory to make; it must not be there yet.")
    private Path directory = Path.of("");

    @Option(
        names = "--machines",
        paramLabel = "N",
        defaultValue = "16",
        description = "For how many machines (default: ${DEFAULT-VALUE}).")
    private int machines = 16;

    @Option(
        names = "--days",
        paramLabel = "N",
        defaultValue = "7",
        description = "For how long it is good (default: ${DEFAULT-VALUE}).")
    private int days = 7;

    @Override
    public Integer call() {
      within("--machines", machines, MOST_MACHINES);
      within("--days", days, MOST_DAYS);
      Path file = JoinFiles.create(directory, machines, Duration.ofDays(days));
      System.out.println(
          "copy %s to each machine, mode 0600; there: percore worker --coordinator HOST:PORT"
                  .formatted(file)
              + " --credentials FILE --rank N");
      return ExitCode.OK;
    }

    private static void within(String option, int value, int most) {
      if (value < 1 || value > most) {
        throw new UserError(
            ExitCode.USAGE, "%s must be between 1 and %d, got %d".formatted(option, most, value));
      }
    }
  }
}
