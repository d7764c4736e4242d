package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/// The processors that workers may use: those of the mask, and no more than the quota grants. Of
/// each core one thread is taken before any second one, and performance cores before others.
///
/// @param environment as `run.json` has it
record Machine(JsonNode environment) {
  long hardwareThreads() {
    return Math.min(cpus(), granted());
  }

  long physicalCores() {
    return Math.min(cores(_ -> true), granted());
  }

  long efficiencyCores() {
    long performance = cores(cpu -> !cpu.path("efficiency").asBoolean());
    return Math.max(0, physicalCores() - performance);
  }

  /// Whether the quota leaves some of the processors out.
  boolean restricted() {
    return granted() < cpus();
  }

  long nodes() {
    return Plan.elements(environment.path("cpus"))
        .map(cpu -> cpu.path("node").asInt())
        .distinct()
        .count();
  }

  private long cpus() {
    return environment.path("cpus").size();
  }

  private long cores(Predicate<JsonNode> kind) {
    return Plan.elements(environment.path("cpus"))
        .filter(kind)
        .map(cpu -> cpu.path("socket").asText() + ":" + cpu.path("core").asText())
        .distinct()
        .count();
  }

  private long granted() {
    String quota = environment.path("quotaCpus").asText();
    return quota.equals("none")
        ? Long.MAX_VALUE
        : Math.max(1, (long) Math.floor(Double.parseDouble(quota)));
  }
}
