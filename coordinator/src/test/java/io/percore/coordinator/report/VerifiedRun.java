package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.report.export.ReportFormat;
import io.percore.coordinator.stats.Summaries;
import io.percore.coordinator.verify.RunCheck;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A run's directory, and what an adversary does to its summary.
record VerifiedRun(Path directory) {
  static final ObjectMapper MAPPER = new ObjectMapper();

  /// Writes journal and summaries of a report whose trials took as long as they say.
  static VerifiedRun write(RunReport report, Path directory) throws IOException {
    boolean several = report.machines().size() > 1;
    RunHeader header =
        new RunHeader(
            report.runId(),
            report.started(),
            report.experiment(),
            report.catalogue(),
            report.environment(),
            report.summary().points().stream().map(point -> point.point()).toList(),
            null,
            null,
            several ? report.machines() : null,
            several ? planner(report).baselines() : null);
    try (RunJournal journal = RunJournal.create(directory, header)) {
      for (TrialRecord trial : report.trials()) {
        journal.append(trial);
      }
      journal.aside(report.aside());
    }
    for (ReportFormat format : List.of(ReportFormat.JSON, ReportFormat.CSV)) {
      try (Writer out = Files.newBufferedWriter(directory.resolve("summary." + format.id()))) {
        format.create().render(report, out);
      }
    }
    return new VerifiedRun(directory);
  }

  private static Planner planner(RunReport report) {
    Cluster cluster =
        new Cluster(report.machines().stream().map(Environment::hardwareThreads).toList());
    return new Planner(report.experiment(), cluster, report.environment().canPin());
  }

  /// The report of other trials of the same plan.
  static RunReport with(RunReport report, List<TrialRecord> trials) {
    TrialRecord last = trials.getLast();
    return new RunReport(
        report.runId(),
        report.started(),
        Duration.between(report.started(), last.started().plus(last.duration())),
        report.experiment(),
        report.catalogue(),
        report.environment(),
        report.limits(),
        trials,
        Summaries.summarize(
            report.experiment(),
            report.catalogue(),
            report.environment().hardwareThreads(),
            report.summary().points().stream().map(point -> point.point()).toList(),
            trials),
        report.complete(),
        report.aside(),
        report.machines());
  }

  RunCheck.Result check() throws IOException {
    return RunCheck.of(directory);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  ObjectNode summary() throws IOException {
    return (ObjectNode) MAPPER.readTree(file("summary.json").toFile());
  }

  void summary(JsonNode summary) throws IOException {
    MAPPER.writeValue(file("summary.json").toFile(), summary);
  }

  /// A place in a tree: a field of an object or an element of an array.
  ///
  /// @param path as a check names it
  record Place(String path, JsonNode parent, String field, int index) {
    JsonNode value() {
      return parent.isArray() ? parent.path(index) : parent.path(field);
    }

    void set(JsonNode value) {
      if (parent instanceof ArrayNode array) {
        array.set(index, value);
      } else {
        ((ObjectNode) parent).set(field, value);
      }
    }

    /// Another value of the same kind.
    JsonNode changed() {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      JsonNode value = value();
      return switch (value.getNodeType()) {
        case NUMBER ->
            value.isIntegralNumber()
                ? nodes.numberNode(value.bigIntegerValue().add(BigInteger.ONE))
                : DoubleNode.valueOf(value.doubleValue() == 0 ? 1e-3 : value.doubleValue() * 1.001);
        case BOOLEAN -> nodes.booleanNode(!value.booleanValue());
        case STRING -> nodes.textNode(value.textValue() + "x");
        default -> IntNode.valueOf(7);
      };
    }
  }

  /// Every scalar of a tree.
  static List<Place> scalars(JsonNode tree) {
    List<Place> places = new ArrayList<>();
    collect("", tree, places);
    return places;
  }

  private static void collect(String path, JsonNode node, List<Place> places) {
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      add(new Place(path + "[" + i + "]", node, "", i), places);
    }
    node.properties()
        .forEach(
            field -> {
              String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              add(new Place(name, node, field.getKey(), 0), places);
            });
  }

  private static void add(Place place, List<Place> places) {
    if (place.value().isContainerNode()) {
      collect(place.path(), place.value(), places);
    } else {
      places.add(place);
    }
  }
}
