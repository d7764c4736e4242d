package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.verify.LongHand.Range;
import io.percore.coordinator.verify.Plan.Point;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What has to stand of each machine where there are several.
final class MachineNumbers {
  private final Plan plan;
  private final Arms arms;
  private final JsonNode machines;
  private final Answers answers;

  private MachineNumbers(Plan plan, Arms arms, JsonNode machines, Answers answers) {
    this.plan = plan;
    this.arms = arms;
    this.machines = machines;
    this.answers = answers;
  }

  /// @param answers where they go
  static void of(Plan plan, List<JsonNode> lines, Arms arms, Answers answers) {
    JsonNode machines = plan.header().path("machines");
    if (machines.size() > 1) {
      MachineNumbers numbers = new MachineNumbers(plan, arms, machines, answers.below("machines"));
      numbers.clocks(lines.stream().filter(Arm::completed).toList());
      numbers.hosts();
      numbers.baselines();
      numbers.points();
    }
  }

  private void clocks(List<JsonNode> completed) {
    count(
        "clockBoundNanos",
        completed.stream()
            .map(line -> line.at("/measurement/clockBoundNanos"))
            .filter(JsonNode::isNumber)
            .mapToLong(JsonNode::asLong));
    count(
        "startSkewNanos",
        completed.stream()
            .flatMap(line -> Plan.elements(line.at("/measurement/threads")))
            .mapToLong(thread -> thread.path("startSkewNanos").asLong()));
  }

  private void count(String path, LongStream values) {
    OptionalLong largest = values.max();
    if (largest.isPresent()) {
      answers.count(path, largest.getAsLong());
    } else {
      answers.put(path, Expected.nothing());
    }
  }

  private void hosts() {
    answers.size("hosts", machines.size());
    for (int i = 0; i < machines.size(); i++) {
      Answers here = answers.element("hosts", i);
      for (String fact : List.of("hostName", "cpuModel", "onlineCpus")) {
        here.same(fact, machines.path(i).path(fact));
      }
      here.count("hardwareThreads", new Machine(machines.path(i)).hardwareThreads());
    }
  }

  private void baselines() {
    Set<JsonNode> alone = new LinkedHashSet<>();
    plan.points().stream()
        .filter(point -> point.parallelism() == 1)
        .forEach(point -> alone.add(point.program()));
    alone.removeIf(program -> !arms.has(onEach(program)));
    int index = 0;
    for (JsonNode program : alone) {
      Arm each = arms.of(onEach(program));
      for (int machine = 0; machine < machines.size(); machine++) {
        baseline(program, each, machine, answers.element("baselines", index++));
      }
    }
    answers.size("baselines", index);
  }

  private void baseline(JsonNode program, Arm each, int machine, Answers here) {
    here.same("discipline", program.path("discipline"));
    here.text("collector", collector(program));
    here.same("pinned", program.path("pinned"));
    here.count("machine", machine);
    Map<Integer, Double> rates = rates(each, machine);
    throughput(rates, here);
    here.range("overFirst", machine == 0 ? null : ratio(rates, rates(each, 0)));
    here.range("overAlone", machine == 0 ? ratio(rates, rates(arms.of(program), 0)) : null);
  }

  private static @Nullable String collector(JsonNode program) {
    return program.has("collector")
        ? program.path("collector").asText().toLowerCase(Locale.ROOT)
        : null;
  }

  /// One thread on each machine instead of one thread.
  private JsonNode onEach(JsonNode program) {
    ObjectNode each = program.deepCopy();
    each.put("onEachMachine", true);
    each.putObject("layout").put("processes", machines.size()).put("threadsPerProcess", 1);
    return each;
  }

  private void points() {
    int index = 0;
    for (Point point : plan.points()) {
      Arm arm = arms.of(point.program());
      Map<Integer, Integer> threads = new TreeMap<>();
      arm.sound().values().stream()
          .limit(1)
          .forEach(
              line ->
                  machineOfSlot(line)
                      .values()
                      .forEach(m -> threads.put(m, threads(line, m).size())));
      if (threads.size() > 1) {
        for (Map.Entry<Integer, Integer> part : threads.entrySet()) {
          part(point, arm, part.getKey(), part.getValue(), answers.element("points", index++));
        }
      }
    }
    answers.size("points", index);
  }

  private void part(Point point, Arm arm, int machine, int threads, Answers here) {
    here.text("strategy", point.name());
    here.count("parallelism", point.parallelism());
    here.count("machine", machine);
    here.count("threads", threads);
    Map<Integer, Double> rates = rates(arm, machine);
    throughput(rates, here);
    Range speedup = speedup(point, rates, machine);
    here.range("speedup", speedup);
    here.range("efficiency", speedup == null ? null : speedup.map(value -> value / threads));
  }

  private @Nullable Range speedup(Point point, Map<Integer, Double> rates, int machine) {
    boolean pinned = point.program().path("pinned").asBoolean();
    for (boolean like : new boolean[] {pinned, !pinned}) {
      ObjectNode base = (ObjectNode) onEach(point.program());
      base.put("sharing", "PROCESS").put("pinned", like);
      if (arms.has(base)) {
        return ratio(rates, rates(arms.of(base), machine));
      }
    }
    return null;
  }

  private void throughput(Map<Integer, Double> byBlock, Answers here) {
    List<Double> rates = List.copyOf(byBlock.values());
    here.count("forks", rates.size());
    Range mean =
        rates.isEmpty()
            ? null
            : plan.fixedWork() ? LongHand.harmonic(rates) : LongHand.arithmetic(rates);
    here.figure(
        "throughput.median", rates.isEmpty() ? null : Double.valueOf(LongHand.median(rates)));
    here.figure("throughput.mean", mean == null ? null : Double.valueOf(mean.value()));
    here.ends("throughput", mean == null ? null : mean.map(rate -> Math.max(0, rate)));
  }

  private static @Nullable Range ratio(Map<Integer, Double> over, Map<Integer, Double> under) {
    List<Double> mine = new ArrayList<>(over.values());
    List<Double> others = new ArrayList<>();
    for (Map.Entry<Integer, Double> block : over.entrySet()) {
      Double other = under.get(block.getKey());
      if (other == null) {
        mine.remove(others.size());
      } else {
        others.add(other);
      }
    }
    return mine.isEmpty() ? null : LongHand.logRatio(mine, others);
  }

  /// By block, without forks in which the machine did nothing.
  private Map<Integer, Double> rates(Arm arm, int machine) {
    Map<Integer, Double> rates = new TreeMap<>();
    arm.sound()
        .forEach(
            (block, line) -> {
              double rate = rate(line, machine);
              if (rate > 0 && Double.isFinite(rate)) {
                rates.put(block, rate);
              }
            });
    return rates;
  }

  private double rate(JsonNode line, int machine) {
    List<Double> operations = new ArrayList<>();
    double nanos = plan.fixedWork() ? 0 : line.at("/measurement/windowNanos").asDouble();
    for (JsonNode thread : threads(line, machine)) {
      operations.add(thread.path("operations").asDouble());
      if (plan.fixedWork()) {
        nanos = Math.max(nanos, thread.path("finishNanos").asDouble());
      }
    }
    return LongHand.sum(operations).doubleValue() / (nanos / 1e9);
  }

  private static Map<Integer, Integer> machineOfSlot(JsonNode line) {
    Map<Integer, Integer> machines = new TreeMap<>();
    Plan.elements(line.at("/measurement/processes"))
        .forEach(
            process -> machines.put(process.path("slot").asInt(), process.path("machine").asInt()));
    return machines;
  }

  private static List<JsonNode> threads(JsonNode line, int machine) {
    Map<Integer, Integer> machines = machineOfSlot(line);
    return Plan.elements(line.at("/measurement/threads"))
        .filter(thread -> machines.getOrDefault(thread.path("slot").asInt(), -1) == machine)
        .toList();
  }
}
