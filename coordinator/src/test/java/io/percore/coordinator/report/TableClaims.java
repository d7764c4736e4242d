package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// Reads the tables back, on a terminal and in Markdown: every cell is the figure of its point, and
/// both tables are the same.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class TableClaims {
  private final Facts facts;
  private final Grammar lost;
  private final Grammar forks;
  private PointSummary point;

  TableClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.point = facts.points().getFirst();
    this.lost = new Grammar("table, lost", List.of(), reached);
    this.forks = new Grammar("table, forks", List.of(), reached);
    lost.form("", _ -> assertThat(point.lostUpdates() == null && point.netError() == null).isTrue())
        .form("0", _ -> assertThat(Facts.exact(point)).isTrue())
        .form("net {count:q}", c -> Shown.is(c.text("q"), point.netError()))
        .form("{count:q} ({percent:p})", this::share);
    forks
        .form("{int:k}", c -> assertThat(forks(c)).isZero())
        .form("{int:k} +{int:again}", c -> assertThat(forks(c)).isEqualTo(c.number("again")));
  }

  private void share(Claim c) {
    Shown.is(c.text("q"), point.lostUpdates());
    Shown.is(c.text("p"), (double) point.lostUpdates() / point.expectedUpdates());
  }

  private int forks(Claim c) {
    assertThat(c.number("k")).isEqualTo(point.forks());
    return point.invalidated() + point.failed();
  }

  void read(String markdown, String console) {
    List<List<String>> rows =
        markdown.lines().filter(line -> line.startsWith("| ")).map(TableClaims::cells).toList();
    List<String> titles = rows.getFirst();
    assertThat(rows).hasSize(facts.points().size() + 2);
    List<String> lines = console.lines().toList();
    for (int i = 0; i < facts.points().size(); i++) {
      Map<String, String> row = new HashMap<>();
      List<String> cells = rows.get(i + 2);
      for (int column = 0; column < titles.size(); column++) {
        row.put(titles.get(column), cells.get(column));
      }
      point = facts.points().get(i);
      row(row);
      assertThat(Arrays.asList(lines.get(i + 1).strip().split(" {2,}", -1)))
          .isEqualTo(cells.stream().filter(cell -> !cell.isEmpty()).toList());
    }
  }

  /// The cells of a line, without the signs that keep Markdown from acting.
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        cell.append(line.charAt(++i));
      } else if (c == '|') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    return cells;
  }

  private void row(Map<String, String> row) {
    assertThat(row.get("strategy")).isEqualTo(PlainText.printable(point.strategy()).strip());
    assertThat(row.get("N")).isEqualTo(String.valueOf(point.parallelism()));
    assertThat(row.get("layout")).isEqualTo(point.point().program().layout().toString());
    is(row.get("ops/s"), point.throughputMedian());
    Estimate mean = point.throughputMean();
    ends(row.get("95 % CI of mean"), mean == null ? null : mean.interval());
    is(row.get("ns/op"), point.nanosPerOperation());
    Estimate speedup = point.speedup();
    String cell = Objects.requireNonNullElse(row.get("speedup [95 % CI]"), "");
    is(cell.split(" ", 2)[0], speedup == null ? null : Double.valueOf(speedup.value()));
    ends(
        cell.contains(" ") ? cell.split(" ", 2)[1] : "",
        speedup == null ? null : speedup.interval());
    Estimate efficiency = point.efficiency();
    is(row.get("efficiency"), efficiency == null ? null : Double.valueOf(efficiency.value()));
    Estimate sequential = point.speedupOverSequential();
    is(row.get("x sequential"), sequential == null ? null : Double.valueOf(sequential.value()));
    lost.read(Objects.requireNonNullElse(row.get("lost"), ""));
    forks.read(Objects.requireNonNullElse(row.get("forks"), ""));
    signs(Objects.requireNonNullElse(row.get("notes"), ""));
  }

  private static void is(@Nullable String cell, @Nullable Double truth) {
    String text = cell == null ? "" : cell;
    assertThat(text.isEmpty()).isEqualTo(truth == null);
    if (truth != null) {
      Shown.is(text, truth);
    }
  }

  private static void ends(@Nullable String cell, @Nullable Interval interval) {
    Shown.ends(cell == null ? "" : cell, interval);
  }

  private void signs(String notes) {
    sign(notes, '!', !point.defects().isEmpty());
    sign(notes, '~', !point.exactRequired());
    sign(notes, 'u', point.forks() > 0 && !point.pinned());
    sign(notes, 'o', point.parallelism() > facts.processors());
    sign(notes, 'm', point.missing() > 0);
    sign(notes, 'd', point.disturbed() > 0);
    sign(notes, 'r', point.invalidated() + point.failed() > 0);
    sign(notes, '=', point.exactByConstruction());
    sign(notes, 'x', !point.referenceCount());
  }

  private void sign(String notes, char sign, boolean expected) {
    assertThat(notes.indexOf(sign) >= 0)
        .as("mark %s of %s", sign, point.strategy())
        .isEqualTo(expected);
  }
}
