package io.percore.coordinator.report;

import io.percore.coordinator.report.Ranking.Place;
import io.percore.coordinator.report.chart.RankedBars;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.Modes;
import io.percore.coordinator.stats.Modes.Mode;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stands at a ranking: what its marks mean, who cannot be told from the fastest, and the
/// figures of each strategy.
final class RankingWords {
  private static final int LISTED = 6;

  private final Ranking ranking;
  private final ScalingSummary summary;

  RankingWords(Ranking ranking, ScalingSummary summary) {
    this.ranking = ranking;
    this.summary = summary;
  }

  String title() {
    return Typography.of("Fastest first, at N = " + ranking.parallelism());
  }

  /// @param cutOff whether an interval does not end within the axis of the bars
  /// @param singles whether the forks are shown
  String caption(boolean cutOff, boolean singles) {
    return Typography.of(
        Stream.of(bars(), intervals(), cutOff ? whisker() : "", singles ? forks() : "", pale())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "))
            + standing());
  }

  private String bars() {
    IntSummaryStatistics forks =
        ranking.places().stream().mapToInt(place -> place.point().forks()).summaryStatistics();
    return forks.getMax() == 1
        ? "Bars: one fork."
        : "Bars: median of "
            + (forks.getMin() == forks.getMax()
                ? Quantities.plural(forks.getMax(), "fork")
                : forks.getMin() + " to " + forks.getMax() + " forks")
            + ".";
  }

  private String intervals() {
    boolean any = ranking.places().stream().anyMatch(place -> mean(place).interval() != null);
    return any
        ? "Whiskers and bands: 95 % interval of the mean."
        : "No intervals: each needs two forks.";
  }

  private static String whisker() {
    return "A whisker without a cap goes on beyond the frame.";
  }

  private String forks() {
    String each =
        ranking.places().stream().anyMatch(p -> p.point().forks() > RankedBars.MOST_DOTS)
            ? "At the right: forks, as thick as they are many"
            : "Dots: forks";
    return each
        + ", beside their median, an upright line"
        + (ranking.places().stream().anyMatch(place -> place.point().modes() > 1)
            ? ", or those of several speeds"
            : "")
        + ".";
  }

  private String pale() {
    return ranking.comparisons().isEmpty() || ranking.places().stream().allMatch(ranking::compares)
        ? ""
        : "Pale: takes no part in the comparison.";
  }

  /// Who is the fastest, and who may be.
  private String standing() {
    List<Comparison> all = ranking.comparisons();
    if (all.isEmpty()) {
      return "";
    }
    List<Comparison> same = all.stream().filter(c -> of(c) == Standing.SAME).toList();
    List<Comparison> open = all.stream().filter(this::isOpen).toList();
    boolean settled = same.isEmpty() && open.isEmpty();
    return " "
        + PlainText.printable(all.getFirst().reference())
        + (settled ? " does the most work of the " : " has the highest median of the ")
        + Headline.compared(all)
        + "."
        + list(" Indistinguishable from it (≈): ", same)
        + list(" In no settled order with it (?): ", open);
  }

  private static String list(String begin, List<Comparison> comparisons) {
    if (comparisons.isEmpty()) {
      return "";
    }
    int rest = comparisons.size() - LISTED;
    return comparisons.stream()
        .limit(LISTED)
        .map(c -> PlainText.printable(c.strategy()) + " " + figure(c))
        .collect(Collectors.joining(", ", begin, rest > 0 ? ", and " + rest + " more." : "."));
  }

  private static String figure(Comparison c) {
    return Quantities.ratio(c.ratio()) + Headline.withoutInterval(c.ratio());
  }

  private Standing of(Comparison comparison) {
    return Standing.of(comparison, summary);
  }

  private boolean isOpen(Comparison comparison) {
    return switch (of(comparison)) {
      case SAME, LESS -> false;
      case MORE, UNKNOWN, UNSETTLED -> true;
    };
  }

  /// A name with its size where that is another.
  String name(Place place) {
    int n = place.point().parallelism();
    return PlainText.printable(place.name())
        + (n == ranking.parallelism() ? "" : Typography.of(", N = " + n));
  }

  /// What stands beside the bar.
  String figure(Place place) {
    Comparison comparison = place.toFastest();
    String sign =
        comparison == null
            ? ""
            : of(comparison) == Standing.SAME ? " ≈" : isOpen(comparison) ? " ?" : "";
    return Typography.of(Quantities.count(place.median()) + ends(mean(place)) + sign);
  }

  /// All figures of a place, in lines.
  List<String> lines(Place place) {
    PointSummary point = place.point();
    List<String> lines = new ArrayList<>();
    if (point.forks() == 1) {
      lines.add(Quantities.rate(place.median()) + ", one fork");
    } else {
      lines.add(
          "median "
              + Quantities.rate(place.median())
              + " of "
              + Quantities.plural(point.forks(), "fork"));
      Estimate mean = mean(place);
      lines.add(
          "mean " + Quantities.rate(mean.value()) + ends(mean) + Headline.withoutInterval(mean));
    }
    lines.addAll(comparison(place));
    if (point.modes() > 1) {
      lines.add(speeds(point));
    }
    if (point.forks() > 1) {
      lines.add(singles(point));
    }
    return lines.stream().map(Typography::of).toList();
  }

  private List<String> comparison(Place place) {
    Comparison comparison = place.toFastest();
    if (ranking.comparisons().isEmpty()) {
      return List.of();
    }
    if (comparison == null) {
      return List.of(
          ranking.compares(place)
              ? "highest median of the " + Headline.compared(ranking.comparisons())
              : "takes no part in the comparison");
    }
    String reference = PlainText.printable(comparison.reference());
    String ratio = figure(comparison);
    return List.of(
        switch (of(comparison)) {
          case LESS -> ratio + " the work of " + reference;
          case SAME -> "indistinguishable from " + reference + ": " + ratio;
          case MORE, UNKNOWN, UNSETTLED -> "in no settled order with " + reference + ": " + ratio;
        });
  }

  private static String speeds(PointSummary point) {
    return point.modes()
        + " speeds: "
        + modes(point).stream()
            .map(
                mode ->
                    Quantities.plural(mode.forks(), "fork")
                        + " at "
                        + Quantities.rate(mode.median()))
            .collect(Collectors.joining(", "));
  }

  /// The groups of forks that are more than outliers.
  static List<Mode> modes(PointSummary point) {
    return Modes.of(point.forkThroughputs()).stream()
        .filter(mode -> mode.forks() >= Modes.SMALLEST)
        .toList();
  }

  private static String singles(PointSummary point) {
    List<Double> sorted = point.forkThroughputs().stream().sorted().toList();
    return sorted.size() > RankedBars.MOST_DOTS
        ? "forks from "
            + Quantities.rate(sorted.getFirst())
            + " to "
            + Quantities.rate(sorted.getLast())
        : sorted.stream()
            .map(rate -> Quantities.count(rate))
            .collect(Collectors.joining(", ", "forks ", " ops/s"));
  }

  static Estimate mean(Place place) {
    Estimate mean = place.point().throughputMean();
    return mean == null ? new Estimate(place.median(), null) : mean;
  }

  private static String ends(Estimate mean) {
    Interval interval = mean.interval();
    return interval == null ? "" : " " + Quantities.countEnds(interval);
  }
}
