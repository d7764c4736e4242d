package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.verify.Curve.Law;
import io.percore.coordinator.verify.Expected.Near;
import io.percore.coordinator.verify.Plan.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Beta;
import org.jspecify.annotations.Nullable;

/// The scaling laws of the strategies that grow with N, fitted again by [LawSearch].
///
/// The least squares are flat where they are least: a search that compares them, each known to 16
/// digits, finds a parameter to about eight digits of its standard error, and another search on
/// another machine to no more. So what is fitted is held to a ten-thousandth of itself, and near 0
/// to a millionth of its standard error. Where a bound is active the intervals are those of a
/// profile ([LawProfile]).
final class LawNumbers {
  private static final double TOLERANCE = 1e-4;
  private static final double NEAR_ZERO = 1e-6;
  private static final int LEAST_SIZES = 6;

  /// Residuals below this share of the rates are rounding errors.
  private static final double EXACT = 1e-9;

  private static final double LIMIT = 0.1;
  private static final List<String> NAMES = List.of("sigma", "kappa", "lambda");

  private final Curve curve;
  private final double total;

  private LawNumbers(Curve curve) {
    this.curve = curve;
    this.total = curve.squares(new Law(0, 0, 0));
  }

  /// @param answers where they go
  static void of(Plan plan, Arms arms, Canaries canaries, Answers answers) {
    Map<JsonNode, List<Point>> curves = new LinkedHashMap<>();
    plan.points().stream()
        // No law is of a work that grows with N.
        .filter(point -> point.grows() && !plan.scaling().equals("WEAK"))
        .forEach(
            point -> curves.computeIfAbsent(point.strategy(), _ -> new ArrayList<>()).add(point));
    answers.size("fits", curves.size());
    int index = 0;
    for (List<Point> points : curves.values()) {
      strategy(plan, points, arms, canaries, answers.element("fits", index++));
    }
  }

  private static void strategy(
      Plan plan, List<Point> points, Arms arms, Canaries canaries, Answers here) {
    List<Long> sizes = new ArrayList<>();
    List<Arm> measured = new ArrayList<>();
    for (Point point : points) {
      Arm arm = arms.of(point.program());
      if (point.parallelism() <= plan.machine().physicalCores() && !arm.sound().isEmpty()) {
        sizes.add(point.parallelism());
        measured.add(arm);
      }
    }
    here.text("strategy", points.getFirst().name());
    long different = sizes.stream().distinct().count();
    if (different < LEAST_SIZES) {
      List.of("sigma", "kappa", "lambda", "peak", "unconstrained", "amdahl", "clock")
          .forEach(name -> here.text(name, null));
      here.text(
          "refusal",
          "a scaling law needs at least %d sizes, and there %s %d on physical cores"
              .formatted(LEAST_SIZES, different == 1 ? "is" : "are", different));
      return;
    }
    List<Double> shares = clock(sizes, canaries, here.below("clock"));
    LawNumbers numbers = new LawNumbers(Curve.of(sizes, measured, shares, plan.fixedWork()));
    LawSearch search = new LawSearch(numbers.curve);
    numbers.law(search.bounded(), 3, true, here);
    numbers.law(search.free(), 3, false, here.below("unconstrained"));
    numbers.law(search.amdahl(), 2, true, here.below("amdahl"));
    here.text("refusal", null);
  }

  /// What the rates of each size have to be divided by: 1 where a canary is missing at any of them.
  private static List<Double> clock(List<Long> sizes, Canaries canaries, Answers here) {
    List<Long> missing = sizes.stream().filter(size -> !canaries.known(size)).distinct().toList();
    here.truth("dividedOut", missing.isEmpty());
    here.size("unknownAt", missing.size());
    for (int i = 0; i < missing.size(); i++) {
      here.count("unknownAt[" + i + "]", missing.get(i));
    }
    if (!missing.isEmpty()) {
      here.size("shares", 0);
      return sizes.stream().map(_ -> 1.0).toList();
    }
    List<Long> different = sizes.stream().distinct().toList();
    here.size("shares", different.size());
    for (int i = 0; i < different.size(); i++) {
      Answers share = here.element("shares", i);
      share.count("parallelism", different.get(i));
      share.figure("share", canaries.share(different.get(i)));
    }
    return sizes.stream().map(canaries::share).toList();
  }

  /// @param free parameters that were fitted: with two, kappa is held at 0
  /// @param bounded whether sigma and kappa lie between 0 and 1
  private void law(Law law, int free, boolean bounded, Answers here) {
    double squares = curve.squares(law);
    List<String> active = bounded ? active(law, free) : List.of();
    parameters(law, free, active.isEmpty() || squares <= EXACT * EXACT * total, here);
    peak(law, here);
    here.size("activeBounds", active.size());
    for (int i = 0; i < active.size(); i++) {
      here.text("activeBounds[" + i + "]", active.get(i));
    }
    here.put("residualSquares", new Near(squares, TOLERANCE * squares + EXACT * EXACT * total));
    here.count("degreesOfFreedom", curve.length() - free);
    lackOfFit(law, curve.length() - free, here);
  }

  /// @param symmetric whether no bound is active
  private void parameters(Law law, int free, boolean symmetric, Answers here) {
    LawErrors errors = LawErrors.of(curve, law, free);
    double[] values = {law.sigma(), law.kappa(), law.lambda()};
    for (int p = 0; p < values.length; p++) {
      String name = NAMES.get(p);
      double error = errors.standard(p);
      here.put(name, fitted(values[p], error));
      if (free == 2 && name.equals("kappa")) {
        here.text("kappaCiLow", null);
        here.text("kappaCiHigh", null);
      } else if (symmetric) {
        double half = errors.quantile(p) * error;
        here.put(name + "CiLow", fitted(values[p] - half, error));
        here.put(name + "CiHigh", fitted(values[p] + half, error));
      } else {
        double limit = curve.squares(law) * (1 + errors.growth(p));
        LawProfile profile = new LawProfile(curve, free == 3, limit);
        here.put(name + "CiLow", fitted(profile.end(p, values[p], -error), error));
        here.put(name + "CiHigh", fitted(profile.end(p, values[p], error), error));
      }
    }
  }

  private static Near fitted(double value, double error) {
    return new Near(value, Math.max(TOLERANCE * Math.abs(value), NEAR_ZERO * error));
  }

  /// By name, in the order of the alphabet.
  private static List<String> active(Law law, int free) {
    List<String> active = new ArrayList<>();
    if (free == 3 && (law.kappa() == 0 || law.kappa() == 1)) {
      active.add("kappa");
    }
    if (law.sigma() == 0 || law.sigma() == 1) {
      active.add("sigma");
    }
    return active;
  }

  private void peak(Law law, Answers here) {
    @Nullable Double peak =
        law.kappa() > 0 ? Math.sqrt(Math.max(1, (1 - law.sigma()) / law.kappa())) : null;
    near("peak", peak, here);
    here.truth("peakExtrapolated", peak != null && peak > curve.largest());
    near("amdahlBound", law.sigma() > 0 ? Double.valueOf(1 / law.sigma()) : null, here);
  }

  /// How far the law misses the rates, against what their forks scatter.
  private void lackOfFit(Law law, int freedom, Answers here) {
    double squares = 0;
    double scatter = 0;
    double standardized = 0;
    double replicates = 0;
    boolean known = curve.variances().stream().allMatch(variance -> variance > 0);
    for (int i = 0; i < curve.length(); i++) {
      double rate = curve.rates().get(i);
      double miss = 1 - law.rate(curve.sizes().get(i)) / rate;
      double variance = curve.forks().get(i) > 1 ? curve.variances().get(i) / (rate * rate) : 0;
      squares += miss * miss;
      scatter += variance;
      standardized += miss * miss / variance;
      replicates += curve.forks().get(i) - 1;
    }
    double share =
        Math.sqrt(Math.max(0, squares - scatter * freedom / curve.length()) / curve.length());
    here.put("lackOfFit", new Near(share, TOLERANCE * share + EXACT));
    here.truth("describesCurve", share <= LIMIT);
    Double ratio = known ? Double.valueOf(standardized / freedom) : null;
    near("lackOfFitRatio", ratio, here);
    near(
        "lackOfFitPValue",
        ratio == null
            ? null
            : Double.valueOf(
                Beta.regularizedBeta(
                    replicates / (replicates + freedom * ratio), replicates / 2, freedom / 2.0)),
        here);
  }

  private static void near(String name, @Nullable Double value, Answers here) {
    here.put(
        name,
        value == null || !Double.isFinite(value)
            ? Expected.nothing()
            : new Near(value, TOLERANCE * Math.abs(value)));
  }
}
