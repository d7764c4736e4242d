package io.percore.coordinator.report;

import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The parameters that a program ran with, named as on the command line.
public final class Parameters {
  private Parameters() {}

  /// The workload's as `work`, the discipline's as `gil.checkpoint`; sorted by name.
  public static Map<String, String> of(Program program, Experiment experiment) {
    Map<String, String> parameters = new TreeMap<>(experiment.workloadParameters());
    experiment
        .disciplineParameters()
        .getOrDefault(program.discipline(), Map.of())
        .forEach((name, value) -> parameters.put(program.discipline() + "." + name, value));
    return parameters;
  }

  /// `gil.checkpoint=backward-jump work=0`.
  public static String text(Program program, Experiment experiment) {
    return of(program, experiment).entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
