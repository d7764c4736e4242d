package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.verify.Plan.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What giving work to processes has to have cost, by the trials that were made for calls.
final class CallNumbers {
  private static final double[] JOB_SECONDS = {0.01, 0.1, 1, 10, 100};

  private final Plan plan;
  private final Arms arms;
  private final Answers answers;

  private CallNumbers(Plan plan, Arms arms, Answers answers) {
    this.plan = plan;
    this.arms = arms;
    this.answers = answers;
  }

  /// @param called lines of the trials of calls
  /// @param answers where they go; nothing where there was none
  static void of(Plan plan, Arms arms, List<JsonNode> called, Answers answers) {
    Map<JsonNode, List<JsonNode>> byProgram = new LinkedHashMap<>();
    for (JsonNode line : called) {
      if (Arm.completed(line)
          && line.path("defects").isEmpty()
          && line.at("/measurement/calls").isArray()) {
        byProgram.computeIfAbsent(line.path("program"), _ -> new ArrayList<>()).add(line);
      }
    }
    int index = 0;
    for (Map.Entry<JsonNode, List<JsonNode>> forks : byProgram.entrySet()) {
      for (Point point : plan.points()) {
        if (point.program().equals(forks.getKey())) {
          Answers here = answers.element("processCost", index++);
          new CallNumbers(plan, arms, here).write(point, forks.getValue());
          break;
        }
      }
    }
    if (index > 0) {
      answers.size("processCost", index);
    }
  }

  private void write(Point point, List<JsonNode> forks) {
    answers.text("strategy", point.name());
    answers.count("parallelism", point.parallelism());
    Map<String, List<Double>> threads = threads(point);
    calls(point, forks, threads);
    if (forks.stream().allMatch(fork -> start(fork) > 0 && Arm.operations(fork) > 0)) {
      jobs(forks, threads);
    }
  }

  /// Rates of the strategies of as many threads in one process that count references exactly.
  private Map<String, List<Double>> threads(Point processes) {
    Map<String, List<Double>> threads = new LinkedHashMap<>();
    for (Point point : plan.points()) {
      List<Double> rates = arms.of(point.program()).rates();
      if (point.parallelism() == processes.parallelism()
          && point.processes() == 1
          && plan.referenceCount(point.discipline())
          && plan.mustBeExact(point.program())
          && !rates.isEmpty()) {
        threads.put(point.name(), rates);
      }
    }
    return threads;
  }

  private void calls(Point point, List<JsonNode> forks, Map<String, List<Double>> threads) {
    Map<Long, List<JsonNode>> bySize = new TreeMap<>();
    for (JsonNode fork : forks) {
      fork.at("/measurement/calls")
          .forEach(
              sample ->
                  bySize
                      .computeIfAbsent(
                          sample.path("operationsPerCall").asLong(), _ -> new ArrayList<>())
                      .add(sample));
    }
    answers.size("calls", bySize.size());
    int index = 0;
    for (Map.Entry<Long, List<JsonNode>> size : bySize.entrySet()) {
      List<JsonNode> samples = size.getValue();
      Answers here = answers.element("calls", index++);
      here.count("operations", size.getKey());
      here.count("forks", samples.size());
      List<Double> nanos =
          samples.stream()
              .map(s -> s.path("nanos").asDouble() * point.processes() / s.path("calls").asDouble())
              .toList();
      here.figure("nanos", LongHand.median(nanos));
      List<Double> rates =
          nanos.stream().map(n -> size.getKey() * point.processes() / n * 1e9).toList();
      here.figure("throughput", LongHand.median(rates));
      against(rates, threads, here);
    }
  }

  private void jobs(List<JsonNode> forks, Map<String, List<Double>> threads) {
    answers.figure("startNanos", LongHand.median(forks.stream().map(CallNumbers::start).toList()));
    answers.size("jobs", JOB_SECONDS.length);
    double usual = LongHand.median(forks.stream().map(Arm::rate).toList());
    for (int i = 0; i < JOB_SECONDS.length; i++) {
      double operations = usual * JOB_SECONDS[i];
      List<Double> rates =
          forks.stream()
              .map(fork -> operations / (start(fork) / 1e9 + operations / Arm.rate(fork)))
              .toList();
      Answers here = answers.element("jobs", i);
      here.figure("nanos", JOB_SECONDS[i] * 1e9);
      against(rates, threads, here);
    }
  }

  private static void against(
      List<Double> rates, Map<String, List<Double>> threads, Answers answers) {
    threads.forEach((name, others) -> answers.range("over." + name, LongHand.welch(rates, others)));
  }

  private static double start(JsonNode fork) {
    return fork.at("/measurement/launchNanos").asDouble();
  }
}
