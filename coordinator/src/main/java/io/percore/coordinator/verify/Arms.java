package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The trials of each program of a run. A program is its whole tree in the journal, so that what
/// differs in anything is never taken together.
final class Arms {
  /// An operation below this share of what a load and a store take is impossible.
  private static final double LEAST_SHARE = 0.7;

  private final Map<JsonNode, Arm> byProgram = new HashMap<>();
  private final Set<JsonNode> programs = new HashSet<>();
  private final Map<Integer, Double> floors = new TreeMap<>();
  private final Plan plan;

  Arms(Plan plan, List<JsonNode> lines) {
    this.plan = plan;
    floors(lines);
    Map<JsonNode, List<JsonNode>> attempts = new HashMap<>();
    plan.points().forEach(point -> attempts.put(point.program(), new ArrayList<>()));
    lines.forEach(
        line -> attempts.computeIfAbsent(line.path("program"), _ -> new ArrayList<>()).add(line));
    attempts.forEach(
        (program, tried) ->
            byProgram.put(
                program, Arm.of(tried, plan.mustBeExact(program), line -> !tooFast(line))));
    programs.addAll(byProgram.keySet());
  }

  Arm of(JsonNode program) {
    Arm arm = byProgram.get(program);
    return arm == null ? Arm.of(List.of(), true, _ -> true) : arm;
  }

  /// One thread of a discipline under the collector of `program`, pinned like `program` where the
  /// run has that, else the other way; null when it has neither.
  @Nullable JsonNode alone(String discipline, JsonNode program) {
    boolean pinned = program.path("pinned").asBoolean();
    for (boolean each : new boolean[] {pinned, !pinned}) {
      ObjectNode single = JsonNodeFactory.instance.objectNode();
      single.put("discipline", discipline).put("sharing", "PROCESS").put("pinned", each);
      if (program.has("collector")) {
        single.set("collector", program.path("collector"));
      }
      single.putObject("layout").put("processes", 1).put("threadsPerProcess", 1);
      if (programs.contains(single)) {
        return single;
      }
    }
    return null;
  }

  /// Whether the run has a program.
  boolean has(JsonNode program) {
    return programs.contains(program);
  }

  /// In each block the median of what its processes measured for a load and a store.
  private void floors(List<JsonNode> lines) {
    Map<Integer, List<Double>> measured = new HashMap<>();
    lines.stream()
        .filter(Arm::completed)
        .forEach(
            line ->
                measured
                    .computeIfAbsent(line.path("block").asInt(), _ -> new ArrayList<>())
                    .addAll(Arm.each(line, "processes", "floorNanosPerOperation")));
    measured.forEach(
        (block, nanos) -> {
          if (!nanos.isEmpty()) {
            floors.put(block, LongHand.median(nanos));
          }
        });
  }

  private boolean tooFast(JsonNode line) {
    JsonNode discipline = plan.discipline(line.at("/program/discipline").asText());
    Double floor = floors.get(line.path("block").asInt());
    if (floor == null
        || discipline.path("loadsPerOperation").asInt() < 1
        || discipline.path("storesPerOperation").asInt() < 1) {
      return false;
    }
    JsonNode measured = line.path("measurement");
    double nanos =
        measured.path("threads").size()
            * measured.path("windowNanos").asDouble()
            / Arm.operations(line);
    return !(floor > 0 && floor < Double.POSITIVE_INFINITY) || nanos < LEAST_SHARE * floor;
  }
}
