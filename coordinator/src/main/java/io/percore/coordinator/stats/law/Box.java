package io.percore.coordinator.stats.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which values sigma, kappa and lambda may take. A range of one value fixes its parameter; an end
/// that is infinite, or that is the 0 of lambda, is no bound that a fit could rest on.
///
/// @param sigma its range
/// @param kappa its range
/// @param lambda its range
record Box(Range sigma, Range kappa, Range lambda) {
  private static final Range SHARE = new Range(0, 1);
  private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Range POSITIVE = new Range(0, Double.POSITIVE_INFINITY);

  /// 0 to 1 for sigma and kappa.
  static final Box USL = new Box(SHARE, SHARE, POSITIVE);

  /// Any sigma and kappa.
  static final Box UNCONSTRAINED = new Box(ANY, ANY, POSITIVE);

  /// 0 to 1 for sigma, and kappa 0.
  static final Box AMDAHL = new Box(SHARE, new Range(0, 0), POSITIVE);

  /// @param low lower end
  /// @param high upper end, not below `low`
  record Range(double low, double high) {
    boolean fixed() {
      return low == high;
    }

    boolean contains(double value) {
      return low <= value && value <= high;
    }
  }

  /// A part of the box: the parameters given are held, those that are null are free.
  record Face(@Nullable Double sigma, @Nullable Double kappa, @Nullable Double lambda) {
    /// The value at which a parameter is held, or null; numbered as in [Box#holding].
    @Nullable Double held(int parameter) {
      return switch (parameter) {
        case 0 -> sigma;
        case 1 -> kappa;
        default -> lambda;
      };
    }
  }

  /// The box with one parameter held.
  ///
  /// @param parameter 0 for sigma, 1 for kappa, 2 for lambda
  Box holding(int parameter, double value) {
    Range held = new Range(value, value);
    return switch (parameter) {
      case 0 -> new Box(held, kappa, lambda);
      case 1 -> new Box(sigma, held, lambda);
      default -> new Box(sigma, kappa, held);
    };
  }

  /// The range of a parameter, numbered as in [#holding].
  Range range(int parameter) {
    return switch (parameter) {
      case 0 -> sigma;
      case 1 -> kappa;
      default -> lambda;
    };
  }

  /// Its inside, its sides, its edges and its corners. The least value that a smooth function has
  /// in the box is a stationary point of one of them.
  List<Face> faces() {
    List<Face> faces = new ArrayList<>();
    for (Optional<Double> s : choices(sigma)) {
      for (Optional<Double> k : choices(kappa)) {
        Double l = lambda.fixed() ? Double.valueOf(lambda.low()) : null;
        faces.add(new Face(s.orElse(null), k.orElse(null), l));
      }
    }
    return faces;
  }

  private static List<Optional<Double>> choices(Range range) {
    if (range.fixed()) {
      return List.of(Optional.of(range.low()));
    }
    List<Optional<Double>> choices = new ArrayList<>(List.of(Optional.empty()));
    if (Double.isFinite(range.low())) {
      choices.add(Optional.of(range.low()));
    }
    if (Double.isFinite(range.high())) {
      choices.add(Optional.of(range.high()));
    }
    return choices;
  }

  /// Whether a law lies inside or on the boundary, and its lambda is positive.
  boolean contains(Usl law) {
    return sigma.contains(law.sigma())
        && kappa.contains(law.kappa())
        && lambda.contains(law.lambda())
        && law.lambda() > 0;
  }
}
