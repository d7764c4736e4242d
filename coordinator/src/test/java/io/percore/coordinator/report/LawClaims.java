package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.law.ClockDrop;
import io.percore.coordinator.stats.law.LawFit;
import io.percore.coordinator.stats.law.ScalingLaws.Fitted;
import io.percore.coordinator.stats.law.ScalingLaws.Refused;
import io.percore.coordinator.stats.law.ScalingLaws.TooFewSizes;
import io.percore.coordinator.stats.law.StrategyLaws;
import io.percore.coordinator.stats.law.Usl;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// Reads back what is said of the scaling laws.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class LawClaims {
  private static final Pattern REAL = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?");

  private final Facts facts;
  private final List<StrategyLaws> laws;
  private final Grammar sentences;
  private final Grammar judgements;
  private @Nullable LawFit fit;
  private String law = "";

  LawClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.laws =
        facts.report().experiment().scaling() instanceof Scaling.Weak
            ? List.of()
            : StrategyLaws.of(
                facts.points(),
                facts.report().environment().physicalCores(),
                facts.report().summary().ceiling());
    this.sentences = new Grammar("laws", facts.names(), reached);
    this.judgements = new Grammar("laws, judgement", facts.names(), reached);
    fitted();
    clock();
    refused();
    gustafson();
  }

  void read(List<String> said) {
    said.forEach(sentences::read);
    long fitted = laws.stream().filter(law -> law.laws() instanceof Fitted).count();
    assertThat(said).filteredOn(s -> s.startsWith("Universal")).hasSize((int) fitted);
  }

  private void fitted() {
    sentences.form(
        "Universal Scalability Law of {name:a}: sigma {rest:sigma}, kappa {rest:kappa}, lack of fit"
            + " {percent:p}. {rest:judgement}",
        c -> {
          LawFit usl = usl(c.text("a"));
          parameter(c.text("sigma"), usl.law().sigma(), usl.sigma());
          parameter(c.text("kappa"), usl.law().kappa(), usl.kappa());
          Shown.is(c.text("p"), usl.lackOfFit().share());
          fit = usl;
          law = c.text("a");
          judgements.readAll(c.text("judgement"));
        });
    judgements
        .form(
            "USL does not describe this curve, and says nothing of a peak.",
            _ -> assertThat(fit.lackOfFit().share()).isGreaterThan(0.1))
        .form(
            "By this law throughput has no peak.",
            _ -> {
              assertThat(fit.lackOfFit().share()).isLessThanOrEqualTo(0.1);
              assertThat(fit.law().kappa()).isEqualTo(0);
            })
        .form("By this law throughput peaks at N = {real:n} with {rate:rate}.", c -> peak(c, false))
        .form(
            "By this law throughput peaks at N = {real:n} with {rate:rate}, extrapolated beyond the"
                + " largest size fitted, {int:size}.",
            c -> {
              peak(c, true);
              assertThat(Double.parseDouble(c.text("n"))).isGreaterThan(c.number("size"));
              assertThat(c.number("size") * 1.0).isEqualTo(fit.largestSize());
              assertThat(facts.points())
                  .filteredOn(p -> p.parallelism() > c.number("size"))
                  .allMatch(
                      p ->
                          p.forks() == 0
                              || p.parallelism() > facts.report().environment().physicalCores()
                              || !p.strategy().equals(law));
            });
  }

  private void clock() {
    judgements
        .form(
            "It holds at the clock of one thread: rates were divided by the speed of each of as"
                + " many canaries, {percent:p} at N = {int:n}.",
            c -> {
              ClockDrop clock = laws().clock();
              assertThat(clock.unknown()).isEmpty();
              assertThat(c.number("n") * 1.0).isEqualTo(fit.largestSize());
              Shown.is(c.text("p"), clock.shares().get(c.number("n")));
            })
        .form(
            "The clock was not divided out: no canaries are known at N = {rest:list}.",
            c ->
                assertThat(c.text("list").split(", ", -1))
                    .isEqualTo(laws().clock().unknown().stream().map(String::valueOf).toArray()));
  }

  private StrategyLaws laws() {
    return laws.stream().filter(l -> l.strategy().equals(law)).findFirst().orElseThrow();
  }

  private void peak(Claim c, boolean beyond) {
    assertThat(fit.lackOfFit().share()).isLessThanOrEqualTo(0.1);
    Usl usl = fit.law();
    double peak = Math.max(1, Math.sqrt(Math.max(0, (1 - usl.sigma()) / usl.kappa())));
    assertThat(Double.parseDouble(c.text("n"))).isCloseTo(peak, within(0.0501));
    assertThat(peak > fit.largestSize()).isEqualTo(beyond);
    Shown.is(
        c.text("rate"),
        usl.lambda() * peak / (1 + usl.sigma() * (peak - 1) + usl.kappa() * peak * (peak - 1)));
  }

  private LawFit usl(String name) {
    return laws.stream()
        .filter(law -> law.strategy().equals(name))
        .map(law -> ((Fitted) law.laws()).usl())
        .findFirst()
        .orElseThrow();
  }

  private static void parameter(String text, double value, @Nullable Interval interval) {
    List<Double> numbers =
        REAL.matcher(text).results().map(MatchResult::group).map(Double::valueOf).toList();
    assertThat(numbers).hasSize(interval == null ? 1 : 3);
    close(numbers.getFirst(), value);
    if (interval != null) {
      close(numbers.get(1), interval.low());
      close(numbers.get(2), interval.high());
    }
  }

  private static void close(double shown, double truth) {
    assertThat(shown).isCloseTo(truth, within(0.5001e-3 * Math.abs(truth)));
  }

  private void refused() {
    sentences.form(
        "A scaling law needs at least 6 sizes on physical cores; {count:k} curve{s:s} {rest:has}"
            + " {int:sizes}{rest:each}, so none is fitted to {rest:it}.",
        c -> {
          assertThat(c.number("sizes")).isBetween(0, 5);
          boolean one = refused(c, new TooFewSizes(c.number("sizes"))) == 1;
          assertThat(c.text("has")).isEqualTo(one ? "has" : "have");
          assertThat(c.text("each")).isEqualTo(one ? "" : " each");
          assertThat(c.text("it")).isEqualTo(one ? "it" : "them");
        });
  }

  private long refused(Claim c, Refused refusal) {
    long curves = laws.stream().filter(law -> law.laws().equals(refusal)).count();
    Shown.is(c.text("k"), curves);
    Grammar.plural(c.text("s"), curves);
    assertThat(curves).isPositive();
    return curves;
  }

  private void gustafson() {
    sentences.form(
        "Gustafson's law for {name:a} at N = {int:n}: {rest:share} of the time is serial.",
        c -> {
          int n = c.number("n");
          assertThat(c.text("share")).doesNotContain("-0.000");
          Estimate speedup = facts.point(c.text("a"), n).speedup();
          assertThat(facts.curve(c.text("a")))
              .filteredOn(p -> p.speedup() != null)
              .allMatch(p -> p.parallelism() <= n);
          List<Double> numbers =
              REAL.matcher(c.text("share"))
                  .results()
                  .map(MatchResult::group)
                  .map(Double::valueOf)
                  .toList();
          assertThat(numbers.getFirst())
              .isCloseTo((n - speedup.value()) / (n - 1), within(0.000501));
          assertThat(c.text("share").endsWith("(no interval)")).isEqualTo(numbers.size() == 1);
          if (numbers.size() == 3) {
            assertThat(numbers.get(1))
                .isCloseTo((n - speedup.interval().high()) / (n - 1), within(0.000501));
            assertThat(numbers.get(2))
                .isCloseTo((n - speedup.interval().low()) / (n - 1), within(0.000501));
          } else {
            assertThat(speedup.interval()).isNull();
          }
        });
  }
}
