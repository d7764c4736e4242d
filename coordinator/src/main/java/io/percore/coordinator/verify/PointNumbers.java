package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.verify.LongHand.Range;
import io.percore.coordinator.verify.Plan.Point;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What has to stand at one point, worked out from the plan and its trials.
final class PointNumbers {
  /// Names in the summary of what the lines say.
  private static final Map<String, String> STEADY =
      Map.of(
          "FLAT", "flat",
          "WARM_UP", "warmUp",
          "SLOWDOWN", "slowdown",
          "NO_STEADY_STATE", "noSteadyState",
          "NOT_CLASSIFIED", "notClassified");

  private final Plan plan;
  private final Point point;
  private final Arms arms;
  private final Arm arm;
  private final Collection<JsonNode> sound;
  private final Collection<JsonNode> completed;
  private final Answers answers;

  private PointNumbers(Plan plan, Point point, Arms arms, Answers answers) {
    this.plan = plan;
    this.point = point;
    this.arms = arms;
    this.arm = arms.of(point.program());
    this.sound = arm.sound().values();
    this.completed = arm.completed().values();
    this.answers = answers;
  }

  /// @param answers where they go
  static void of(Plan plan, Point point, Arms arms, Answers answers) {
    PointNumbers numbers = new PointNumbers(plan, point, arms, answers);
    numbers.identity();
    numbers.rates();
    numbers.ratios();
    numbers.counts();
    numbers.attempts();
    numbers.circumstances();
    numbers.binding();
  }

  private void identity() {
    String discipline = point.discipline();
    answers.text("strategy", point.name());
    answers.text("discipline", discipline);
    answers.same("workload", plan.experiment().path("workload"));
    HeaderNumbers.parameters(answers.below("parameters"), plan.parameters(discipline));
    answers.same("sharing", point.program().path("sharing"));
    answers.same("scaling", plan.experiment().at("/scaling/kind"));
    answers.count("parallelism", point.parallelism());
    answers.count("processes", point.processes());
    answers.count("threadsPerProcess", point.threadsPerProcess());
    answers.truth("referenceCount", plan.referenceCount(discipline));
    answers.truth("exactRequired", plan.exactRequired(discipline));
    answers.truth("exactByConstruction", plan.exactByConstruction(point.program()));
  }

  private void rates() {
    List<Double> rates = arm.rates();
    answers.count("forks", rates.size());
    answers.size("throughput.forks", rates.size());
    for (int i = 0; i < rates.size(); i++) {
      answers.figure("throughput.forks[" + i + "]", rates.get(i));
    }
    answers.text("throughput.unit", "ops/s");
    answers.count("modes", LongHand.modes(rates));
    Double median = rates.isEmpty() ? null : Double.valueOf(LongHand.median(rates));
    answers.figure("throughput.median", median);
    answers.figure(
        "nanosPerOp", median == null ? null : Double.valueOf(point.parallelism() / median * 1e9));
    Range mean = arm.mean(plan.fixedWork());
    answers.figure("throughput.mean", mean == null ? null : Double.valueOf(mean.value()));
    answers.ends("throughput", mean == null ? null : mean.map(rate -> Math.max(0, rate)));
  }

  private void ratios() {
    JsonNode own = arms.alone(point.discipline(), point.program());
    Range speedup = ratio(own);
    answers.range("speedup", speedup);
    answers.range(
        "efficiency", speedup == null ? null : speedup.map(value -> value / point.parallelism()));
    Range overSequential = ratio(arms.alone("plain", point.program()));
    answers.range("speedupOverSequential", overSequential);
    answers.range(
        "efficiencyOverSequential",
        overSequential == null ? null : overSequential.map(value -> value / point.parallelism()));
    answers.range("serialShare", serialShare(speedup));
    answers.range(
        "speedupFieller",
        own == null || own.equals(point.program())
            ? null
            : arm.over(arms.of(own), LongHand::fieller));
  }

  /// From S = 1 / (e + (1 - e) / N), and from S = N - e (N - 1) of a work that grows with N: in
  /// both the share falls as the speedup rises.
  private @Nullable Range serialShare(@Nullable Range speedup) {
    double n = point.parallelism();
    if (speedup == null || n == 1) {
      return null;
    }
    DoubleUnaryOperator share =
        plan.scaling().equals("WEAK") ? s -> (n - s) / (n - 1) : s -> (n / s - 1) / (n - 1);
    double value = share.applyAsDouble(speedup.value());
    Double low = speedup.low();
    Double high = speedup.high();
    return low == null || high == null || low <= 0
        ? Range.without(value)
        : new Range(value, share.applyAsDouble(high), share.applyAsDouble(low));
  }

  private @Nullable Range ratio(@Nullable JsonNode base) {
    if (base == null) {
      return null;
    }
    if (base.equals(point.program())) {
      return sound.isEmpty() ? null : Range.without(1);
    }
    return arm.over(arms.of(base), LongHand::logRatio);
  }

  private void counts() {
    boolean known = !completed.isEmpty();
    boolean increments =
        plan.incrementsOnly()
            && completed.stream()
                .map(PointNumbers::verification)
                .allMatch(
                    counts ->
                        counts.path("expectedUpdates").isNumber()
                            && counts.path("observedUpdates").isNumber());
    answers.count("operations", known ? total("operations") : null);
    answers.count("expectedUpdates", known && increments ? total("expectedUpdates") : null);
    answers.count(
        "lostUpdates",
        known && increments
            ? completed.stream().map(Arm::lostUpdates).reduce(BigInteger.ZERO, BigInteger::add)
            : null);
    for (String fault :
        List.of("netError", "doubleFrees", "prematureFrees", "usesAfterFree", "leaks")) {
      answers.count(fault, known && !increments ? total(fault) : null);
    }
  }

  private static JsonNode verification(JsonNode line) {
    return line.path("measurement").path("verification");
  }

  private BigInteger total(String count) {
    return completed.stream()
        .map(line -> verification(line).path(count).bigIntegerValue())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void attempts() {
    answers.count("invalidated", arm.outcomes("invalidated"));
    answers.count("failed", arm.outcomes("failed", "timed-out"));
    answers.count("missing", Math.max(0, plan.forks() - completed.size()));
    answers.count(
        "disturbed",
        completed.stream().filter(line -> !line.path("reason").asText().isEmpty()).count());
    answers.put("defects[]", new Expected.Filled(completed.size() == sound.size()));
  }

  private void circumstances() {
    answers.figure("fairness", median(PointNumbers::fairness));
    answers.figure("cpuShare", median(PointNumbers::cpuShare));
    answers.count("startSkewNanos", largest("threads", "startSkewNanos"));
    answers.count("batchOperations", largest("processes", "batchOperations"));
    answers.figure(
        "edgeErrorShare",
        sound.stream().map(PointNumbers::edgeError).max(Comparator.naturalOrder()).orElse(null));
    answers.count("oddlyCompiled", oddlyCompiled());
    STEADY.forEach(
        (label, name) ->
            answers.count(
                "steadyState." + name,
                sound.stream()
                    .map(line -> line.path("measurement").path("steadyState"))
                    .filter(state -> state.asText("NOT_CLASSIFIED").equals(label))
                    .count()));
    List<Double> rounds = sound.stream().flatMap(line -> rounds(line).stream()).toList();
    answers.figure(
        "scoredNanos", rounds.isEmpty() ? null : Double.valueOf(LongHand.median(rounds)));
  }

  private void binding() {
    List<JsonNode> processes =
        completed.stream()
            .flatMap(line -> Plan.elements(line.path("measurement").path("processes")))
            .toList();
    if (completed.isEmpty()) {
      answers.text("pinned", null);
    } else {
      answers.truth(
          "pinned", processes.stream().allMatch(process -> process.path("pinned").asBoolean()));
    }
    answers.text("notPinnedReason", texts(processes, "notPinnedReason", "; "));
    answers.text("collector", texts(processes, "collector", ", "));
  }

  private static @Nullable String texts(List<JsonNode> processes, String name, String separator) {
    String texts =
        processes.stream()
            .map(process -> process.path(name).asText())
            .filter(text -> !text.isEmpty())
            .distinct()
            .collect(Collectors.joining(separator));
    return texts.isEmpty() ? null : texts;
  }

  private @Nullable Double median(ToDoubleFunction<JsonNode> figure) {
    List<Double> values =
        sound.stream().map(figure::applyAsDouble).filter(v -> !v.isNaN()).toList();
    return values.isEmpty() ? null : Double.valueOf(LongHand.median(values));
  }

  private @Nullable BigInteger largest(String array, String number) {
    return sound.stream()
        .flatMap(line -> Plan.elements(line.path("measurement").path(array)))
        .map(element -> element.path(number).bigIntegerValue())
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
  private long oddlyCompiled() {
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
    return compilations.size() - most;
  }
}
