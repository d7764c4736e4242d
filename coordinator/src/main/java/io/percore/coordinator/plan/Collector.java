package io.percore.coordinator.plan;

import java.util.Locale;

/// A garbage collector of the workers. What a store of a reference costs beside the store itself is
/// the collector's choice: one byte of a card table, a queue of old values, a fence, or nothing.
public enum Collector {
  /// Stores mark a card; no threads of its own.
  SERIAL,
  /// Stores mark a card, as under SERIAL; threads of its own during a collection.
  PARALLEL,
  /// Stores tell old values apart while it marks, and cards of other regions with a fence; threads
  /// of its own at any time. The JVM's usual choice on a server.
  G1;

  /// Name of a strategy under it, where the run has another collector first.
  public String variantOf(String strategy) {
    return strategy + "/" + id();
  }

  /// Name on the command line.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
