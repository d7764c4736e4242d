package io.percore.coordinator.report.several;

import io.percore.coordinator.report.Quantities;
import io.percore.coordinator.report.Row;
import io.percore.coordinator.report.Row.Column;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.RunComparison.PointChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of a terminal and of Markdown, with a column for each run. No cell is escaped.
final class SeveralTables {
  /// What the cells of the figures have no room for.
  static final String FIGURES = "median of ops/s over forks, 95 % CI of the mean";

  private SeveralTables() {}

  /// Titles and rows.
  record Table(List<String> titles, List<List<String>> rows) {
    Table {
      titles = List.copyOf(titles);
      rows = List.copyOf(rows);
    }
  }

  /// What differs between the runs, and when they began; of lists only what not all have.
  static Table differences(SideBySide runs) {
    return new Table(
        titles(Stream.of("differs"), runs.runs()),
        Arrays.stream(Fact.values())
            .filter(fact -> fact == Fact.STARTED || fact.differs(runs.runs()))
            .map(fact -> line(Stream.of(fact.title()), distinctive(fact, runs.runs()).stream()))
            .toList());
  }

  /// Of each run what not all of them have.
  static List<String> distinctive(Fact fact, List<NamedRun> runs) {
    List<List<String>> values = runs.stream().map(fact::of).toList();
    Set<String> common = new HashSet<>(values.getFirst());
    values.forEach(common::retainAll);
    return values.stream()
        .map(
            parts ->
                parts.stream()
                    .filter(part -> parts.size() == 1 || !common.contains(part))
                    .collect(Collectors.joining(" ")))
        .map(text -> text.isEmpty() ? "-" : text)
        .toList();
  }

  /// The throughput of each point in each run, with its marks.
  static Table figures(SideBySide runs, List<PointRows> points) {
    return new Table(
        titles(Stream.of(Column.STRATEGY.title(), Column.N.title()), runs.runs()),
        points.stream()
            .map(
                point ->
                    line(
                        Stream.of(point.strategy(), Integer.toString(point.parallelism())),
                        point.rows().stream().map(SeveralTables::figure)))
            .toList());
  }

  private static String figure(Optional<Row> row) {
    return row.map(
            figures ->
                Stream.of(Column.THROUGHPUT, Column.MEAN, Column.NOTES)
                    .map(figures::cell)
                    .filter(cell -> !cell.isEmpty())
                    .collect(Collectors.joining(" ")))
        .orElse("");
  }

  /// The ratios of each run's rates to those of the first, with adjusted intervals; no columns for
  /// runs without.
  static Table ratios(SideBySide runs, List<PointRows> points) {
    List<Relation> compared =
        runs.relations().stream().filter(relation -> relation.comparison() != null).toList();
    List<List<String>> rows = new ArrayList<>();
    for (PointRows point : points) {
      List<String> cells =
          compared.stream()
              .map(relation -> relation.change(point.strategy(), point.parallelism()))
              .map(change -> change.map(SeveralTables::ratio).orElse(""))
              .toList();
      if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
        rows.add(
            line(
                Stream.of(point.strategy(), Integer.toString(point.parallelism())),
                cells.stream()));
      }
    }
    return new Table(
        titles(
            Stream.of("over " + runs.first().name(), Column.N.title()),
            compared.stream().map(Relation::run).toList()),
        rows);
  }

  /// `1.30x [1.20, 1.41] faster`, empty where it is unknown.
  static String ratio(PointChange change) {
    Estimate ratio = change.ratio();
    Interval adjusted = change.adjusted();
    if (ratio == null || adjusted == null) {
      return "";
    }
    return Quantities.ratio(ratio.value())
        + " "
        + Quantities.ends(adjusted)
        + switch (change.change()) {
          case FASTER -> " faster";
          case SLOWER -> " slower";
          case INDISTINGUISHABLE, UNKNOWN -> "";
        };
  }

  private static List<String> titles(Stream<String> keys, List<NamedRun> runs) {
    return line(keys, runs.stream().map(NamedRun::name));
  }

  private static List<String> line(Stream<String> keys, Stream<String> cells) {
    return Stream.concat(keys, cells).toList();
  }
}
