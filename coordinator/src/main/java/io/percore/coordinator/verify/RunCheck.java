package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Compares the numbers of `points` in `summary.json` with what the trials give. Whatever stands
/// there and is not worked out again is named, so that no number goes unseen.
public final class RunCheck {
  /// Largest difference, relative, that rounding explains.
  private static final double TOLERANCE = 1e-9;

  private static final double EXACT = 1L << 53;

  /// What is worked out again, and what was never measured: the plan and the machine.
  private static final Set<String> KNOWN =
      Set.of("points", "comparisons", "contrasts", "environment", "design");

  private final List<JsonNode> lines;
  private final JsonNode experiment;
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();
  private int agreeing;

  private RunCheck(List<JsonNode> lines, JsonNode experiment) {
    this.lines = lines;
    this.experiment = experiment;
  }

  /// What the check of a run found.
  ///
  /// @param agreeing numbers that agree
  /// @param disagreements one line for each number that does not
  /// @param unchecked paths of numbers that were not worked out again
  public record Result(int agreeing, List<String> disagreements, List<String> unchecked) {
    /// Copies its lists.
    public Result {
      disagreements = List.copyOf(disagreements);
      unchecked = List.copyOf(unchecked);
    }
  }

  /// Checks a run's directory.
  ///
  /// @throws IOException when a file of it is missing or damaged
  public static Result of(Path run) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode plan = mapper.readTree(run.resolve("run.json").toFile());
    JsonNode summary = mapper.readTree(run.resolve("summary.json").toFile());
    RunCheck check =
        new RunCheck(
            TrialLines.read(run.resolve("trials.jsonl")), plan.path("run").path("experiment"));
    JsonNode points = summary.path("points");
    for (int i = 0; i < points.size(); i++) {
      check.compare("points[" + i + "]", points.path(i), check.numbers(points.path(i)));
    }
    for (String contest : List.of("comparisons", "contrasts")) {
      for (int i = 0; i < summary.path(contest).size(); i++) {
        JsonNode written = summary.path(contest).path(i);
        check.compare(contest + "[" + i + "]", written, check.contest(written, points));
      }
    }
    summary.properties().stream()
        .filter(field -> !KNOWN.contains(field.getKey()))
        .forEach(
            field -> check.unchecked.addAll(leaves(field.getKey(), field.getValue()).keySet()));
    return new Result(check.agreeing, check.disagreements, check.unchecked);
  }

  private Map<String, @Nullable Double> numbers(JsonNode point) {
    String discipline = point.path("discipline").asText();
    Arm arm = arm(point);
    boolean pinned =
        !arm.attempts().isEmpty()
            && arm.attempts().getFirst().path("program").path("pinned").asBoolean();
    Map<String, @Nullable Double> numbers =
        PointNumbers.of(
            arm,
            alone(discipline, pinned),
            alone("plain", pinned),
            point.path("parallelism").asInt(),
            !experiment.path("scaling").path("kind").asText().equals("FIXED_TIME"),
            experiment.path("forks").asInt());
    JsonNode layout =
        arm.attempts().isEmpty() ? point : arm.attempts().getFirst().at("/program/layout");
    double processes = layout.path("processes").asDouble();
    double threads = layout.path("threadsPerProcess").asDouble();
    numbers.put("processes", processes);
    numbers.put("threadsPerProcess", threads);
    numbers.put("parallelism", processes * threads);
    return numbers;
  }

  /// A ratio between two strategies at one size.
  private Map<String, @Nullable Double> contest(JsonNode written, JsonNode points) {
    Arm over = arm(point(written, "strategy", points));
    Arm under = arm(point(written, "reference", points));
    Map<String, @Nullable Double> numbers =
        PointNumbers.flat("ratio", over.over(under, LongHand::logRatio));
    numbers.put("parallelism", written.path("parallelism").asDouble());
    return numbers;
  }

  private static JsonNode point(JsonNode contest, String name, JsonNode points) {
    for (JsonNode point : points) {
      if (point.path("strategy").equals(contest.path(name))
          && point.path("parallelism").equals(contest.path("parallelism"))) {
        return point;
      }
    }
    return MissingNode.getInstance();
  }

  private Arm arm(JsonNode point) {
    boolean mustBeExact =
        point.path("exactRequired").asBoolean() || point.path("exactByConstruction").asBoolean();
    return arm(line -> ofPoint(line.path("program"), point), mustBeExact);
  }

  private static boolean ofPoint(JsonNode program, JsonNode point) {
    return program.path("discipline").equals(point.path("discipline"))
        && program.path("sharing").equals(point.path("sharing"))
        && program.at("/layout/processes").equals(point.path("processes"))
        && program.at("/layout/threadsPerProcess").equals(point.path("threadsPerProcess"));
  }

  /// One thread of a discipline, pinned alike where there is such a program. What one thread counts
  /// is always exact.
  private Arm alone(String discipline, boolean pinned) {
    Predicate<JsonNode> single =
        line ->
            line.at("/program/discipline").asText().equals(discipline)
                && line.at("/program/layout/processes").asInt() == 1
                && line.at("/program/layout/threadsPerProcess").asInt() == 1;
    Predicate<JsonNode> alike = line -> line.at("/program/pinned").asBoolean() == pinned;
    Arm first = arm(single.and(alike), true);
    return first.attempts().isEmpty() ? arm(single.and(alike.negate()), true) : first;
  }

  private Arm arm(Predicate<JsonNode> program, boolean mustBeExact) {
    return Arm.of(lines.stream().filter(program).toList(), mustBeExact);
  }

  private void compare(String where, JsonNode written, Map<String, @Nullable Double> workedOut) {
    Map<String, Double> found = leaves("", written);
    workedOut.forEach((name, number) -> compare(where + "." + name, found.remove(name), number));
    found.keySet().forEach(name -> unchecked.add(where + "." + name));
  }

  private void compare(String where, @Nullable Double written, @Nullable Double workedOut) {
    if (agree(written, workedOut)) {
      agreeing += written == null ? 0 : 1;
    } else {
      disagreements.add(where + ": summary " + text(written) + ", trials " + text(workedOut));
    }
  }

  private static boolean agree(@Nullable Double a, @Nullable Double b) {
    if (a == null || b == null) {
      return Objects.equals(a, b);
    }
    if (whole(a) && whole(b)) {
      return a.equals(b);
    }
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }

  /// Counts are compared exactly. Beyond 2^53 a JSON number is not exact to begin with.
  private static boolean whole(double number) {
    return Math.rint(number) == number && Math.abs(number) < EXACT;
  }

  private static String text(@Nullable Double number) {
    return number == null ? "nothing" : number.toString();
  }

  /// Every number below a node, by its path. Parameters are the plan's, not measured.
  private static Map<String, Double> leaves(String path, JsonNode node) {
    Map<String, Double> leaves = new TreeMap<>();
    if (node.isNumber()) {
      leaves.put(path, node.asDouble());
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves.putAll(leaves(path + "[" + i + "]", node.path(i)));
      }
    } else {
      node.properties().stream()
          .filter(field -> !field.getKey().equals("parameters"))
          .forEach(
              field ->
                  leaves.putAll(
                      leaves(
                          path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                          field.getValue())));
    }
    return leaves;
  }
}
