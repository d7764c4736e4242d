package io.percore.coordinator.report;

import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Attempts.Attempt;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.report.chart.Strip;
import io.percore.coordinator.report.chart.Strip.Dot;
import io.percore.coordinator.report.chart.Strip.Level;
import io.percore.coordinator.report.chart.Strip.Link;
import io.percore.coordinator.report.chart.Strip.Range;
import io.percore.coordinator.report.chart.Strip.Standing;
import io.percore.coordinator.report.chart.Style;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every attempt in the order in which they ran, over the median of its own point: a drift of the
/// machine shows as a slope, and nothing that was not used is left out.
///
/// Up to [#MOST_SINGLE] attempts are drawn one by one, with the median of each block. Of more, as
/// many consecutive ones as it takes make a group, of which its range and its median are drawn, its
/// least and its largest trial, and every attempt that was not used or is kept with a reservation.
final class TrialStrip {
  static final int MOST_SINGLE = 400;
  static final int MOST_GROUPS = 200;

  /// The axis spans this at least, and that at most.
  private static final Scale.Linear LEAST = new Scale.Linear(0.95, 1.05);

  private static final Scale.Linear MOST = new Scale.Linear(0.5, 1.5);
  private static final double ROOM = 0.01;

  private final List<Attempt> attempts;
  private final List<ReadOut.Key> keys = new ArrayList<>();
  private final Map<Program, Integer> keyOf = new HashMap<>();
  private final boolean grouped;
  private final List<Range> ranges;
  private final List<Level> levels = new ArrayList<>();

  private TrialStrip(RunReport report, List<Attempt> attempts) {
    this.attempts = attempts;
    this.grouped = attempts.size() > MOST_SINGLE;
    keys(report);
    this.ranges = grouped ? groups() : blocks();
    ranges.forEach(range -> level(range).ifPresent(levels::add));
  }

  /// Nothing when no point has two trials to compare, or none that is used.
  static Optional<Panel> panel(RunReport report) {
    Attempts attempts = new Attempts(report);
    if (!attempts.comparable()) {
      return Optional.empty();
    }
    TrialStrip strip = new TrialStrip(report, attempts.all());
    return strip.levels.isEmpty() ? Optional.empty() : Optional.of(strip.panel());
  }

  private Panel panel() {
    List<View> views = new ArrayList<>();
    StripWords words = new StripWords(attempts, levels, grouped);
    Axis y = values();
    List<Dot> dots = dots();
    boolean beyond = attempts.stream().anyMatch(a -> outside(a, y.scale()));
    String caption = words.caption(beyond, (attempts.size() - 1) / MOST_GROUPS + 1);
    String description = words.description();
    for (Size size : Panel.SIZES) {
      Strip strip =
          new Strip(
              (PanelKind.TRIAL_STRIP.id() + "-" + size).toLowerCase(Locale.ROOT),
              "Trial strip",
              caption,
              description,
              order(size),
              y,
              "not used",
              keys,
              dots,
              levels,
              links(),
              stops(),
              size);
      views.add(new View(null, size, strip));
    }
    List<ReadOut.Stop> read =
        grouped
            ? ranges.stream().map(range -> words.stop(members(range), first(range), keyOf)).toList()
            : IntStream.range(0, attempts.size()).mapToObj(i -> words.stop(i, keyOf)).toList();
    return new Panel(Place.WIDE, views, new ReadOut("the attempts", keys, read));
  }

  /// A program that several strategies share looks like that of the first.
  private void keys(RunReport report) {
    Map<Program, Style> first = new HashMap<>();
    List<Curve> all = Curve.all(report.summary());
    for (Curve curve : all) {
      curve.points().forEach(point -> first.putIfAbsent(point.point().program(), curve.style()));
    }
    for (Curve curve : all) {
      List<Program> own =
          curve.points().stream()
              .map(PointSummary::point)
              .map(point -> point.program())
              .filter(program -> curve.style().equals(first.get(program)))
              .toList();
      if (!own.isEmpty()) {
        own.forEach(program -> keyOf.put(program, keys.size()));
        keys.add(new ReadOut.Key(PlainText.printable(curve.name()), curve.style()));
      }
    }
  }

  private List<Range> groups() {
    int each = Math.ceilDiv(attempts.size(), MOST_GROUPS);
    List<Range> groups = new ArrayList<>();
    for (int from = 0; from < attempts.size(); from += each) {
      groups.add(new Range(from + 1, Math.min(from + each, attempts.size())));
    }
    return groups;
  }

  private List<Range> blocks() {
    List<Range> blocks = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= attempts.size(); i++) {
      if (i == attempts.size() || block(i) != block(from)) {
        blocks.add(new Range(from + 1, i));
        from = i;
      }
    }
    return blocks;
  }

  private int block(int position) {
    return attempts.get(position).record().trial().block();
  }

  private static int first(Range range) {
    return (int) range.from() - 1;
  }

  private List<Attempt> members(Range range) {
    return attempts.subList(first(range), (int) range.to());
  }

  /// Of the attempts that count; nothing when none does.
  private Optional<Level> level(Range range) {
    double[] counted =
        members(range).stream()
            .filter(Attempt::counts)
            .map(Attempt::ofMedian)
            .flatMap(Stream::ofNullable)
            .mapToDouble(v -> v)
            .sorted()
            .toArray();
    if (counted.length == 0) {
      return Optional.empty();
    }
    int middle = counted.length / 2;
    double median =
        counted.length % 2 == 1 ? counted[middle] : (counted[middle - 1] + counted[middle]) / 2;
    return Optional.of(
        new Level(
            range,
            median,
            grouped ? counted[0] : median,
            grouped ? counted[counted.length - 1] : median));
  }

  private Axis order(Size size) {
    Scale scale = new Scale.Linear(0.5, attempts.size() + 0.5);
    List<Tick> ticks =
        scale.ticks(size == Size.WIDE ? 12 : 6).stream()
            .filter(value -> value >= 1 && value == Math.rint(value))
            .map(value -> new Tick(value, Quantities.grouped(value.longValue())))
            .toList();
    return new Axis("attempt, in the order in which they ran", scale, ticks);
  }

  private Axis values() {
    double[] values =
        attempts.stream()
            .map(Attempt::ofMedian)
            .flatMap(Stream::ofNullable)
            .mapToDouble(v -> v)
            .toArray();
    double low = Arrays.stream(values).min().orElse(1) - ROOM;
    double high = Arrays.stream(values).max().orElse(1) + ROOM;
    Scale scale =
        new Scale.Linear(
            Math.clamp(low, MOST.min(), LEAST.min()), Math.clamp(high, LEAST.max(), MOST.max()));
    List<Tick> ticks =
        scale.ticks(7).stream()
            .map(
                value ->
                    new Tick(
                        value,
                        Typography.of(Typography.withoutTrailingZeros(Quantities.percent(value)))))
            .toList();
    return new Axis("rate / median", scale, ticks);
  }

  private static boolean outside(Attempt attempt, Scale scale) {
    Double value = attempt.ofMedian();
    return value != null && (value < scale.min() || value > scale.max());
  }

  private List<Dot> dots() {
    List<Dot> dots = new ArrayList<>();
    if (!grouped) {
      for (int i = 0; i < attempts.size(); i++) {
        dots.add(dot(i));
      }
      return dots;
    }
    for (Range group : ranges) {
      int least = -1;
      int largest = -1;
      List<Integer> shown = new ArrayList<>();
      for (int i = first(group); i < group.to(); i++) {
        Attempt attempt = attempts.get(i);
        if (attempt.standing() != Standing.COUNTS) {
          shown.add(i);
        } else if (attempt.ofMedian() != null) {
          least = least < 0 || below(i, least) ? i : least;
          largest = largest < 0 || below(largest, i) ? i : largest;
        }
      }
      if (least >= 0) {
        shown.add(least);
      }
      if (largest >= 0 && largest != least) {
        shown.add(largest);
      }
      shown.stream().sorted().map(this::dot).forEach(dots::add);
    }
    return dots;
  }

  private boolean below(int one, int other) {
    Double a = attempts.get(one).ofMedian();
    Double b = attempts.get(other).ofMedian();
    return a != null && b != null && a < b;
  }

  private Dot dot(int position) {
    Attempt attempt = attempts.get(position);
    Double value = attempt.ofMedian();
    return new Dot(
        position + 1,
        value,
        keyOf.getOrDefault(attempt.program(), 0),
        attempt.standing(),
        value == null ? "" : Typography.of(Quantities.percent(value)),
        StripWords.tooltip(attempt));
  }

  /// Among thousands they could not be followed.
  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < attempts.size() && !grouped; i++) {
      Attempt attempt = attempts.get(i);
      if (attempt.replacement() >= 0) {
        links.add(new Link(i, attempt.replacement()));
      }
    }
    return links;
  }

  private List<Range> stops() {
    List<Range> single = new ArrayList<>();
    for (int i = 1; i <= attempts.size() && !grouped; i++) {
      single.add(new Range(i, i));
    }
    return grouped ? ranges : single;
  }
}
