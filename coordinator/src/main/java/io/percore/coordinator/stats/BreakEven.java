package io.percore.coordinator.stats;

import java.util.List;

/// From which size of the work on a ratio is above 1, by the ratios themselves: their intervals
/// tell how sure that is.
public sealed interface BreakEven {
  /// Even the smallest size pays.
  record Always() implements BreakEven {}

  /// Not even the largest size pays.
  ///
  /// @param largest the largest size
  record NotUpTo(double largest) implements BreakEven {}

  /// Between two sizes.
  ///
  /// @param at where the line between the two crosses 1, both axes logarithmic
  /// @param above largest size that does not pay
  /// @param upTo smallest size that does
  record Between(double at, double above, double upTo) implements BreakEven {}

  /// The break-even of a curve. With several crossings it is the last one: beyond it the ratio is
  /// above 1 for good.
  ///
  /// @param sizes above 0, ascending, at least one
  /// @param ratios one for each size, above 0
  static BreakEven of(List<Double> sizes, List<Double> ratios) {
    int last = ratios.size() - 1;
    while (last >= 0 && ratios.get(last) > 1) {
      last--;
    }
    if (last < 0) {
      return new Always();
    }
    if (last == ratios.size() - 1) {
      return new NotUpTo(sizes.getLast());
    }
    double above = sizes.get(last);
    double upTo = sizes.get(last + 1);
    double low = Math.log(ratios.get(last));
    double high = Math.log(ratios.get(last + 1));
    return new Between(above * Math.pow(upTo / above, -low / (high - low)), above, upTo);
  }
}
