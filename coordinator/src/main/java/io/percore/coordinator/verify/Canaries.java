package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How fast each of N canaries is as a share of one alone, by N, as the lines tell. All completed
/// trials of a size count together, by their median, and those alone whose threads had a processor
/// each.
final class Canaries {
  private final Map<Long, Double> rates = new TreeMap<>();

  Canaries(List<JsonNode> lines, long processors) {
    Map<Long, List<Double>> sums = new TreeMap<>();
    for (JsonNode line : lines) {
      JsonNode measured = line.path("measurement");
      long threads = measured.path("threads").size();
      boolean known =
          Plan.elements(measured.path("processes"))
              .allMatch(process -> process.path("canary").isObject());
      // Those on all machines at once have other processors.
      boolean each = line.at("/program/onEachMachine").asBoolean();
      if (Arm.completed(line) && !each && threads <= processors && known) {
        sums.computeIfAbsent(threads, _ -> new ArrayList<>()).add(sum(measured));
      }
    }
    sums.forEach((threads, each) -> rates.put(threads, LongHand.median(each)));
  }

  /// Each thread has its process's canary.
  private static double sum(JsonNode measured) {
    Map<Integer, Double> bySlot = new TreeMap<>();
    measured
        .path("processes")
        .forEach(
            process ->
                bySlot.put(
                    process.path("slot").asInt(), process.at("/canary/afterPerSecond").asDouble()));
    double sum = 0;
    for (JsonNode thread : measured.path("threads")) {
      sum += bySlot.getOrDefault(thread.path("slot").asInt(), 0.0);
    }
    return sum;
  }

  boolean known(long size) {
    return rates.containsKey(1L) && rates.containsKey(size);
  }

  /// @param size one that is known
  double share(long size) {
    return rates.getOrDefault(size, Double.NaN) / size / rates.getOrDefault(1L, Double.NaN);
  }
}
