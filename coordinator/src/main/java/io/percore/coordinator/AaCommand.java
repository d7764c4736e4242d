package io.percore.coordinator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.report.Quantities;
import io.percore.coordinator.stats.DetectableEffect;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `percore aa`: how different two things must be to be told apart on this machine. Reads a run and
/// compares each program with itself, block with block.
@Command(
    name = "aa",
    description =
        "Runs one thing against itself: the smallest effect that this machine can detect. Makes a"
            + " run of twice as many forks, or reads one that there is.")
final class AaCommand implements Callable<Integer> {
  private static final int FORKS = 6;
  private static final int QUICK_FORKS = 3;
  private static final int FEWEST_RATES = 4;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Directory of a run to read instead of making one.")
  private Path given = Path.of("");

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
      description = "Pairs of forks for each point (default: 6; 3 with --quick).")
  private int forks;

  @Option(names = "--quick", description = "Three pairs, short warm-up and window.")
  private boolean quick;

  @Option(
      names = "--keep-disturbed",
      description = "Invalidate no trial for what other programs did to it meanwhile.")
  private boolean keepDisturbed;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "percore-runs/aa",
      description = "Directory of the run that is made (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("percore-runs/aa");

  @Mixin private OutputOptions output = new OutputOptions();

  /// A point and what it says.
  private record Row(PointSummary point, DetectableEffect effect) {}

  @Override
  public Integer call() throws IOException {
    Path run = given;
    if (given.toString().isEmpty()) {
      int code = CoordinatorMain.execute(run().toArray(String[]::new));
      if (code != ExitCode.OK && code != ExitCode.ENVIRONMENT) {
        return code;
      }
      run = out;
    }
    List<Row> rows = rows(run);
    if (rows.isEmpty()) {
      throw new UserError(ExitCode.INCOMPLETE, run + " has no point with four forks or more");
    }
    System.out.print(output.json() ? json(rows) : text(rows));
    return ExitCode.OK;
  }

  /// The run that is made. Its own table goes to standard output only where the result is text.
  private List<String> run() {
    int pairs = forks > 0 ? forks : quick ? QUICK_FORKS : FORKS;
    List<String> arguments =
        new ArrayList<>(List.of("run", "-s", strategies, "-n", parallelism, "-o", out.toString()));
    arguments.addAll(List.of("--forks", Integer.toString(2 * pairs)));
    if (quick) {
      arguments.add("--quick");
    }
    if (keepDisturbed) {
      arguments.add("--keep-disturbed");
    }
    if (output.quiet()) {
      arguments.add("-q");
    }
    return arguments;
  }

  private static List<Row> rows(Path run) throws IOException {
    try {
      return RunReports.of(RunJournal.read(run)).summary().points().stream()
          .filter(point -> point.forkThroughputs().size() >= FEWEST_RATES)
          .map(
              point ->
                  new Row(
                      point,
                      DetectableEffect.of(
                          point.forkThroughputs().stream().mapToDouble(rate -> rate).toArray())))
          .toList();
    } catch (JournalException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  static String text(PointSummary point, DetectableEffect effect) {
    return "%-12s %4d  %-24s %8s %6d  %s%n"
        .formatted(
            point.strategy(),
            point.parallelism(),
            Quantities.ratio(effect.ratio()),
            "%.1f %%".formatted(100 * (effect.smallest() - 1)),
            point.forkThroughputs().size() / 2,
            effect.toldApart() ? "equal things were told apart: one time in twenty by chance" : "");
  }

  private static String text(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            "%n%-12s %4s  %-24s %8s %6s%n"
                .formatted("against self", "N", "ratio [95 % CI]", "smallest", "pairs"));
    rows.forEach(row -> text.append(text(row.point(), row.effect())));
    return text.append(
            "\nsmallest: difference that as many pairs detect in four cases of five, at 5 %\n")
        .toString();
  }

  private static String json(List<Row> rows) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    ArrayNode array = mapper.createArrayNode();
    for (Row row : rows) {
      Interval interval = Objects.requireNonNull(row.effect().ratio().interval());
      ObjectNode node = array.addObject();
      node.put("strategy", row.point().strategy());
      node.put("parallelism", row.point().parallelism());
      node.put("pairs", row.point().forkThroughputs().size() / 2);
      node.putObject("ratio")
          .put("value", row.effect().ratio().value())
          .put("ciLow", interval.low())
          .put("ciHigh", interval.high());
      node.put("smallestEffect", row.effect().smallest() - 1);
      node.put("toldApart", row.effect().toldApart());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
  }
}
