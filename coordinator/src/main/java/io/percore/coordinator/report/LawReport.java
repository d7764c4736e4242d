package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.law.LawFit;
import io.percore.coordinator.stats.law.Observation;
import io.percore.coordinator.stats.law.ScalingLaws;
import io.percore.coordinator.stats.law.ScalingLaws.Fitted;
import io.percore.coordinator.stats.law.ScalingLaws.Refused;
import io.percore.coordinator.stats.law.SerialShare;
import io.percore.coordinator.stats.law.Weighting;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// What the scaling laws make of a table, as text and as JSON.
///
/// @param observations of the table, by size
/// @param weighting of the fits
/// @param laws what was fitted
public record LawReport(List<Observation> observations, Weighting weighting, ScalingLaws laws) {
  /// Version of the JSON form.
  static final String SCHEMA = "percore-fit/1";

  public LawReport {
    observations = List.copyOf(observations);
  }

  /// Lines for a terminal, ended by line feeds.
  public String text() {
    StringBuilder text = new StringBuilder();
    switch (laws) {
      case Refused refused ->
          text.append("No law is fitted: ").append(refused.reason()).append(".\n");
      case Fitted(LawFit usl, Optional<LawFit> unconstrained, LawFit amdahl) -> {
        line(text, "law", "sigma", "kappa", "lambda", "peak N", "lack of fit");
        fit(text, "USL", usl);
        unconstrained.ifPresent(fit -> fit(text, "USL unconstrained", fit));
        fit(text, "Amdahl", amdahl);
        text.append("\nIntervals are 95 %. ").append(judgement(usl, LawReport::plain)).append("\n");
        unconstrained.flatMap(LawReport::warning).ifPresent(text::append);
        Double bound = amdahl.law().amdahlBound();
        if (bound != null) {
          text.append(String.format(Locale.ROOT, "Amdahl's bound on the speedup: %.4g.%n", bound));
        }
      }
    }
    base().ifPresent(base -> shares(text, base));
    return text.toString();
  }

  /// Where the law has its peak, as far as it describes the curve.
  ///
  /// @param rate how a rate is written
  static String judgement(LawFit usl, DoubleFunction<String> rate) {
    if (usl.lackOfFit().failed()) {
      return "USL does not describe this curve, and says nothing of a peak.";
    }
    Double peak = usl.law().peak();
    return peak == null
        ? "By this law throughput has no peak."
        : "By this law throughput peaks at N = "
            + peak(usl, peak)
            + " with "
            + rate.apply(usl.law().throughput(peak))
            + (usl.peakExtrapolated()
                ? ", extrapolated beyond the largest size fitted, " + size(usl.largestSize())
                : "")
            + ".";
  }

  /// With as many digits as tell it from the largest size, where it lies beyond.
  static String peak(LawFit usl, double peak) {
    BigDecimal size = BigDecimal.valueOf(usl.largestSize());
    BigDecimal shown = new BigDecimal(peak).setScale(1, RoundingMode.HALF_EVEN);
    for (int digits = 2; usl.peakExtrapolated() && shown.compareTo(size) <= 0; digits++) {
      shown = new BigDecimal(peak).setScale(digits, RoundingMode.HALF_EVEN);
    }
    return shown.toPlainString();
  }

  private static String plain(double rate) {
    return String.format(Locale.ROOT, "%.4g", rate);
  }

  /// As the table had it, without trailing zeros.
  private static String size(double size) {
    return BigDecimal.valueOf(size).stripTrailingZeros().toPlainString();
  }

  private static Optional<String> warning(LawFit unconstrained) {
    return unconstrained.law().sigma() < 0 || unconstrained.law().kappa() < 0
        ? Optional.of(
            "Without bounds a coefficient is negative: superlinear scaling, or a bad base.\n")
        : Optional.empty();
  }

  private static void fit(StringBuilder text, String name, LawFit fit) {
    Double peak = fit.law().peak();
    line(
        text,
        name,
        parameter(fit.law().sigma(), fit.sigma()),
        parameter(fit.law().kappa(), fit.kappa()),
        parameter(fit.law().lambda(), fit.lambda()),
        peak == null ? "none" : peak(fit, peak) + (fit.peakExtrapolated() ? "*" : ""),
        Quantities.percent(fit.lackOfFit().share()));
  }

  static String parameter(double value, @Nullable Interval interval) {
    return interval == null
        ? String.format(Locale.ROOT, "%.4g", value)
        : String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", value, interval.low(), interval.high());
  }

  private static void line(StringBuilder text, Object... cells) {
    String line = String.format(Locale.ROOT, "%-18s %-34s %-34s %-36s %-8s %s", cells);
    text.append(line.stripTrailing()).append('\n');
  }

  private void shares(StringBuilder text, Observation base) {
    text.append("\nN         speedup   serial share (Karp-Flatt)  of scaled work (Gustafson)\n");
    for (Observation o : observations) {
      if (o.size() > 1) {
        double speedup = o.rate() / base.rate();
        text.append(
            String.format(
                Locale.ROOT,
                "%-9s %-9.4g %-26.4f %.4f%n",
                size(o.size()),
                speedup,
                SerialShare.karpFlatt(speedup, o.size()),
                SerialShare.gustafson(speedup, o.size())));
      }
    }
  }

  private Optional<Observation> base() {
    return observations.stream().filter(o -> o.size() == 1).findFirst();
  }

  /// Writes the JSON form.
  public void json(Writer out) throws IOException {
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA);
    root.put("weights", weighting.id());
    root.put("sizes", observations.size());
    root.putNull("usl");
    root.putNull("uslUnconstrained");
    root.putNull("amdahl");
    root.putNull("refusal");
    switch (laws) {
      case Refused refused -> root.put("refusal", refused.reason());
      case Fitted(LawFit usl, Optional<LawFit> unconstrained, LawFit amdahl) -> {
        root.set("usl", json(usl));
        unconstrained.ifPresent(fit -> root.set("uslUnconstrained", json(fit)));
        root.set("amdahl", json(amdahl));
      }
    }
    ArrayNode shares = root.putArray("serialShares");
    base()
        .ifPresent(
            base ->
                observations.stream()
                    .filter(o -> o.size() > 1)
                    .forEach(o -> shares.add(share(o, o.rate() / base.rate()))));
    Json.write(root, out);
  }

  private static ObjectNode share(Observation o, double speedup) {
    ObjectNode node = Json.object();
    node.put("size", o.size());
    node.put("speedup", speedup);
    node.put("karpFlatt", SerialShare.karpFlatt(speedup, o.size()));
    node.put("gustafson", SerialShare.gustafson(speedup, o.size()));
    return node;
  }

  /// One law as `fits[]` of the summary has it, too.
  static ObjectNode json(LawFit fit) {
    ObjectNode node = Json.object();
    parameter(node, "sigma", fit.law().sigma(), fit.sigma());
    parameter(node, "kappa", fit.law().kappa(), fit.kappa());
    parameter(node, "lambda", fit.law().lambda(), fit.lambda());
    node.set("peak", Json.number(fit.law().peak()));
    node.put("peakExtrapolated", fit.peakExtrapolated());
    node.set("amdahlBound", Json.number(fit.law().amdahlBound()));
    ArrayNode active = node.putArray("activeBounds");
    fit.activeBounds().stream().sorted().forEach(active::add);
    node.put("residualSquares", fit.residualSquares());
    node.put("degreesOfFreedom", fit.freedom());
    node.put("lackOfFit", fit.lackOfFit().share());
    node.set("lackOfFitRatio", Json.number(fit.lackOfFit().ratio()));
    node.set("lackOfFitPValue", Json.number(fit.lackOfFit().pValue()));
    node.put("describesCurve", !fit.lackOfFit().failed());
    return node;
  }

  private static void parameter(
      ObjectNode node, String name, double value, @Nullable Interval interval) {
    node.put(name, value);
    node.set(name + "CiLow", Json.number(interval == null ? null : interval.low()));
    node.set(name + "CiHigh", Json.number(interval == null ? null : interval.high()));
  }
}
