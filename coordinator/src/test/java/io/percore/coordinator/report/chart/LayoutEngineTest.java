package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Chart.Zone;
import io.percore.coordinator.report.chart.ChartLayout.Label;
import io.percore.coordinator.report.chart.ChartLayout.PlacedPoint;
import io.percore.coordinator.report.chart.ChartLayout.PlacedTick;
import io.percore.coordinator.stats.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LayoutEngineTest {
  @Property(tries = 300)
  void labelsNeitherOverlapNorLeaveThePicture(@ForAll("charts") Chart chart) {
    ChartLayout layout = LayoutEngine.layout(chart);
    Box picture = new Box(0, 0, layout.width(), layout.height());
    List<Box> boxes =
        Stream.concat(
                layout.series().stream().map(ChartLayout.PlacedSeries::label),
                layout.references().stream().map(ChartLayout.PlacedReference::label))
            .map(Label::box)
            .toList();
    assertThat(boxes).hasSizeGreaterThanOrEqualTo(chart.series().size());
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(picture.holds(boxes.get(i))).as("%s in %s", boxes.get(i), picture).isTrue();
      assertThat(boxes.get(i).x()).isGreaterThan(layout.plot().right());
      for (int j = 0; j < i; j++) {
        assertThat(shrunk(boxes.get(i)).overlaps(shrunk(boxes.get(j))))
            .as("%s and %s", boxes.get(i), boxes.get(j))
            .isFalse();
      }
    }
  }

  @Property(tries = 200)
  void curvesAndLinesStayInThePlot(@ForAll("charts") Chart chart) {
    ChartLayout layout = LayoutEngine.layout(chart);
    Box plot = layout.plot();
    layout.series().stream()
        .flatMap(s -> s.points().stream())
        .forEach(
            p -> {
              assertThat(p.x()).isBetween(plot.x(), plot.right());
              assertThat(List.of(p.y(), p.low(), p.high()))
                  .allSatisfy(y -> assertThat(y).isBetween(plot.y(), plot.bottom()));
            });
    layout.references().stream()
        .flatMap(r -> r.line().stream())
        .forEach(p -> assertThat(p.y()).isBetween(plot.y() - 1e-6, plot.bottom() + 1e-6));
  }

  @Property(tries = 100)
  void tickLabelsDoNotOverlap(@ForAll("charts") Chart chart) {
    ChartLayout layout = LayoutEngine.layout(chart);
    List<PlacedTick> shown =
        layout.xTicks().stream()
            .filter(t -> !t.label().isEmpty())
            .sorted(Comparator.comparingDouble(PlacedTick::at))
            .toList();
    for (int i = 1; i < shown.size(); i++) {
      double left = shown.get(i - 1).at() + width(shown.get(i - 1)) / 2;
      assertThat(shown.get(i).at() - width(shown.get(i)) / 2).isGreaterThan(left);
    }
  }

  @Test
  void theMostImportantTicksKeepTheirLabels() {
    Chart chart = chart(List.of(series(0, List.of(1, 63, 64), 5)), Size.SMALL, true);
    assertThat(LayoutEngine.layout(chart).xTicks())
        .extracting(PlacedTick::label)
        .containsExactly("1", "64", "");
  }

  @Test
  void anIntervalReachesAsFarAsItsEndsAndNoneNowhere() {
    Series with =
        new Series("with", new Style(0), List.of(new Datum(1, 5, new Interval(4, 6), false, "")));
    Series without = new Series("without", new Style(1), List.of(new Datum(1, 5, null, false, "")));
    ChartLayout layout = LayoutEngine.layout(chart(List.of(with, without), Size.WIDE, false));
    PlacedPoint bar = layout.series().getFirst().points().getFirst();
    assertThat(bar.high()).isLessThan(bar.y());
    assertThat(bar.low()).isGreaterThan(bar.y());
    PlacedPoint none = layout.series().getLast().points().getFirst();
    assertThat(none.high()).isEqualTo(none.y());
    assertThat(none.low()).isEqualTo(none.y());
  }

  @Test
  void aLineThatLeavesThePlotEndsAtItsEdge() {
    Reference steep = new Reference(List.of(new Vertex(1, 1), new Vertex(64, 1000)), "steep");
    Chart chart = chart(List.of(series(0, List.of(1, 64), 5)), Size.WIDE, false);
    ChartLayout layout = LayoutEngine.layout(withReferences(chart, List.of(steep)));
    ChartLayout.Position end = layout.references().getFirst().line().getLast();
    assertThat(end.y()).isEqualTo(layout.plot().y());
    assertThat(end.x()).isLessThan(layout.plot().right());
  }

  @Test
  void aLineOutsideThePlotIsNotThere() {
    Reference high = new Reference(List.of(new Vertex(1, 900), new Vertex(64, 1000)), "high");
    Chart chart = chart(List.of(series(0, List.of(1, 64), 5)), Size.WIDE, false);
    assertThat(LayoutEngine.layout(withReferences(chart, List.of(high))).references()).isEmpty();
  }

  @Test
  void aZoneTakesTheLongestLabelThatFits() {
    List<Series> one = List.of(series(1, List.of(1, 64), 5));
    assertThat(LayoutEngine.layout(chart(one, Size.SMALL, true)).zones())
        .extracting(ChartLayout.PlacedZone::label)
        .containsExactly("", "oversub.");
    assertThat(LayoutEngine.layout(chart(one, Size.WIDE, true)).zones())
        .extracting(ChartLayout.PlacedZone::label)
        .containsExactly("SMT", "more threads than processors");
  }

  @Provide
  Arbitrary<Chart> charts() {
    Arbitrary<List<Double>> values =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 10).list().ofMinSize(1).ofMaxSize(14),
            // Many equal values are what makes labels collide.
            Arbitraries.of(0., 5., 10.).list().ofMinSize(1).ofMaxSize(14));
    Arbitrary<List<Integer>> sizes =
        Arbitraries.of(
            List.of(1), List.of(1, 2, 4), List.of(1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 64));
    return Combinators.combine(
            values, sizes, Arbitraries.of(Size.class), Arbitraries.of(true, false))
        .as(
            (ends, xs, size, logarithmic) ->
                chart(
                    IntStream.range(0, ends.size())
                        .mapToObj(i -> series(i, xs, ends.get(i)))
                        .toList(),
                    size,
                    logarithmic));
  }

  private static Series series(int index, List<Integer> xs, double end) {
    List<Datum> data = new ArrayList<>();
    for (int x : xs) {
      data.add(new Datum(x, end, new Interval(end - 1, end + 20), !data.isEmpty(), "reading"));
    }
    String name = index % 3 == 0 ? "a-name-beyond-all-measure-" + index : "sequential@Nx" + index;
    return new Series(name, new Style(index), data);
  }

  private static Chart chart(List<Series> series, Size size, boolean logarithmic) {
    List<Tick> ticks =
        series.stream()
            .flatMap(s -> s.data().stream())
            .map(Datum::x)
            .distinct()
            .sorted(Comparator.comparing((Double x) -> x != 1 && x != 64).thenComparing(x -> x))
            .map(x -> new Tick(x, Integer.toString(x.intValue())))
            .toList();
    return new Chart(
        "test",
        "Title",
        "A caption of some length that may have to be broken into more than one line of text.",
        "Description",
        new Axis("x", logarithmic ? new Scale.Logarithmic(1, 64) : new Scale.Linear(1, 64), ticks),
        new Axis("y", new Scale.Linear(0, 11), List.of(new Tick(5, "500 M"))),
        List.of(
            new Zone(16, 24, List.of("SMT siblings", "SMT")),
            new Zone(24, 64, List.of("more threads than processors", "oversub."))),
        List.of(new Reference(List.of(new Vertex(1, 1), new Vertex(64, 64)), "ideal")),
        series,
        size);
  }

  private static Chart withReferences(Chart chart, List<Reference> references) {
    return new Chart(
        chart.id(),
        chart.title(),
        chart.caption(),
        chart.description(),
        chart.x(),
        chart.y(),
        chart.zones(),
        references,
        chart.series(),
        chart.size());
  }

  /// Boxes that touch do not overlap, whatever the last bit says.
  private static Box shrunk(Box box) {
    return new Box(box.x(), box.y() + 1e-6, box.width(), box.height() - 2e-6);
  }

  private static double width(PlacedTick tick) {
    return TextWidth.of(tick.label(), ChartLayout.FONT, false);
  }
}
