package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// Reads a verdict back, its headline aside.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class VerdictClaims {
  private final Facts facts;
  private final Grammar sentences;
  private final Grammar headline;
  private final Grammar lacks;
  private final Grammar attempts;
  private final Grammar faults;
  private final Grammar places;
  private @Nullable Comparison current;

  VerdictClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    List<String> names = facts.names();
    this.headline = new HeadlineClaims(facts, reached).grammar();
    this.sentences = new Grammar("verdict", names, reached);
    this.lacks = new Grammar("verdict, what is missing", names, reached);
    this.attempts = new Grammar("verdict, attempts", names, reached);
    this.faults = new Grammar("verdict, faults", names, reached);
    this.places = new Grammar("verdict, ranking", names, reached);
    checks();
    ranking();
    losses();
    mishaps();
    forks();
  }

  /// Reads all sentences.
  void read(List<String> verdict) {
    long failures = verdict.stream().takeWhile(s -> s.startsWith("Verification failed: ")).count();
    assertThat(failures).isEqualTo(facts.programs(point -> !point.defects().isEmpty()));
    for (int i = 0; i < verdict.size(); i++) {
      (i == failures ? headline : sentences).read(verdict.get(i));
    }
  }

  private void checks() {
    sentences
        .form(
            "Verification failed: {name:a} at N = {int:n}: {rest:what}. The figures of such a trial"
                + " are not used.",
            c ->
                assertThat(String.join("; ", facts.point(c.text("a"), c.number("n")).defects()))
                    .isNotEmpty()
                    .isEqualTo(c.text("what")))
        .form(
            "With nothing shared and nothing protected, {name:a} at N = {int:n} does"
                + " {ratio:r}{ends:i} its own N = 1: the yardstick for this machine.",
            c -> {
              PointSummary point = facts.point(c.text("a"), c.number("n"));
              assertThat(point.point().program().discipline()).isEqualTo("plain");
              assertThat(point.exactByConstruction()).isTrue();
              Facts.ratio(c.text("r"), c.text("i"), point.speedup());
            })
        .form(
            "At N = 1 {name:a} ({rest:p}pinned) does {real:r}x [{real:low}, {real:high}] the work"
                + " of {name:b} ({rest:q}pinned), although both are one thread of {rest:d}: their"
                + " speedups rest on different bases.",
            this::bases);
  }

  private void bases(Claim c) {
    PointSummary a = facts.point(c.text("a"), 1);
    PointSummary b = facts.point(c.text("b"), 1);
    assertThat(a.point().program().discipline())
        .isEqualTo(b.point().program().discipline())
        .isEqualTo(c.text("d"));
    assertThat(a.point().program().pinned()).isEqualTo(c.text("p").isEmpty());
    assertThat(b.point().program().pinned()).isEqualTo(c.text("q").isEmpty());
    double low = Double.parseDouble(c.text("low"));
    double high = Double.parseDouble(c.text("high"));
    assertThat(Double.parseDouble(c.text("r"))).isBetween(low, high);
    assertThat(low > 1 || high < 1).as("1 is outside of the interval").isTrue();
  }

  private void ranking() {
    sentences.form(
        "Relative to {name:a}, which has the highest median of the {int:k} compared at N = {int:n}:"
            + " {rest:places}.",
        c -> {
          List<Comparison> compared = facts.report().summary().comparisons();
          assertThat(c.number("k")).isEqualTo(compared.size() + 1);
          compared.forEach(
              other -> {
                assertThat(other.reference()).isEqualTo(c.text("a"));
                assertThat(other.parallelism()).isEqualTo(c.number("n"));
                assertThat(facts.median(other.strategy(), c.number("n")))
                    .isLessThanOrEqualTo(facts.median(c.text("a"), c.number("n")));
              });
          places(c.text("places"), compared);
        });
    sentences.form(
        "Under another collector, over the same under {rest:first} at N = {int:n}: {rest:places}.",
        c -> {
          List<Comparison> compared = facts.report().summary().collectors();
          assertThat(compared).isNotEmpty();
          compared.forEach(
              other -> {
                assertThat(other.parallelism()).isEqualTo(c.number("n"));
                assertThat(other.strategy()).startsWith(other.reference() + "/");
                assertThat(
                        facts.point(other.reference(), c.number("n")).point().program().collector())
                    .hasToString(c.text("first").toUpperCase(Locale.ROOT));
              });
          places(c.text("places"), compared);
        });
    places
        .form("{name:a} {ratio:r}{ends:i} (indistinguishable)", c -> place(c, true))
        .form(
            "{name:a} {ratio:r}{ends:i} (the medians say the opposite)",
            c -> {
              Comparison other = place(c, false);
              Facts.opposite(
                  other.ratio(),
                  facts.median(other.strategy(), other.parallelism()),
                  facts.median(other.reference(), other.parallelism()));
            })
        .form(
            "{name:a} {ratio:r}{ends:i}",
            c -> {
              Comparison other = place(c, false);
              // The medians are the same as far as is shown where one is above that has a lower
              // one.
              if (other.ratio().interval() != null && Shown.low(c.text("i")) > 1) {
                Facts.more(
                    other.ratio(),
                    c.text("i"),
                    facts.median(other.strategy(), other.parallelism()),
                    facts.median(other.reference(), other.parallelism()));
              } else if (other.ratio().interval() != null) {
                Facts.less(
                    other.ratio(),
                    c.text("i"),
                    facts.median(other.strategy(), other.parallelism()),
                    facts.median(other.reference(), other.parallelism()));
              }
            });
  }

  private void places(String list, List<Comparison> compared) {
    String left = list;
    for (Comparison other : compared) {
      assertThat(left).startsWith(other.strategy() + " ");
      String rest = left.substring(other.strategy().length());
      int end = next(rest);
      current = other;
      places.read(other.strategy() + rest.substring(0, end));
      left = rest.length() == end ? "" : rest.substring(end + 2);
    }
    assertThat(left).isEmpty();
  }

  /// Where the next of the places begins: after a comma outside of brackets.
  static int next(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      if (depth == 0 && text.startsWith(", ", i)) {
        return i;
      }
    }
    return text.length();
  }

  private Comparison place(Claim c, boolean same) {
    Comparison other = Objects.requireNonNull(current);
    assertThat(c.text("a")).isEqualTo(other.strategy());
    Facts.ratio(c.text("r"), c.text("i"), other.ratio());
    if (same) {
      assertThat(Shown.low(c.text("i"))).isLessThanOrEqualTo(1);
      assertThat(Shown.high(c.text("i"))).isGreaterThanOrEqualTo(1);
    }
    return other;
  }

  private void losses() {
    String end =
        "{alone:alone}. Its throughput is not the speed of a correct count{rest:contract}.";
    sentences
        .form(
            "{name:a} at N = {int:n} counted exactly.",
            c -> {
              assertThat(facts.point(c.text("a"), c.number("n")).exactByConstruction()).isTrue();
              assertThat(facts.curve(c.text("a"))).allMatch(Facts::exact);
            })
        .form(
            "{name:a} at N = {int:n} counted exactly, although it need not: this run does not show"
                + " the race.",
            c -> {
              assertThat(facts.point(c.text("a"), c.number("n")).exactRequired()).isFalse();
              assertThat(facts.curve(c.text("a"))).allMatch(Facts::exact);
            })
        .form(
            "{name:a} at N = {int:n} lost {percent:p} of its updates ({count:lost} of {count:all})"
                + end,
            c -> {
              PointSummary point = alone(c);
              Shown.is(c.text("p"), (double) point.lostUpdates() / point.expectedUpdates());
              Shown.is(c.text("lost"), point.lostUpdates());
              Shown.is(c.text("all"), point.expectedUpdates());
            })
        .form(
            "{name:a} at N = {int:n} counted {count:more} more updates than it made" + end,
            c -> Shown.is(c.text("more"), -alone(c).lostUpdates()))
        .form(
            "{name:a} at N = {int:n} ended with a net error of {count:e}, {rest:faults}" + end,
            c -> {
              PointSummary point = alone(c);
              Shown.is(c.text("e"), point.netError());
              for (String fault : c.text("faults").split(", | and ", -1)) {
                faults.read(fault + " of " + point.strategy() + " at " + point.parallelism());
              }
            });
    fault("premature free{s:s}", PointSummary::prematureFrees);
    fault("double free{s:s}", PointSummary::doubleFrees);
    fault("use{s:s} after a free", PointSummary::usesAfterFree);
    fault("leak{s:s}", PointSummary::leaks);
  }

  private void fault(String what, java.util.function.ToLongFunction<PointSummary> count) {
    faults.form(
        "{count:q} " + what + " of {name:a} at {int:n}",
        c -> {
          long truth = count.applyAsLong(facts.point(c.text("a"), c.number("n")));
          Shown.is(c.text("q"), truth);
          Grammar.plural(c.text("s"), truth);
        });
  }

  /// What is said of N = 1 beside.
  private PointSummary alone(Claim c) {
    switch (c.text("alone")) {
      case "" -> {}
      case "; at N = 1 none" -> assertThat(Facts.exact(facts.point(c.text("a"), 1))).isTrue();
      case "; at N = 1 too" -> assertThat(Facts.exact(facts.point(c.text("a"), 1))).isFalse();
      default -> throw new AssertionError("'" + c.text("alone") + "' is not known");
    }
    PointSummary point = facts.point(c.text("a"), c.number("n"));
    assertThat(point.exactRequired()).isFalse();
    return point;
  }

  private void mishaps() {
    sentences
        .form(
            "Incomplete: {rest:list}. It rests on fewer forks than planned, or on none.",
            this::missing)
        .form(
            "Incomplete: {rest:list}. They rest on fewer forks than planned, or on none.",
            this::missing)
        .form(
            "{rest:list}; nothing of such an attempt is in the figures.",
            c -> Arrays.stream(c.text("list").split(", and ", -1)).forEach(attempts::read))
        .form("{count:k} trial was disturbed" + DISTURBED, this::disturbed)
        .form("{count:k} trials were disturbed" + DISTURBED, this::disturbed);
    lacks
        .form(
            "{name:a} at N = {int:n} has {int:k} of {int:planned} fork{s:s}",
            c -> {
              PointSummary point = facts.point(c.text("a"), c.number("n"));
              int planned = facts.report().experiment().forks();
              assertThat(c.number("planned")).isEqualTo(planned);
              Grammar.plural(c.text("s"), planned);
              assertThat(c.number("k")).isEqualTo(planned - point.missing()).isLessThan(planned);
            })
        .form("{int:k} more point{s:s}", c -> Grammar.plural(c.text("s"), c.number("k")));
    attempts
        .form("{count:k} attempt was invalidated", c -> invalidated(c, 1))
        .form("{count:k} attempts were invalidated", c -> invalidated(c, 2))
        .form(
            "{count:k} attempt{s:s} failed",
            c -> {
              long failed = facts.trials(o -> o instanceof Failed || o instanceof TimedOut);
              Shown.is(c.text("k"), failed);
              Grammar.plural(c.text("s"), failed);
            });
  }

  private static final String DISTURBED =
      " beyond the limit in each attempt; the last one is in the figures. This machine is too busy"
          + " for them.";

  private void disturbed(Claim c) {
    Shown.is(c.text("k"), facts.disturbed());
    assertThat(c.parts().group()).contains(facts.disturbed() == 1 ? " was " : " were ");
  }

  private void invalidated(Claim c, int atLeast) {
    long truth = facts.trials(o -> o instanceof Invalidated);
    Shown.is(c.text("k"), truth);
    assertThat(truth).isGreaterThanOrEqualTo(atLeast);
  }

  private void missing(Claim c) {
    long points = facts.points().stream().filter(point -> point.missing() > 0).count();
    assertThat(c.parts().group()).contains(points == 1 ? "It rests" : "They rest");
    long listed = 0;
    for (String item : c.text("list").split("; ", -1)) {
      lacks.read(item);
      listed +=
          item.matches("\\d+ more points?") ? Integer.parseInt(item.replaceAll("\\D", "")) : 1;
    }
    assertThat(listed).isEqualTo(points);
  }

  private void forks() {
    sentences
        .form(
            "1 fork for each point: there is no interval, and so no difference is established.",
            _ -> {
              assertThat(facts.points()).allMatch(point -> point.forks() <= 1);
              assertThat(facts.points()).allMatch(point -> interval(point.speedup()));
            })
        .form(
            "{int:k} forks for each point: below 6 an interval rests on the assumption that forks"
                + " scatter log-normally.",
            c -> {
              assertThat(c.number("k")).isBetween(2, 5);
              assertThat(facts.points()).allMatch(point -> point.forks() <= c.number("k"));
            })
        .form(
            "At N = {int:n} no thread was bound to a processor.",
            c -> assertThat(at(c)).isNotEmpty().noneMatch(PointSummary::pinned))
        .form(
            "At N = {int:n} there are more threads than processors, and none is bound to one: the"
                + " scheduler is measured, too.",
            c -> {
              assertThat(c.number("n")).isGreaterThan(facts.processors());
              assertThat(at(c)).isNotEmpty().noneMatch(PointSummary::pinned);
            });
  }

  private List<PointSummary> at(Claim c) {
    return facts.measured().stream().filter(p -> p.parallelism() == c.number("n")).toList();
  }

  private static boolean interval(@Nullable Estimate estimate) {
    return estimate == null || estimate.interval() == null;
  }
}
