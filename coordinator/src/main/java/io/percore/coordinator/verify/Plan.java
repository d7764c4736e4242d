package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What `run.json` says of a run: which points there have to be, and what their counts must be.
final class Plan {
  private final JsonNode header;
  private final JsonNode experiment;
  private final JsonNode workload;

  Plan(JsonNode header) {
    this.header = header;
    this.experiment = header.path("experiment");
    this.workload = named(header.at("/catalogue/workloads"), experiment.path("workload").asText());
  }

  JsonNode header() {
    return header;
  }

  JsonNode experiment() {
    return experiment;
  }

  /// The points by strategy, in the order in which these first come, then by size.
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    header.path("points").forEach(point -> points.add(new Point(point)));
    List<JsonNode> strategies = points.stream().map(Point::strategy).distinct().toList();
    return points.stream()
        .sorted(
            Comparator.comparingInt((Point point) -> strategies.indexOf(point.strategy()))
                .thenComparingLong(Point::parallelism))
        .toList();
  }

  /// `FIXED_TIME`, `STRONG` or `WEAK`.
  String scaling() {
    return experiment.at("/scaling/kind").asText();
  }

  boolean fixedWork() {
    return !scaling().equals("FIXED_TIME");
  }

  int forks() {
    return experiment.path("forks").asInt();
  }

  /// Whether lost updates can be counted.
  boolean incrementsOnly() {
    return workload.path("incrementsOnly").asBoolean(true);
  }

  JsonNode discipline(String id) {
    return named(header.at("/catalogue/disciplines"), id);
  }

  /// Whether a discipline promises exact counts with the parameters that were chosen.
  boolean exactRequired(String id) {
    JsonNode discipline = discipline(id);
    if (discipline.isMissingNode() || discipline.path("singleThreaded").asBoolean()) {
      return true;
    }
    JsonNode chosen = experiment.path("disciplineParameters").path(id);
    boolean inexact =
        elements(discipline.path("parameters"))
            .anyMatch(
                parameter -> {
                  String name = parameter.path("name").asText();
                  String value = parameter.path("defaultValue").asText();
                  String choice = chosen.path(name).asText(value);
                  return elements(parameter.path("inexactChoices"))
                      .anyMatch(wrong -> wrong.asText().equals(choice));
                });
    return discipline.path("exact").asBoolean() && !inexact;
  }

  /// Whether no two threads of a program share an object.
  boolean exactByConstruction(JsonNode program) {
    return program.at("/layout/threadsPerProcess").asInt() == 1
        || program.path("sharing").asText().equals("THREAD")
        || !workload.path("sharedObject").asBoolean(true);
  }

  boolean mustBeExact(JsonNode program) {
    return exactByConstruction(program) || exactRequired(program.path("discipline").asText());
  }

  boolean referenceCount(String discipline) {
    return discipline(discipline).at("/guarantees/referenceCount").asBoolean(true);
  }

  /// Parameters that a program ran with, as on the command line.
  Map<String, String> parameters(String discipline) {
    Map<String, String> parameters = new TreeMap<>();
    experiment
        .path("workloadParameters")
        .properties()
        .forEach(field -> parameters.put(field.getKey(), field.getValue().asText()));
    experiment
        .path("disciplineParameters")
        .path(discipline)
        .properties()
        .forEach(
            field -> parameters.put(discipline + "." + field.getKey(), field.getValue().asText()));
    return parameters;
  }

  /// The processors that workers may use.
  Machine machine() {
    return new Machine(header.path("environment"));
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode named(JsonNode array, String id) {
    return elements(array)
        .filter(element -> element.path("id").asText().equals(id))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /// A point of the plan.
  ///
  /// @param node strategy and program; the whole program tells points apart, whether its threads
  ///   are pinned, too
  record Point(JsonNode node) {
    JsonNode strategy() {
      return node.path("strategy");
    }

    String name() {
      return strategy().path("name").asText();
    }

    JsonNode program() {
      return node.path("program");
    }

    String discipline() {
      return program().path("discipline").asText();
    }

    /// As it stands behind the names of strategies; empty where it is that of the JVM arguments.
    String collector() {
      return program().path("collector").asText().toLowerCase(Locale.ROOT);
    }

    long processes() {
      return program().at("/layout/processes").asLong();
    }

    long threadsPerProcess() {
      return program().at("/layout/threadsPerProcess").asLong();
    }

    long parallelism() {
      return processes() * threadsPerProcess();
    }

    /// Whether the strategy grows with N; 0 stands for N.
    boolean grows() {
      return strategy().at("/processes/fixed").asInt() == 0
          || strategy().at("/threadsPerProcess/fixed").asInt() == 0;
    }

    boolean goesParallel() {
      return grows()
          || strategy().at("/processes/fixed").asLong()
                  * strategy().at("/threadsPerProcess/fixed").asLong()
              > 1;
    }
  }
}
