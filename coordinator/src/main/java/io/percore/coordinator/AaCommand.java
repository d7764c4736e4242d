package io.percore.coordinator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.AaRun.Paired;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.report.Quantities;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.BlockRates;
import io.percore.coordinator.stats.DetectableEffect;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `percore aa`: how different two things must be to be told apart on this machine. Reads a run and
/// compares each program with itself, block with block.
@Command(
    name = "aa",
    description =
        "Runs one thing against itself: the smallest effect that this machine can detect. Makes a"
            + " run of twice as many forks, or reads one that there is. Exits as that run does.")
final class AaCommand implements Callable<Integer> {
  private static final String NOTHING = " has no point with two pairs of blocks";

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Directory of a run to read instead of making one.")
  private @Nullable Path given;

  @Mixin private AaRun made = new AaRun();
  @Mixin private OutputOptions output = new OutputOptions();

  /// A point and what it says.
  private record Row(PointSummary point, DetectableEffect effect) {}

  @Override
  public Integer call() throws IOException {
    if (given != null) {
      List<Row> rows = rows(given);
      if (rows.isEmpty()) {
        throw new UserError(ExitCode.INCOMPLETE, given + NOTHING);
      }
      print(rows);
      return ExitCode.OK;
    }
    Paired run = made.make(output);
    if (!run.written()) {
      return run.exitCode();
    }
    List<Row> rows = rows(run.directory());
    if (rows.isEmpty()) {
      System.err.println("percore: " + run.directory() + NOTHING);
    }
    if (output.json() || !rows.isEmpty()) {
      print(rows);
    }
    return rows.isEmpty() && run.exitCode() == ExitCode.OK ? ExitCode.INCOMPLETE : run.exitCode();
  }

  private void print(List<Row> rows) throws IOException {
    System.out.print(output.json() ? json(rows) : text(rows));
  }

  private static List<Row> rows(Path run) throws IOException {
    try {
      RunReport report = RunReports.of(RunJournal.read(run));
      return report.summary().points().stream()
          .flatMap(
              point -> {
                NavigableMap<Integer, Double> rates =
                    BlockRates.of(
                        report.experiment(),
                        report.catalogue(),
                        point.point().program(),
                        report.trials());
                return DetectableEffect.pairs(rates) < DetectableEffect.FEWEST_PAIRS
                    ? Stream.<Row>empty()
                    : Stream.of(new Row(point, DetectableEffect.of(rates)));
              })
          .toList();
    } catch (JournalException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  private static String text(Row row) {
    DetectableEffect effect = row.effect();
    return "%-14s %4d  %-24s %-24s %5d  %s"
            .formatted(
                row.point().strategy(),
                row.point().parallelism(),
                Quantities.ratio(effect.ratio()),
                smallest(effect.smallest()),
                effect.pairs(),
                effect.toldApart()
                    ? "equal things were told apart: one time in twenty by chance"
                    : "")
            .stripTrailing()
        + "\n";
  }

  /// `1.32 % [0.82, 3.24]`.
  private static String smallest(Estimate effect) {
    Interval interval = Objects.requireNonNull(effect.interval());
    return Quantities.percent(effect.value() - 1)
        + " "
        + Quantities.ends(new Interval(100 * (interval.low() - 1), 100 * (interval.high() - 1)));
  }

  private static String text(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            "%n%-14s %4s  %-24s %-24s %5s%n"
                .formatted("against self", "N", "ratio [95 % CI]", "smallest [95 % CI]", "pairs"));
    rows.forEach(row -> text.append(text(row)));
    return text.append(
            "\nsmallest: difference that as many pairs detect in four cases of five, at 5 %\n")
        .toString();
  }

  private static String json(List<Row> rows) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    ArrayNode array = mapper.createArrayNode();
    for (Row row : rows) {
      DetectableEffect effect = row.effect();
      Interval interval = Objects.requireNonNull(effect.ratio().interval());
      Interval smallest = Objects.requireNonNull(effect.smallest().interval());
      ObjectNode node = array.addObject();
      node.put("strategy", row.point().strategy());
      node.put("parallelism", row.point().parallelism());
      node.put("pairs", effect.pairs());
      node.putObject("ratio")
          .put("value", effect.ratio().value())
          .put("ciLow", interval.low())
          .put("ciHigh", interval.high());
      node.put("smallestEffect", effect.smallest().value() - 1);
      node.put("smallestEffectCiLow", smallest.low() - 1);
      node.put("smallestEffectCiHigh", smallest.high() - 1);
      node.put("toldApart", effect.toldApart());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
  }
}
