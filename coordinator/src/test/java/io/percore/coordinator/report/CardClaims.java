package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;

/// Reads the card of a strategy back: its figures, and what it says of the shape of the curve.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class CardClaims {
  private final Facts facts;
  private final Grammar figures;
  private final Grammar shape;
  private String name = "";
  private PointSummary shown;

  CardClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.figures = new Grammar("card", facts.names(), reached);
    this.shape = new Grammar("card, shape", facts.names(), reached);
    this.shown = facts.points().getFirst();
    figures();
    troubles();
    shapes();
  }

  /// @param strategy its name
  /// @param lines of figures
  /// @param sentence of the shape
  void read(String strategy, List<String> lines, String sentence) {
    name = strategy;
    int compared =
        facts.report().summary().comparisons().isEmpty()
            ? Integer.MAX_VALUE
            : facts.report().summary().comparisons().getFirst().parallelism();
    List<PointSummary> candidates =
        facts.curve(name).stream()
            .filter(p -> p.forks() > 0 && p.parallelism() <= compared)
            .toList();
    if (!candidates.isEmpty()) {
      shown = candidates.getLast();
    }
    assertThat(lines.equals(List.of("no figure"))).isEqualTo(candidates.isEmpty());
    lines.forEach(figures::read);
    shape.readAll(sentence);
  }

  private void figures() {
    figures
        .form("no figure", _ -> {})
        .form("{rate:r}", c -> Shown.is(c.text("r"), rate()))
        .form("{ratio:r}{ends:i}", c -> estimate(c, own()))
        .form("{ratio:r} sequential{ends:i}", c -> estimate(c, sequential()))
        .form("the sequential base, at N = {int:n}", this::base)
        .form("measured at N = {int:n}", this::size)
        .form("of its own N = 1, at N = {int:n}", this::size);
  }

  private static void estimate(Claim c, Estimate truth) {
    Shown.is(c.text("r"), truth.value());
    assertThat(c.text("i")).isNotEqualTo(" (no interval)");
    Shown.ends(c.text("i"), truth.interval());
  }

  private double rate() {
    return Objects.requireNonNull(shown.throughputMedian());
  }

  private Estimate own() {
    return Objects.requireNonNull(shown.speedup());
  }

  private Estimate sequential() {
    return Objects.requireNonNull(shown.speedupOverSequential());
  }

  private void size(Claim c) {
    assertThat(c.number("n")).isEqualTo(shown.parallelism());
  }

  private void base(Claim c) {
    size(c);
    assertThat(facts.curve(name)).allMatch(p -> p.point().program().discipline().equals("plain"));
  }

  private PointSummary at(Claim c) {
    return facts.point(name, c.number("n"));
  }

  private void troubles() {
    shape
        .form("Failed verification at N = {int:n}.", c -> assertThat(at(c).defects()).isNotEmpty())
        .form(
            "Not measured at N = {int:n}.",
            c -> assertThat(at(c)).matches(p -> p.forks() == 0 && p.missing() > 0))
        .form(
            "Lacks {count:k} fork{s:s} at N = {int:n}.",
            c -> {
              Shown.is(c.text("k"), at(c).missing());
              Grammar.plural(c.text("s"), at(c).missing());
              assertThat(at(c).forks()).isPositive();
            })
        .form(
            "Loses {percent:p} of its updates at N = {int:n}.",
            c -> Shown.is(c.text("p"), (double) at(c).lostUpdates() / at(c).expectedUpdates()))
        .form("Counts wrongly at N = {int:n}.", c -> assertThat(Facts.exact(at(c))).isFalse());
  }

  private void shapes() {
    shape
        .form(
            "At N = {int:n} indistinguishable from N = 1, at ±{percent:reach}.",
            c -> Facts.same(Objects.requireNonNull(largest(c).speedup()), c.text("reach")))
        .form("Retrograde at N = {int:n}.", c -> retrograde(c, ends(asShown(c))))
        .form(
            "Retrograde at N = {int:n}: {ratio:r}{ends:i}.",
            c -> {
              Facts.ratio(c.text("r"), c.text("i"), asOther(c));
              retrograde(c, c.text("i"));
            })
        .form(
            "Unsettled at N = {int:n}: {ratio:r}{ends:i}, and the medians say the opposite.",
            c -> {
              Estimate speedup = Objects.requireNonNull(largest(c).speedup());
              Facts.ratio(c.text("r"), c.text("i"), speedup);
              Facts.opposite(speedup, facts.median(name, c.number("n")), facts.median(name, 1));
            })
        .form(
            "Highest median at N = {int:best}; N = {int:n} reaches {percent:p} of it.",
            c -> {
              largest(c);
              assertThat(facts.median(name, c.number("best"))).isEqualTo(highest());
              assertThat(Shown.value(c.text("p"))).isLessThan(1);
              Shown.is(c.text("p"), facts.median(name, c.number("n")) / highest());
            });
  }

  /// The speedup of the largest size, which stands above already.
  private Estimate asShown(Claim c) {
    assertThat(largest(c)).isEqualTo(shown);
    return own();
  }

  /// That of a largest size that is not the one above.
  private Estimate asOther(Claim c) {
    assertThat(largest(c)).isNotEqualTo(shown);
    return Objects.requireNonNull(largest(c).speedup());
  }

  private static String ends(Estimate ratio) {
    return Quantities.ends(Objects.requireNonNull(ratio.interval()));
  }

  private void retrograde(Claim c, String ends) {
    Facts.less(
        Objects.requireNonNull(largest(c).speedup()),
        ends,
        facts.median(name, c.number("n")),
        facts.median(name, 1));
  }

  private double highest() {
    return facts.curve(name).stream()
        .filter(p -> p.throughputMedian() != null)
        .mapToDouble(p -> p.throughputMedian())
        .max()
        .orElseThrow();
  }

  /// Speaks of the largest N that has figures.
  private PointSummary largest(Claim c) {
    assertThat(facts.curve(name))
        .filteredOn(p -> p.forks() > 0)
        .allMatch(p -> p.parallelism() <= c.number("n"));
    return at(c);
  }
}
