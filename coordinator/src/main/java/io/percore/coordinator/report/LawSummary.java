package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.stats.law.ClockDrop;
import io.percore.coordinator.stats.law.ScalingLaws;
import io.percore.coordinator.stats.law.ScalingLaws.Fitted;
import io.percore.coordinator.stats.law.ScalingLaws.NoneFits;
import io.percore.coordinator.stats.law.ScalingLaws.Refused;
import io.percore.coordinator.stats.law.ScalingLaws.TooFewSizes;
import io.percore.coordinator.stats.law.StrategyLaws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the scaling laws say of the strategies of a run.
public final class LawSummary {
  private LawSummary() {}

  /// One sentence for each strategy with a fitted law, and one for each reason to refuse one. Where
  /// the work grows with N, one for each strategy with its serial share.
  public static List<String> sentences(RunReport report) {
    if (report.experiment().scaling() instanceof Scaling.Weak) {
      return WeakScaling.sentences(report);
    }
    List<StrategyLaws> laws = laws(report);
    Map<Refused, Integer> refusals = new LinkedHashMap<>();
    laws.forEach(
        law -> {
          if (law.laws() instanceof Refused refused) {
            refusals.merge(refused, 1, Integer::sum);
          }
        });
    Stream<String> refused =
        refusals.entrySet().stream().map(entry -> refused(entry.getKey(), entry.getValue()));
    return Stream.concat(laws.stream().flatMap(LawSummary::fitted), refused).toList();
  }

  static String refused(Refused refused, int curves) {
    String those = Quantities.plural(curves, "curve");
    return switch (refused) {
      case TooFewSizes(long sizes) ->
          "A scaling law needs at least "
              + ScalingLaws.LEAST_SIZES
              + " sizes on physical cores; "
              + those
              + (curves == 1 ? " has " + sizes : " have " + sizes + " each")
              + ", so none is fitted to "
              + (curves == 1 ? "it." : "them.");
      case NoneFits() ->
          "No scaling law was found that fits the rates of " + those + " on physical cores.";
    };
  }

  private static Stream<String> fitted(StrategyLaws law) {
    return law.laws() instanceof Fitted fitted
        ? Stream.of(
            "Universal Scalability Law of "
                + law.strategy()
                + ": sigma "
                + LawReport.parameter(fitted.usl().law().sigma(), fitted.usl().sigma())
                + ", kappa "
                + LawReport.parameter(fitted.usl().law().kappa(), fitted.usl().kappa())
                + ", lack of fit "
                + Quantities.percent(fitted.usl().lackOfFit().share())
                + ". "
                + LawReport.judgement(fitted.usl(), Quantities::rate)
                + " "
                + clock(law.clock()))
        : Stream.empty();
  }

  private static String clock(ClockDrop clock) {
    return clock.dividedOut()
        ? "It holds at the clock of one thread: rates were divided by the speed of each of as many"
            + " canaries, "
            + at(clock)
            + "."
        : "The clock was not divided out: no canaries are known at N = "
            + clock.unknown().stream().map(n -> n.toString()).collect(Collectors.joining(", "))
            + ".";
  }

  /// What was divided out at the largest size, in a few words.
  static String at(ClockDrop clock) {
    return clock.dividedOut()
        ? Quantities.percent(clock.shares().lastEntry().getValue())
            + " at N = "
            + clock.shares().lastKey()
        : "unknown";
  }

  /// `fits[]` of the summary; of a refused fit every number is null.
  static ArrayNode json(RunReport report) {
    ArrayNode array = Json.array();
    for (StrategyLaws law : laws(report)) {
      ObjectNode node = array.addObject();
      node.put("strategy", law.strategy());
      switch (law.laws()) {
        case Refused refused -> {
          List.of("sigma", "kappa", "lambda", "peak").forEach(node::putNull);
          node.putNull("unconstrained");
          node.putNull("amdahl");
          node.putNull("clock");
          node.put("refusal", refused.reason() + " on physical cores");
        }
        case Fitted fitted -> {
          node.setAll(LawReport.json(fitted.usl()));
          node.putNull("unconstrained");
          fitted.unconstrained().ifPresent(fit -> node.set("unconstrained", LawReport.json(fit)));
          node.set("amdahl", LawReport.json(fitted.amdahl()));
          node.set("clock", json(law.clock()));
          node.putNull("refusal");
        }
      }
    }
    return array;
  }

  private static ObjectNode json(ClockDrop clock) {
    ObjectNode node = Json.object();
    node.put("dividedOut", clock.dividedOut());
    ArrayNode shares = node.putArray("shares");
    clock
        .shares()
        .forEach((size, share) -> shares.addObject().put("parallelism", size).put("share", share));
    ArrayNode unknown = node.putArray("unknownAt");
    clock.unknown().forEach(size -> unknown.add(size));
    return node;
  }

  /// The laws of all strategies that grow with N, by the rules of [StrategyLaws#of]; none where the
  /// work grows with N, which none of them describes.
  static List<StrategyLaws> laws(RunReport report) {
    return report.experiment().scaling() instanceof Scaling.Weak
        ? List.of()
        : StrategyLaws.of(
            report.summary().points(),
            report.environment().physicalCores(),
            report.summary().ceiling());
  }
}
