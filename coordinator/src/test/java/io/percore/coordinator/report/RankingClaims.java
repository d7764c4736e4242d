package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.report.chart.RankedBars;
import io.percore.coordinator.report.chart.RankedBars.Bar;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/// Reads back what stands at the ranking: its caption, what is beside its bars, and its read-outs.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class RankingClaims {
  private static final int MOST_LISTED = 6;
  private static final String DOES = "{ratio:r}{ends:i}";

  private final Facts facts;
  private final Grammar captions;
  private final Grammar places;
  private final Grammar readings;
  private RankedBars figure;
  private int n;

  /// Of whom the caption says that they cannot be told from the fastest, and how many it leaves
  /// out.
  private final Set<String> equal = new HashSet<>();

  private final Set<String> open = new HashSet<>();
  private int unlisted;
  private String fastest = "";

  /// Whose bar or read-out is read.
  private PointSummary point;

  RankingClaims(Facts facts, Map<String, Integer> reached) {
    List<String> names = facts.names().stream().map(PlainText::printable).toList();
    this.facts = facts;
    this.captions = new Grammar("ranking, caption", names, reached);
    this.places = new Grammar("ranking, place", names, reached);
    this.readings = new Grammar("ranking, reading", names, reached);
    marks();
    standings();
    figures();
    comparisons();
  }

  void read() {
    RankingPanel.of(facts.report())
        .ifPresentOrElse(
            this::read,
            () -> {
              assertThat(compared()).isEmpty();
              assertThat(atTheLargest()).hasSizeLessThanOrEqualTo(1).allMatch(p -> p.forks() == 1);
            });
  }

  /// The points with figures at the largest size with a processor for each thread, or else at the
  /// smallest.
  private List<PointSummary> atTheLargest() {
    IntStream sizes = facts.measured().stream().mapToInt(PointSummary::parallelism);
    int least = sizes.min().orElse(1);
    int largest =
        facts.measured().stream()
            .mapToInt(PointSummary::parallelism)
            .filter(size -> size <= facts.processors())
            .max()
            .orElse(least);
    return facts.measured().stream().filter(p -> p.parallelism() == largest).toList();
  }

  private void read(Panel panel) {
    figure = (RankedBars) panel.figure();
    n = Integer.parseInt(plain(figure.title()).replace("Fastest first, at N = ", ""));
    List<Bar> bars = figure.bars();
    assertThat(bars).isSortedAccordingTo(Comparator.comparingDouble(Bar::value).reversed());
    assertThat(bars.stream().map(Bar::name).distinct()).hasSameSizeAs(bars);
    facts.measured().stream()
        .filter(p -> p.parallelism() == n)
        .forEach(
            p ->
                assertThat(bars).extracting(Bar::name).contains(PlainText.printable(p.strategy())));
    captions.readAll(plain(figure.caption()));
    List<Stop> stops = panel.readOut().stops();
    assertThat(stops).extracting(Stop::label).isEqualTo(bars.stream().map(Bar::name).toList());
    List<String> said = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      point = pointOf(bars.get(i));
      read(bars.get(i));
      List<String> lines = stops.get(i).rows().stream().map(ReadOut.Row::text).toList();
      lines.forEach(line -> readings.read(plain(line)));
      said.add(stops.get(i).label() + ": " + String.join("; ", lines));
    }
    assertThat(figure.description()).isEqualTo(String.join(". ", said) + ".");
    assertThat(bars).extracting(Bar::reading).isEqualTo(said);
    everyComparisonIsTold();
  }

  private static String plain(String text) {
    return ChartClaims.plain(text);
  }

  private PointSummary pointOf(Bar bar) {
    String name = plain(bar.name());
    int comma = name.lastIndexOf(", N = ");
    return comma < 0
        ? facts.point(name, n)
        : facts.point(name.substring(0, comma), Integer.parseInt(name.substring(comma + 6)));
  }

  private void read(Bar bar) {
    assertThat(bar.value()).isEqualTo(point.throughputMedian());
    assertThat(bar.interval()).isEqualTo(Objects.requireNonNull(point.throughputMean()).interval());
    String text = plain(bar.figure());
    String sign = equal.contains(bar.name()) ? " ≈" : open.contains(bar.name()) ? " ?" : "";
    if (unlisted == 0) {
      assertThat(text.replaceAll("[^≈?]", "")).isEqualTo(sign.strip());
    }
    String figures = text.replaceAll(" [≈?]$", "");
    int ends = figures.indexOf(" [");
    Shown.is(ends < 0 ? figures : figures.substring(0, ends), bar.value());
    Shown.ends(ends < 0 ? "" : figures.substring(ends), bar.interval());
    if (bar.value() > 0) {
      assertThat(bar.singles()).isEqualTo(point.forkThroughputs());
    }
    assertThat(bar.levels()).hasSize(point.modes());
    assertThat(bar.pale()).isEqualTo(!compared().isEmpty() && !takesPart());
  }

  private List<Comparison> compared() {
    return facts.report().summary().comparisons();
  }

  private boolean takesPart() {
    return compared().stream()
        .filter(c -> c.parallelism() == point.parallelism())
        .anyMatch(
            c -> c.strategy().equals(point.strategy()) || c.reference().equals(point.strategy()));
  }

  private void marks() {
    captions
        .form("Bars: one fork.", _ -> assertThat(most()).isEqualTo(1))
        .form(
            "Bars: median of {count:k} fork{s:s}.",
            c -> {
              Shown.is(c.text("k"), most());
              Shown.is(c.text("k"), least());
              Grammar.plural(c.text("s"), most());
            })
        .form(
            "Bars: median of {int:least} to {int:most} forks.",
            c -> {
              assertThat(c.number("least")).isEqualTo(least());
              assertThat(c.number("most")).isEqualTo(most()).isGreaterThan(least());
            })
        .form(
            "Whiskers and bands: 95 % interval of the mean.",
            _ -> assertThat(figure.bars()).anyMatch(bar -> bar.interval() != null))
        .form(
            "No intervals: each needs two forks.",
            _ -> assertThat(figure.bars()).allMatch(bar -> bar.interval() == null))
        .form(
            "A whisker without a cap goes on beyond the frame.",
            _ ->
                assertThat(figure.bars())
                    .anyMatch(
                        bar ->
                            bar.interval() != null
                                && (bar.interval().low() < 0
                                    || bar.interval().high() > figure.values().scale().max())))
        .form(
            "Dots: forks, beside their median, an upright line{rest:speeds}.", c -> forks(c, false))
        .form(
            "At the right: forks, as thick as they are many, beside their median, an upright"
                + " line{rest:speeds}.",
            c -> forks(c, true))
        .form(
            "Pale: takes no part in the comparison.",
            _ -> assertThat(figure.bars()).anyMatch(Bar::pale));
  }

  private void forks(Claim c, boolean many) {
    assertThat(figure.relative()).isNotNull();
    assertThat(most() > RankedBars.MOST_DOTS).isEqualTo(many);
    assertThat(c.text("speeds"))
        .isEqualTo(
            figure.bars().stream().anyMatch(bar -> pointOf(bar).modes() > 1)
                ? ", or those of several speeds"
                : "");
  }

  private int most() {
    return figure.bars().stream().mapToInt(bar -> pointOf(bar).forks()).max().orElse(0);
  }

  private int least() {
    return figure.bars().stream().mapToInt(bar -> pointOf(bar).forks()).min().orElse(0);
  }

  private void standings() {
    captions
        .form(
            "{name:a} does the most work of the {int:k} compared.",
            c -> {
              fastest(c);
              assertThat(compared()).allMatch(o -> o.ratio().interval().high() < 1);
            })
        .form("{name:a} has the highest median of the {int:k} compared.", this::fastest)
        .form("Indistinguishable from it (≈): {places:list}, and {int:more} more.", this::equals)
        .form("Indistinguishable from it (≈): {places:list}.", this::equals)
        .form(
            "In no settled order with it (?): {places:list}, and {int:more} more.", this::unsettled)
        .form("In no settled order with it (?): {places:list}.", this::unsettled);
    places.form("{name:a} " + DOES, this::place);
  }

  private void fastest(Claim c) {
    fastest = c.text("a");
    assertThat(compared()).hasSize(c.number("k") - 1);
    compared()
        .forEach(
            o -> {
              assertThat(PlainText.printable(o.reference())).isEqualTo(fastest);
              assertThat(facts.median(o.strategy(), n))
                  .isLessThanOrEqualTo(facts.median(o.reference(), n));
            });
  }

  private void equals(Claim c) {
    list(c, equal);
    compared().stream()
        .filter(o -> equal.contains(PlainText.printable(o.strategy())))
        .forEach(RankingClaims::isSame);
  }

  private static void isSame(Comparison c) {
    assertThat(c.ratio().interval()).isNotNull();
    assertThat(c.ratio().interval().low()).isLessThanOrEqualTo(1.005);
    assertThat(c.ratio().interval().high()).isGreaterThanOrEqualTo(0.9995 - 1e-12);
  }

  private void unsettled(Claim c) {
    list(c, open);
    compared().stream()
        .filter(o -> open.contains(PlainText.printable(o.strategy())))
        .forEach(this::isOpen);
  }

  private void isOpen(Comparison c) {
    if (c.ratio().interval() != null) {
      assertThat(c.ratio().interval().low() > 1 || c.ratio().interval().high() < 1).isTrue();
      assertThat(
              c.ratio().interval().low() > 1
                  || facts.median(c.strategy(), n) > facts.median(c.reference(), n))
          .isTrue();
    }
  }

  private void list(Claim c, Set<String> names) {
    String left = c.text("list");
    while (!left.isEmpty()) {
      String name = nameAtTheBeginningOf(left);
      int end = name.length() + VerdictClaims.next(left.substring(name.length()));
      places.read(left.substring(0, end));
      names.add(name);
      left = left.length() == end ? "" : left.substring(end + 2);
    }
    if (c.parts().namedGroups().containsKey("more")) {
      assertThat(names).hasSize(MOST_LISTED);
      assertThat(c.number("more")).isPositive();
      unlisted += c.number("more");
    }
  }

  private String nameAtTheBeginningOf(String list) {
    return compared().stream()
        .map(other -> PlainText.printable(other.strategy()))
        .filter(name -> list.startsWith(name + " "))
        .max(Comparator.comparingInt(String::length))
        .orElseThrow(() -> new AssertionError("who is compared in " + list));
  }

  private void place(Claim c) {
    Comparison comparison = comparison(c.text("a"));
    Facts.ratio(c.text("r"), c.text("i"), comparison.ratio());
  }

  private Comparison comparison(String name) {
    return compared().stream()
        .filter(c -> PlainText.printable(c.strategy()).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not compared"));
  }

  /// Who is in no list does less, and shows that.
  private void everyComparisonIsTold() {
    if (!compared().isEmpty()) {
      assertThat(fastest).isNotEmpty();
    }
    long left =
        compared().stream()
            .filter(c -> !equal.contains(PlainText.printable(c.strategy())))
            .filter(c -> !open.contains(PlainText.printable(c.strategy())))
            .filter(
                c ->
                    c.ratio().interval() == null
                        || Quantities.rounded(c.ratio().interval().high()) >= 1)
            .count();
    assertThat(left).as("neither less nor listed").isLessThanOrEqualTo(unlisted);
  }

  private void figures() {
    readings
        .form(
            "{rate:m}, one fork",
            c -> {
              assertThat(point.forks()).isEqualTo(1);
              Shown.is(c.text("m"), point.throughputMedian());
            })
        .form(
            "median {rate:m} of {count:k} forks",
            c -> {
              Shown.is(c.text("m"), point.throughputMedian());
              Shown.is(c.text("k"), point.forks());
              assertThat(point.forks()).isGreaterThan(1);
            })
        .form(
            "mean {rate:m}{ends:i}",
            c -> {
              Estimate mean = Objects.requireNonNull(point.throughputMean());
              Shown.is(c.text("m"), mean.value());
              Shown.ends(c.text("i"), mean.interval());
              assertThat(c.text("i")).isNotEmpty();
            })
        .form("{int:k} speeds: {rest:list}", this::speeds)
        .form(
            "forks from {rate:a} to {rate:b}",
            c -> {
              assertThat(point.forks()).isGreaterThan(RankedBars.MOST_DOTS);
              Shown.is(c.text("a"), sorted().getFirst());
              Shown.is(c.text("b"), sorted().getLast());
            })
        .form(
            "forks {rest:list} ops/s",
            c -> {
              List<String> each = List.of(c.text("list").split(", "));
              assertThat(each).hasSameSizeAs(sorted());
              for (int i = 0; i < each.size(); i++) {
                Shown.is(each.get(i), sorted().get(i));
              }
            });
  }

  private List<Double> sorted() {
    return point.forkThroughputs().stream().sorted().toList();
  }

  /// Each group lies apart from the next, and its median within it.
  private void speeds(Claim c) {
    List<String> each = List.of(c.text("list").split(", "));
    assertThat(c.number("k")).isEqualTo(point.modes()).isEqualTo(each.size()).isGreaterThan(1);
    int forks = 0;
    for (String speed : each) {
      assertThat(speed).matches("\\d+ forks at .* ops/s");
      int of = Integer.parseInt(speed.substring(0, speed.indexOf(' ')));
      double at = Shown.value(speed.substring(speed.indexOf(" at ") + 4));
      assertThat(sorted().stream().filter(r -> Math.abs(r / at - 1) < 0.5).count())
          .isGreaterThanOrEqualTo(of);
      forks += of;
    }
    assertThat(forks).isLessThanOrEqualTo(point.forks());
  }

  private void comparisons() {
    readings
        .form(
            "highest median of the {int:k} compared",
            c -> {
              assertThat(compared()).hasSize(c.number("k") - 1);
              assertThat(PlainText.printable(point.strategy())).isEqualTo(fastest);
            })
        .form(
            DOES + " the work of {name:b}",
            c -> {
              Comparison truth = beside(c);
              Facts.less(
                  truth.ratio(),
                  c.text("i"),
                  point.throughputMedian(),
                  facts.median(truth.reference(), n));
            })
        .form("indistinguishable from {name:b}: " + DOES, c -> isSame(beside(c)))
        .form("in no settled order with {name:b}: " + DOES, c -> isOpen(beside(c)))
        .form(
            "takes no part in the comparison",
            _ -> {
              assertThat(compared()).isNotEmpty();
              assertThat(takesPart()).isFalse();
            });
  }

  private Comparison beside(Claim c) {
    Comparison truth = comparison(PlainText.printable(point.strategy()));
    assertThat(c.text("b")).isEqualTo(fastest);
    Facts.ratio(c.text("r"), c.text("i"), truth.ratio());
    return truth;
  }
}
