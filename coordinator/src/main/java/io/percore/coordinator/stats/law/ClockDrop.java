package io.percore.coordinator.stats.law;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What the clock loses while more cores are at work, by size. The scaling laws know of waiting and
/// of coherency alone: a clock that drops with N would be taken for one of them. So they are fitted
/// to rates at the clock of one thread. Where it is unknown at any of the sizes that take part, no
/// rate is changed: those of one curve have to be of one kind. Pure.
///
/// @param shares speed of each of as many canaries at once as a share of that of one alone, by
///   size; empty when no rate was changed
/// @param unknown sizes at which no canaries are known, ascending
public record ClockDrop(NavigableMap<Integer, Double> shares, List<Integer> unknown) {
  /// Copies both.
  public ClockDrop {
    shares = Collections.unmodifiableNavigableMap(new TreeMap<>(shares));
    unknown = List.copyOf(unknown);
  }

  /// The drop over the sizes of a curve.
  ///
  /// @param sizes those that take part in the fit
  /// @param shares of canaries at any sizes
  static ClockDrop of(Collection<Integer> sizes, Map<Integer, Double> shares) {
    List<Integer> unknown =
        sizes.stream().filter(size -> !shares.containsKey(size)).distinct().sorted().toList();
    NavigableMap<Integer, Double> known = new TreeMap<>(shares);
    known.keySet().retainAll(sizes);
    return new ClockDrop(unknown.isEmpty() ? known : new TreeMap<>(), unknown);
  }

  /// Whether the rates were divided by these shares.
  public boolean dividedOut() {
    return !shares.isEmpty();
  }

  /// The share at any size: between two that were measured in proportion, beyond them that of the
  /// nearest; 1 when no rate was changed.
  ///
  /// @param size at least 1
  public double at(double size) {
    Map.Entry<Integer, Double> below = shares.floorEntry((int) Math.floor(size));
    Map.Entry<Integer, Double> above = shares.ceilingEntry((int) Math.ceil(size));
    if (below == null || above == null) {
      return below != null ? below.getValue() : above != null ? above.getValue() : 1;
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    double part = (size - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue() + part * (above.getValue() - below.getValue());
  }

  /// What would have been measured at the clock of one thread.
  Observation without(Observation observation) {
    return observation.dividedBy(at(observation.size()));
  }
}
