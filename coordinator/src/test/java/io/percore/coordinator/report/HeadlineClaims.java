package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// Reads the sentence back that answers the question of a run.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class HeadlineClaims {
  private static final String DOES = "{name:a} does {ratio:r}{ends:i} the work of {name:b}";
  private static final String SAME =
      "{name:a} and {name:b} are indistinguishable at ±{percent:reach}";
  private static final String UNSETTLED =
      DOES + " by the mean of the paired logarithms, and the medians say the opposite";

  private final Facts facts;
  private final Grammar headline;
  private final Grammar clauses;
  private int n;

  HeadlineClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.headline = new Grammar("headline", facts.names(), reached);
    this.clauses = new Grammar("headline, clause", facts.names(), reached);
    attribution();
    ranking();
    alone();
  }

  /// Its forms.
  Grammar grammar() {
    return headline;
  }

  private void attribution() {
    clauses
        .form("not sharing is what pays: " + DOES, this::more)
        .form("not sharing costs: " + DOES, this::less)
        .form("no gain from not sharing is seen: " + SAME, this::same)
        .form("the gain from not sharing is not settled: " + UNSETTLED, this::unsettled)
        .form("separate processes add to that: " + DOES, this::more)
        .form("separate processes fall behind that: " + DOES, this::less)
        .form("separate processes show no difference: " + SAME, this::same)
        .form("what separate processes add is not settled: " + UNSETTLED, this::unsettled)
        .form(
            "what of that is not sharing and what is processes cannot be told without threads of"
                + " {rest:d} that share nothing",
            c ->
                assertThat(facts.measured())
                    .map(point -> point.point().program())
                    .filteredOn(program -> program.parallelism() == n)
                    .filteredOn(program -> program.discipline().equals(c.text("d")))
                    .noneMatch(program -> program.sharing() == Sharing.THREAD))
        .form(UNSETTLED, this::unsettled)
        .form(DOES, this::does)
        .form(SAME, this::same);
  }

  private void ranking() {
    clauses
        .form(
            "{name:a} does the most work of the {int:k} compared, {rate:rate} (median)",
            c -> {
              List<Comparison> compared = fastest(c);
              assertThat(compared).allMatch(o -> o.ratio().interval() != null);
              assertThat(compared).allMatch(o -> o.ratio().interval().high() < 1);
            })
        .form(
            "next, " + DOES,
            c -> {
              less(c);
              List<Comparison> compared = facts.report().summary().comparisons();
              double best = compared.stream().mapToDouble(o -> o.ratio().value()).max().orElse(0);
              assertThat(comparison(c).ratio().value()).isEqualTo(best);
            })
        .form(
            "{name:m} has the highest median of the {int:k} compared, {rate:rate} (median), but no"
                + " order is settled: "
                + UNSETTLED,
            c -> {
              unsettled(c);
              fastest(c);
            })
        .form(
            "{name:m} has the highest median of the {int:k} compared, {rate:rate} (median), but no"
                + " order is settled: "
                + DOES,
            c -> {
              assertThat(does(c).ratio().interval()).isNull();
              fastest(c);
            });
  }

  /// Nobody that is compared has a higher median.
  private List<Comparison> fastest(Claim c) {
    List<Comparison> compared = facts.report().summary().comparisons();
    String name = c.parts().group().contains("highest median") ? c.text("m") : c.text("a");
    assertThat(compared).hasSize(c.number("k") - 1);
    Shown.is(c.text("rate"), facts.median(name, n));
    compared.forEach(
        other ->
            assertThat(facts.median(other.strategy(), n))
                .isLessThanOrEqualTo(facts.median(name, n)));
    return compared;
  }

  private void alone() {
    headline
        .form("No trial has a usable result.", _ -> assertThat(facts.measured()).isEmpty())
        .form("{name:a} does {rate:rate} (median) at N = {int:n}.", this::only)
        .form(
            "{name:a} does {rate:rate} (median) at N = {int:n}: {ratio:r}{ends:i} its own N = 1.",
            c -> Facts.ratio(c.text("r"), c.text("i"), only(c).speedup()))
        .form(
            "At N = {int:n} {rest:clauses}.",
            c -> {
              n = c.number("n");
              for (String clause : c.text("clauses").split("; ", -1)) {
                clauses.read(clause);
              }
            });
  }

  private PointSummary only(Claim c) {
    assertThat(facts.report().summary().comparisons()).isEmpty();
    assertThat(facts.measured()).allMatch(point -> point.parallelism() <= c.number("n"));
    PointSummary point = facts.point(c.text("a"), c.number("n"));
    Shown.is(c.text("rate"), facts.median(c.text("a"), c.number("n")));
    return point;
  }

  private Comparison comparison(Claim c) {
    return facts.comparison(c.text("a"), c.text("b"), n);
  }

  private Comparison does(Claim c) {
    Comparison comparison = comparison(c);
    Facts.ratio(c.text("r"), c.text("i"), comparison.ratio());
    return comparison;
  }

  private void more(Claim c) {
    Facts.more(
        does(c).ratio(), c.text("i"), facts.median(c.text("a"), n), facts.median(c.text("b"), n));
  }

  private void less(Claim c) {
    Facts.less(
        does(c).ratio(), c.text("i"), facts.median(c.text("a"), n), facts.median(c.text("b"), n));
  }

  private void same(Claim c) {
    Facts.same(comparison(c).ratio(), c.text("reach"));
  }

  private void unsettled(Claim c) {
    Facts.opposite(does(c).ratio(), facts.median(c.text("a"), n), facts.median(c.text("b"), n));
  }
}
