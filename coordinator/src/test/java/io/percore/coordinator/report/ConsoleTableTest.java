package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTableTest {
  static Stream<RunReport> runs() {
    return Stream.of(
        Fixtures.defaultRun(),
        Fixtures.quickRun(),
        Fixtures.oneFork(),
        Fixtures.fixedWork(),
        Fixtures.pairs(),
        Fixtures.troubledRun(),
        Fixtures.sixteenCores(),
        Fixtures.hostileNames());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void fitsIntoEightyColumns(RunReport report) {
    assertThat(rows(ConsoleTable.render(report, 80, false)))
        .allMatch(line -> line.codePointCount(0, line.length()) <= 80);
  }

  static Stream<Arguments> runsAndWidths() {
    return runs()
        .flatMap(run -> IntStream.of(40, 47, 60, 80, 120).mapToObj(w -> Arguments.of(run, w)));
  }

  @ParameterizedTest
  @MethodSource("runsAndWidths")
  void noLineIsWiderThanTheTerminal(RunReport report, int width) {
    List<String> lines =
        ConsoleTable.render(report, width, false)
            .lines()
            .filter(line -> !line.contains(": expected "))
            .toList();
    assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= width);
    assertThat(lines).hasSizeGreaterThan(report.summary().points().size());
  }

  @Test
  void putsNamesOnLinesOfTheirOwnWhereTheyHaveNoRoomInTheRows() {
    assertThat(rows(ConsoleTable.render(Fixtures.defaultRun(), 40, false)))
        .startsWith(
            " N   ops/s      speedup [95 % CI]  notes",
            "gil  ███",
            " 1   615 M                  1.00x  =",
            " 2   599 M  0.978x [0.968, 0.988]",
            " 4   597 M  0.975x [0.967, 0.983]  uo");
  }

  @Test
  void saysWhatItDoesNotShow() {
    assertThat(note(40))
        .isEqualTo(
            "not shown in 40 columns: layout, 95 % CI of mean, ns/op, efficiency, x sequential,"
                + " lost, forks; report.html and summary.csv have them");
    assertThat(note(120))
        .isEqualTo(
            "not shown in 120 columns: layout, 95 % CI of mean, ns/op; report.html and summary.csv"
                + " have them");
    assertThat(ConsoleTable.render(Fixtures.defaultRun(), Integer.MAX_VALUE, false))
        .doesNotContain("not shown");
  }

  private static String note(int width) {
    return ConsoleTable.render(Fixtures.defaultRun(), width, false)
        .lines()
        .dropWhile(line -> !line.isEmpty())
        .skip(1)
        .takeWhile(line -> !line.startsWith("ops/s"))
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120, 140, 200})
  void isAlignedAtEveryWidth(int width) {
    List<String> rows = rows(ConsoleTable.render(Fixtures.defaultRun(), width, false));
    int speedup = rows.getFirst().indexOf("speedup [95 % CI]") + "speedup [95 % CI]".length();
    assertThat(rows.subList(1, rows.size()))
        .allMatch(row -> "x]".indexOf(row.charAt(speedup - 1)) >= 0)
        .allMatch(row -> row.startsWith("  ", speedup));
  }

  @Test
  void dropsColumnsInTheStatedOrder() {
    List<String> order =
        List.of("layout", "ns/op", "95 % CI of mean", "efficiency", "x sequential", "forks");
    Set<Integer> seen = new HashSet<>();
    for (int width = 80; width <= 160; width++) {
      String header = header(Fixtures.defaultRun(), width);
      List<String> kept = order.stream().filter(header::contains).toList();
      assertThat(kept).isEqualTo(order.subList(order.size() - kept.size(), order.size()));
      assertThat(header).contains("strategy", "N", "ops/s", "speedup [95 % CI]", "lost", "notes");
      seen.add(kept.size());
    }
    assertThat(seen).hasSizeGreaterThan(4).contains(0, 6);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void hasNoControlCharactersWithoutColour(RunReport report) {
    assertThat(ConsoleTable.render(report, 120, false).replace("\n", "").codePoints())
        .noneMatch(Character::isISOControl);
  }

  @Test
  void colourChangesNothingElse() {
    RunReport report = Fixtures.troubledRun();
    String colored = ConsoleTable.render(report, 160, true);
    assertThat(colored).contains("\u001b[31m");
    assertThat(colored.replaceAll("\u001b\\[[0-9]*m", ""))
        .isEqualTo(ConsoleTable.render(report, 160, false));
  }

  @Test
  void explainsTheMarksThatOccurAndNoOthers() {
    String quick = ConsoleTable.render(Fixtures.quickRun(), 160, false);
    assertThat(quick).contains("= exact by construction").doesNotContain("m forks are missing");
    assertThat(ConsoleTable.render(Fixtures.troubledRun(), 160, false))
        .contains("! a wrong count", "m forks are missing", "r attempts", "~ need not");
  }

  private static String header(RunReport report, int width) {
    return rows(ConsoleTable.render(report, width, false)).getFirst();
  }

  /// Header and rows, without the legend.
  private static List<String> rows(String table) {
    return table.lines().takeWhile(line -> !line.isEmpty()).toList();
  }
}
