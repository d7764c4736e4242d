package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.verify.LongHand.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The numbers of one point, worked out from its trials, by their paths in `summary.json`. A number
/// that the point should not have is null.
final class PointNumbers {
  /// Names in the summary of what the lines say.
  private static final Map<String, String> STEADY =
      Map.of(
          "FLAT", "flat",
          "WARM_UP", "warmUp",
          "SLOWDOWN", "slowdown",
          "NO_STEADY_STATE", "noSteadyState",
          "NOT_CLASSIFIED", "notClassified");

  private final Map<String, @Nullable Double> numbers = new TreeMap<>();
  private final Arm arm;
  private final Collection<JsonNode> sound;

  private PointNumbers(Arm arm) {
    this.arm = arm;
    this.sound = arm.sound().values();
  }

  /// @param arm the point's trials
  /// @param own those of its base
  /// @param sequential those of the sequential run
  /// @param parallelism threads over all processes
  /// @param fixedWork whether work and not time was fixed
  /// @param planned blocks that the plan has
  static Map<String, @Nullable Double> of(
      Arm arm, Arm own, Arm sequential, int parallelism, boolean fixedWork, int planned) {
    PointNumbers point = new PointNumbers(arm);
    point.rates(parallelism, fixedWork);
    point.ratios(own, sequential, parallelism);
    point.counts();
    point.attempts(planned);
    point.circumstances();
    return point.numbers;
  }

  private void rates(int parallelism, boolean fixedWork) {
    List<Double> rates = arm.rates();
    numbers.put("forks", (double) rates.size());
    for (int i = 0; i < rates.size(); i++) {
      numbers.put("throughput.forks[" + i + "]", rates.get(i));
    }
    numbers.put("modes", (double) LongHand.modes(rates));
    Double median = rates.isEmpty() ? null : Double.valueOf(LongHand.median(rates));
    numbers.put("throughput.median", median);
    numbers.put("nanosPerOp", median == null ? null : Double.valueOf(parallelism / median * 1e9));
    Range mean = null;
    if (!rates.isEmpty()) {
      mean = fixedWork ? LongHand.harmonic(rates) : LongHand.arithmetic(rates);
    }
    Double low = mean == null ? null : mean.low();
    numbers.put("throughput.mean", mean == null ? null : Double.valueOf(mean.value()));
    numbers.put("throughput.ciLow", low == null ? null : Double.valueOf(Math.max(0, low)));
    numbers.put("throughput.ciHigh", mean == null ? null : mean.high());
  }

  private void ratios(Arm own, Arm sequential, int parallelism) {
    boolean base = own.equals(arm);
    Range speedup = ratio(own);
    range("speedup", speedup);
    range("efficiency", speedup == null ? null : speedup.map(value -> value / parallelism));
    range("speedupOverSequential", ratio(sequential));
    range("speedupFieller", base ? null : arm.over(own, LongHand::fieller));
  }

  private @Nullable Range ratio(Arm base) {
    if (base.equals(arm)) {
      return sound.isEmpty() ? null : Range.without(1);
    }
    return arm.over(base, LongHand::logRatio);
  }

  private void range(String name, @Nullable Range range) {
    numbers.putAll(flat(name, range));
  }

  /// A ratio's three numbers.
  static Map<String, @Nullable Double> flat(String name, @Nullable Range range) {
    Map<String, @Nullable Double> flat = new HashMap<>();
    flat.put(name + ".value", range == null ? null : Double.valueOf(range.value()));
    flat.put(name + ".ciLow", range == null ? null : range.low());
    flat.put(name + ".ciHigh", range == null ? null : range.high());
    return flat;
  }

  private void counts() {
    Collection<JsonNode> completed = arm.completed().values();
    boolean known = !completed.isEmpty();
    boolean increments =
        completed.stream().allMatch(line -> verification(line).path("expectedUpdates").isNumber());
    Double expected = total("expectedUpdates");
    numbers.put("operations", known ? total("operations") : null);
    numbers.put("expectedUpdates", known && increments ? expected : null);
    numbers.put(
        "lostUpdates",
        known && increments ? Double.valueOf(expected - total("observedUpdates")) : null);
    for (String fault :
        List.of("netError", "doubleFrees", "prematureFrees", "usesAfterFree", "leaks")) {
      numbers.put(fault, known && !increments ? total(fault) : null);
    }
  }

  private static JsonNode verification(JsonNode line) {
    return line.path("measurement").path("verification");
  }

  private Double total(String count) {
    return (double)
        arm.completed().values().stream()
            .mapToLong(line -> verification(line).path(count).asLong())
            .sum();
  }

  private void attempts(int planned) {
    numbers.put("invalidated", (double) arm.outcomes("invalidated"));
    numbers.put("failed", (double) arm.outcomes("failed", "timed-out"));
    numbers.put("missing", (double) Math.max(0, planned - arm.completed().size()));
    numbers.put(
        "disturbed",
        (double)
            arm.completed().values().stream()
                .filter(line -> !line.path("reason").asText().isEmpty())
                .count());
  }

  private void circumstances() {
    numbers.put("fairness", median(line -> fairness(line)));
    numbers.put("cpuShare", median(PointNumbers::cpuShare));
    numbers.put("startSkewNanos", largest("threads", "startSkewNanos"));
    numbers.put("batchOperations", largest("processes", "batchOperations"));
    numbers.put(
        "edgeErrorShare",
        sound.stream().map(PointNumbers::edgeError).max(Comparator.naturalOrder()).orElse(null));
    numbers.put("oddlyCompiled", oddlyCompiled());
    STEADY.forEach(
        (label, name) ->
            numbers.put(
                "steadyState." + name,
                (double)
                    sound.stream()
                        .map(line -> line.path("measurement").path("steadyState"))
                        .filter(state -> state.asText("NOT_CLASSIFIED").equals(label))
                        .count()));
    List<Double> rounds = sound.stream().flatMap(line -> rounds(line).stream()).toList();
    numbers.put("scoredNanos", rounds.isEmpty() ? null : Double.valueOf(LongHand.median(rounds)));
  }

  private interface Figure {
    double of(JsonNode line);
  }

  private @Nullable Double median(Figure figure) {
    List<Double> values = sound.stream().map(figure::of).filter(v -> !v.isNaN()).toList();
    return values.isEmpty() ? null : Double.valueOf(LongHand.median(values));
  }

  private @Nullable Double largest(String array, String number) {
    return sound.stream()
        .flatMap(line -> Arm.each(line, array, number).stream())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static double fairness(JsonNode line) {
    return LongHand.fairness(Arm.each(line, "threads", "operations"));
  }

  private static double cpuShare(JsonNode line) {
    return LongHand.sum(Arm.each(line, "threads", "cpuNanos")).doubleValue()
        / LongHand.sum(Arm.each(line, "threads", "elapsedNanos")).doubleValue();
  }

  private static double edgeError(JsonNode line) {
    return LongHand.sum(Arm.each(line, "threads", "edgeErrorOperations")).doubleValue()
        / Arm.operations(line);
  }

  private static List<Double> rounds(JsonNode line) {
    List<Double> rounds = Arm.each(line, "scoredRounds", "nanos");
    JsonNode measured = line.path("measurement");
    return rounds.isEmpty()
        ? List.of(measured.path("windowNanos").asDouble() / measured.path("rounds").asDouble(1))
        : rounds;
  }

  /// Forks whose number of compilations is not the most frequent one.
  private Double oddlyCompiled() {
    List<Double> compilations = new ArrayList<>();
    for (JsonNode line : sound) {
      List<Double> each = Arm.each(line, "processes", "compilations");
      if (each.stream().allMatch(count -> count >= 0)) {
        compilations.add(LongHand.sum(each).doubleValue());
      }
    }
    long most =
        compilations.stream()
            .mapToLong(count -> compilations.stream().filter(count::equals).count())
            .max()
            .orElse(0);
    return (double) (compilations.size() - most);
  }
}
