package io.percore.coordinator;

import io.percore.coordinator.stats.DetectableEffect;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The run that `percore aa` makes where it is given none: one strategy, two blocks for each pair.
final class AaRun {
  private static final int PAIRS = 6;
  private static final int QUICK_PAIRS = 3;
  private static final int MOST_PAIRS = 5_000;

  @Option(
      names = {"-s", "--strategies"},
      paramLabel = "NAMES",
      defaultValue = "atomic",
      description = "What to run against itself (default: ${DEFAULT-VALUE}).")
  private String strategies = "atomic";

  @Option(
      names = {"-n", "--parallelism"},
      paramLabel = "SIZES",
      defaultValue = "max",
      description = "Values of N, as for percore run (default: ${DEFAULT-VALUE}).")
  private String parallelism = "max";

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "Pairs of forks for each point, at least 2 (default: 6; 3 with --quick).")
  private @Nullable Integer forks;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Scored time of a trial, as for percore run.")
  private @Nullable Duration window;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Warm-up in each worker, as for percore run.")
  private @Nullable Duration warmUp;

  @Option(names = "--quick", description = "Three pairs, short warm-up and window.")
  private boolean quick;

  @Option(
      names = "--keep-disturbed",
      description = "Invalidate no trial for what other programs did to it meanwhile.")
  private boolean keepDisturbed;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Directory of the run that is made (default: percore-runs/aa-<time>).")
  private @Nullable Path out;

  /// A run that was made.
  ///
  /// @param directory its directory
  /// @param exitCode how it ended
  record Paired(Path directory, int exitCode) {
    /// Whether it began and wrote down what it has, however it ended.
    boolean written() {
      return exitCode != ExitCode.USAGE
          && exitCode != ExitCode.INTERNAL
          && Files.exists(directory.resolve("summary.json"));
    }
  }

  /// Makes it. Its own table goes to standard output only where the result is text; else to
  /// standard error, with the progress.
  ///
  /// @throws UserError when so many pairs cannot be
  Paired make(OutputOptions output) {
    Path directory = out == null ? RunDirectory.ofNow("aa-") : out;
    String[] arguments = arguments(directory, output).toArray(String[]::new);
    if (!output.json()) {
      return new Paired(directory, CoordinatorMain.execute(arguments));
    }
    PrintStream result = System.out;
    System.setOut(output.quiet() ? new PrintStream(OutputStream.nullOutputStream()) : System.err);
    try {
      return new Paired(directory, CoordinatorMain.execute(arguments));
    } finally {
      System.setOut(result);
    }
  }

  private List<String> arguments(Path directory, OutputOptions output) {
    int pairs = forks != null ? forks : quick ? QUICK_PAIRS : PAIRS;
    if (pairs < DetectableEffect.FEWEST_PAIRS || pairs > MOST_PAIRS) {
      throw new UserError(
          ExitCode.USAGE,
          "--forks must be between %d and %d pairs, got %d"
              .formatted(DetectableEffect.FEWEST_PAIRS, MOST_PAIRS, pairs));
    }
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "-s", strategies, "-n", parallelism, "-o", directory.toString()));
    arguments.addAll(List.of("--forks", Integer.toString(2 * pairs)));
    add("--window", window, arguments);
    add("--warmup", warmUp, arguments);
    if (quick) {
      arguments.add("--quick");
    }
    if (keepDisturbed) {
      arguments.add("--keep-disturbed");
    }
    arguments.add("--color=" + output.color().name());
    if (output.quiet()) {
      arguments.add("-q");
    }
    return arguments;
  }

  private static void add(String option, @Nullable Duration time, List<String> arguments) {
    if (time != null) {
      arguments.addAll(List.of(option, time.toNanos() / 1000 + "us"));
    }
  }
}
