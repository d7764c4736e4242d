package io.percore.coordinator.report.chart;

import java.util.List;
import java.util.Objects;

/// What a panel says where the pointer is, or where the arrow keys have led: one stop after the
/// other, in the order of the stops of its [Drawing].
///
/// @param through what the arrow keys step through, such as `N`
/// @param keys series that the rows belong to
/// @param stops none where there is nothing to read out
public record ReadOut(String through, List<Key> keys, List<Stop> stops) {
  /// Of a figure that says everything by itself.
  public static final ReadOut NONE = new ReadOut("", List.of(), List.of());

  public ReadOut {
    Objects.requireNonNull(through);
    keys = List.copyOf(keys);
    stops = List.copyOf(stops);
    int known = keys.size();
    if (stops.stream().flatMap(stop -> stop.rows().stream()).anyMatch(row -> row.key() >= known)) {
      throw new IllegalArgumentException("a row of a series that is not there");
    }
  }

  /// A series, as rows name and mark it.
  public record Key(String name, Style style) {
    public Key {
      Objects.requireNonNull(name);
      Objects.requireNonNull(style);
    }
  }

  /// One stop.
  ///
  /// @param label its heading
  public record Stop(String label, List<Row> rows) {
    public Stop {
      Objects.requireNonNull(label);
      rows = List.copyOf(rows);
    }
  }

  /// A line of a stop.
  ///
  /// @param key index of its series, or negative for a line that belongs to none
  public record Row(int key, String text) {
    public Row {
      Objects.requireNonNull(text);
    }
  }
}
