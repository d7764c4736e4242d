package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.verify.LongHand.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The attempts at one program, as its lines tell.
///
/// @param attempts all lines of the program, in their order
/// @param completed the last completed attempt of each block
/// @param sound those of them whose figures count
record Arm(
    List<JsonNode> attempts, Map<Integer, JsonNode> completed, Map<Integer, JsonNode> sound) {
  /// @param attempts all lines of the program, in their order
  /// @param mustBeExact whether a wrong count makes a trial's figures unusable
  /// @param possible whether a trial was no faster than can be
  static Arm of(List<JsonNode> attempts, boolean mustBeExact, Predicate<JsonNode> possible) {
    Map<Integer, JsonNode> completed = new TreeMap<>();
    attempts.stream()
        .filter(Arm::completed)
        .forEach(line -> completed.put(line.path("block").asInt(), line));
    Map<Integer, JsonNode> sound = new TreeMap<>(completed);
    sound.values().removeIf(line -> !sound(line, mustBeExact) || !possible.test(line));
    return new Arm(attempts, completed, sound);
  }

  static boolean completed(JsonNode line) {
    return line.path("outcome").asText().equals("completed");
  }

  private static boolean sound(JsonNode line, boolean mustBeExact) {
    JsonNode counts = line.path("measurement").path("verification");
    boolean exact =
        lostUpdates(line).signum() == 0
            && List.of("netError", "prematureFrees", "doubleFrees", "usesAfterFree", "leaks")
                .stream()
                .allMatch(fault -> counts.path(fault).bigIntegerValue().signum() == 0);
    return line.path("defects").isEmpty()
        && counts.path("workExact").asBoolean()
        && (exact || !mustBeExact)
        && operations(line) > 0;
  }

  /// 0 where the workload does not count them.
  static BigInteger lostUpdates(JsonNode line) {
    JsonNode counts = line.path("measurement").path("verification");
    return counts.path("expectedUpdates").isNumber() && counts.path("observedUpdates").isNumber()
        ? counts
            .path("expectedUpdates")
            .bigIntegerValue()
            .subtract(counts.path("observedUpdates").bigIntegerValue())
        : BigInteger.ZERO;
  }

  long outcomes(String... labels) {
    return attempts.stream()
        .filter(line -> List.of(labels).contains(line.path("outcome").asText()))
        .count();
  }

  List<Double> rates() {
    return sound.values().stream().map(Arm::rate).toList();
  }

  /// Mean rate: harmonic where the work was fixed, else arithmetic; null without a sound trial.
  @Nullable Range mean(boolean fixedWork) {
    List<Double> rates = rates();
    if (rates.isEmpty()) {
      return null;
    }
    return fixedWork ? LongHand.harmonic(rates) : LongHand.arithmetic(rates);
  }

  /// Ratio to another arm over the blocks that both have; null without any.
  @Nullable Range over(Arm base, Estimator estimator) {
    List<Double> mine = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    sound.forEach(
        (block, line) -> {
          JsonNode other = base.sound.get(block);
          if (other != null) {
            mine.add(rate(line));
            others.add(rate(other));
          }
        });
    return mine.isEmpty() ? null : estimator.estimate(mine, others);
  }

  interface Estimator {
    Range estimate(List<Double> over, List<Double> under);
  }

  /// A number of each element of an array of a trial's measurement.
  static List<Double> each(JsonNode line, String array, String number) {
    return StreamSupport.stream(line.path("measurement").path(array).spliterator(), false)
        .map(element -> element.path(number).asDouble())
        .toList();
  }

  static double operations(JsonNode line) {
    return LongHand.sum(each(line, "threads", "operations")).doubleValue();
  }

  static double rate(JsonNode line) {
    return operations(line) / (line.path("measurement").path("windowNanos").asDouble() / 1e9);
  }
}
