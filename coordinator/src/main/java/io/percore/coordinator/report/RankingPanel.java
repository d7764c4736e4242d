package io.percore.coordinator.report;

import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.Ranking.Place;
import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.RankedBars;
import io.percore.coordinator.report.chart.RankedBars.Bar;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.Modes.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which strategy does most at the size at which they are compared, and how far apart the forks are
/// that say so.
final class RankingPanel {
  /// An interval that reaches further than this beyond all medians is cut off: one wild interval
  /// must not shorten all bars.
  private static final double REACH = 1.5;

  private static final double HEADROOM = 0.04;

  /// The axis of the forks spans at least this: what is alike must not look scattered.
  private static final double LEAST = 0.02;

  /// Forks above twice their median are drawn at the edge.
  private static final double MOST = 1;

  private RankingPanel() {}

  static Optional<Panel> of(RunReport report) {
    return Ranking.of(report)
        .filter(
            ranking ->
                ranking.places().size() > 1 || ranking.places().getFirst().point().forks() > 1)
        .map(ranking -> panel(report, ranking));
  }

  private static Panel panel(RunReport report, Ranking ranking) {
    RankingWords words = new RankingWords(ranking, report.summary());
    List<View> views = new ArrayList<>();
    for (Size size : Panel.SIZES) {
      views.add(new View(null, size, figure(ranking, words, size)));
    }
    List<Stop> stops =
        ranking.places().stream()
            .map(
                place ->
                    new Stop(
                        words.name(place),
                        words.lines(place).stream().map(line -> new Row(-1, line)).toList()))
            .toList();
    return new Panel(Panel.Place.WIDE, views, new ReadOut("strategies", List.of(), stops));
  }

  private static RankedBars figure(Ranking ranking, RankingWords words, Size size) {
    List<Bar> bars = ranking.places().stream().map(place -> bar(ranking, words, place)).toList();
    Axis values = values(bars, size);
    Axis relative = relative(bars, size);
    boolean cutOff =
        bars.stream()
            .map(Bar::interval)
            .flatMap(Stream::ofNullable)
            .anyMatch(i -> i.low() < values.scale().min() || i.high() > values.scale().max());
    return new RankedBars(
        "ranking-" + size.name().toLowerCase(Locale.ROOT),
        words.title(),
        words.caption(cutOff, relative != null),
        bars.stream().map(Bar::reading).collect(Collectors.joining(". ", "", ".")),
        values,
        relative,
        bars,
        size);
  }

  private static Bar bar(Ranking ranking, RankingWords words, Place place) {
    List<Double> forks = place.median() > 0 ? place.point().forkThroughputs() : List.of();
    List<Double> levels =
        place.point().modes() > 1
            ? RankingWords.modes(place.point()).stream().map(Mode::median).toList()
            : List.of(place.median());
    return new Bar(
        words.name(place),
        place.curve().style(),
        !ranking.comparisons().isEmpty() && !ranking.compares(place),
        place.median(),
        RankingWords.mean(place).interval(),
        words.figure(place),
        forks,
        levels,
        words.name(place) + ": " + String.join("; ", words.lines(place)));
  }

  private static Axis values(List<Bar> bars, Size size) {
    double high = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    double reach =
        bars.stream()
            .map(Bar::interval)
            .flatMap(Stream::ofNullable)
            .mapToDouble(Interval::high)
            .map(end -> Math.min(end, high * REACH))
            .max()
            .orElse(high);
    double top = Math.max(Math.max(high, reach) * (1 + HEADROOM), Double.MIN_NORMAL);
    Scale scale = new Scale.Linear(0, top);
    return new Axis(
        ChartKind.THROUGHPUT.axis(),
        scale,
        scale.ticks(size == Size.WIDE ? 5 : 4).stream()
            .map(value -> new Tick(value, ChartKind.THROUGHPUT.tick(value)))
            .toList());
  }

  /// Nothing where each bar has one fork: that is its median.
  private static @Nullable Axis relative(List<Bar> bars, Size size) {
    if (bars.stream().allMatch(bar -> bar.singles().size() < 2)) {
      return null;
    }
    double[] off =
        bars.stream()
            .flatMapToDouble(bar -> bar.singles().stream().mapToDouble(v -> v / bar.value() - 1))
            .map(v -> Math.min(v, MOST))
            .toArray();
    double low = Math.min(DoubleStream.of(off).min().orElse(0), -LEAST / 2);
    double high = Math.max(DoubleStream.of(off).max().orElse(0), LEAST / 2);
    double room = HEADROOM * (high - low);
    Scale scale = new Scale.Linear(low - room, high + room);
    return new Axis(
        "forks, beside their median",
        scale,
        scale.ticks(size == Size.WIDE ? 5 : 4).stream()
            .map(value -> new Tick(value, share(value)))
            .toList());
  }

  private static String share(double value) {
    // Sums of steps are 0 up to their last bit.
    double shown = Math.abs(value) < 1e-9 ? 0 : value;
    String text = Typography.withoutTrailingZeros(Quantities.percent(shown));
    return Typography.of((shown > 0 ? "+" : "") + text);
  }
}
