package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What has to stand above the points: which run it is, where it ran, its design.
final class HeaderNumbers {
  private final Plan plan;
  private final JsonNode experiment;
  private final Answers answers;

  private HeaderNumbers(Plan plan, Answers answers) {
    this.plan = plan;
    this.experiment = plan.experiment();
    this.answers = answers;
  }

  static void of(Plan plan, List<JsonNode> lines, Answers answers) {
    HeaderNumbers numbers = new HeaderNumbers(plan, answers);
    numbers.run(lines);
    numbers.resumes(lines);
    numbers.environment(answers.below("environment"));
    numbers.design(answers.below("design"));
  }

  private void run(List<JsonNode> lines) {
    answers.text("schema", "percore-summary/1");
    answers.same("run", plan.header().path("runId"));
    answers.same("started", plan.header().path("started"));
    answers.count("wallNanos", wallNanos(lines));
    answers.truth("complete", complete(lines));
    lines.stream()
        .filter(Arm::completed)
        .map(line -> line.path("measurement").path("clockBoundNanos"))
        .filter(JsonNode::isIntegralNumber)
        .mapToLong(JsonNode::asLong)
        .max()
        .ifPresent(bound -> answers.count("clockBoundNanos", bound));
  }

  /// Where attempts of one time follow on attempts of another.
  private void resumes(List<JsonNode> lines) {
    JsonNode boot = plan.header().at("/environment/bootId");
    int resumes = 0;
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      JsonNode now = line.at("/resume/bootId");
      if (now.isMissingNode()) {
        continue;
      }
      if (i > 0) {
        Answers here = answers.element("resumes", resumes++);
        here.count("attempts", i);
        here.same("time", line.path("started"));
        here.truth("restarted", !now.equals(boot));
        boolean within = line.path("block").equals(lines.get(i - 1).path("block"));
        here.same("block", within ? line.path("block") : NullNode.getInstance());
      }
      boot = now;
    }
    answers.size("resumes", resumes);
  }

  /// To the end of the last attempt.
  private long wallNanos(List<JsonNode> lines) {
    if (lines.isEmpty()) {
      return 0;
    }
    Instant begin = Instant.parse(plan.header().path("started").asText());
    Instant last = Instant.parse(lines.getLast().path("started").asText());
    return Duration.between(begin, last).plus(duration(lines.getLast().path("duration"))).toNanos();
  }

  private static Duration duration(JsonNode text) {
    return Duration.parse(text.asText());
  }

  /// Whether each program has a completed trial in every block that was planned or begun.
  private boolean complete(List<JsonNode> lines) {
    Set<JsonNode> programs = new HashSet<>();
    plan.points().forEach(point -> programs.add(point.program()));
    int blocks = plan.forks();
    Set<Integer> trials = new HashSet<>();
    for (JsonNode line : lines) {
      blocks = Math.max(blocks, line.path("block").asInt() + 1);
      if (Arm.completed(line)) {
        trials.add(line.path("trial").asInt());
      }
    }
    long perBlock = (long) programs.size() + plan.header().path("baselines").size();
    return trials.size() == blocks * perBlock;
  }

  private void environment(Answers here) {
    JsonNode environment = plan.header().path("environment");
    environment.properties().forEach(field -> here.tree(field.getKey(), field.getValue()));
    for (int i = 0; i < environment.path("cpus").size(); i++) {
      boolean efficiency = environment.path("cpus").path(i).path("efficiency").asBoolean();
      here.same("cpus[" + i + "].efficiency", BooleanNode.valueOf(efficiency));
    }
    if (environment.path("memoryBytes").asLong() == 0) {
      here.text("memoryBytes", null);
    }
    Machine machine = plan.machine();
    here.count("physicalCores", machine.physicalCores());
    here.count("hardwareThreads", machine.hardwareThreads());
    here.count("efficiencyCores", machine.efficiencyCores());
    if (!machine.restricted()) {
      here.count("numaNodes", machine.nodes());
    }
  }

  private void design(Answers here) {
    JsonNode strategies = experiment.path("strategies");
    here.size("strategies", strategies.size());
    for (int i = 0; i < strategies.size(); i++) {
      here.same("strategies[" + i + "]", strategies.path(i).path("name"));
    }
    for (String copied : List.of("parallelisms", "workload", "forks", "pinning", "seed")) {
      here.tree(copied, experiment.path(copied));
    }
    parameters(here.below("workloadParameters"), texts(experiment.path("workloadParameters")));
    experiment
        .path("disciplineParameters")
        .properties()
        .forEach(
            field ->
                parameters(
                    here.below("disciplineParameters").below(field.getKey()),
                    texts(field.getValue())));
    JsonNode operations = experiment.at("/scaling/operations");
    here.same("scaling", experiment.at("/scaling/kind"));
    here.count(
        "fixedWorkOperations",
        plan.scaling().equals("STRONG") ? operations.bigIntegerValue() : null);
    if (plan.scaling().equals("WEAK")) {
      here.same("fixedWorkOperationsPerThread", experiment.at("/scaling/operationsPerThread"));
    }
    here.count("warmUpNanos", duration(experiment.path("warmUp")).toNanos());
    here.count("windowNanos", duration(experiment.path("window")).toNanos());
    here.text("place", experiment.path("place").asText("PACK"));
    JsonNode collectors = experiment.path("collectors");
    here.size("collectors", collectors.size());
    for (int i = 0; i < collectors.size(); i++) {
      here.text("collectors[" + i + "]", collectors.path(i).asText().toLowerCase(Locale.ROOT));
    }
  }

  private static Map<String, String> texts(JsonNode parameters) {
    Map<String, String> texts = new java.util.TreeMap<>();
    parameters.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  /// Parameters are texts in the plan, and numbers in the summary where they are whole ones.
  static void parameters(Answers here, Map<String, String> parameters) {
    parameters.forEach(
        (name, value) -> {
          if (value.matches("-?[0-9]{1,18}")) {
            here.count(name, new BigInteger(value));
          } else {
            here.text(name, value);
          }
        });
  }
}
