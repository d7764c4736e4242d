package io.percore.coordinator.stats;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import java.util.Map;

/// Where a wrong count is a result, and where it is a failure.
public final class Exactness {
  private Exactness() {}

  /// Whether a wrong count of this discipline fails the run: always, unless it is declared inexact,
  /// or inexact under a parameter that the experiment chose. A discipline that the catalogue does
  /// not know must be exact.
  public static boolean required(Experiment experiment, Catalogue catalogue, String disciplineId) {
    return catalogue
        .discipline(disciplineId)
        .map(discipline -> required(discipline, experiment))
        .orElse(true);
  }

  private static boolean required(Catalogue.Discipline discipline, Experiment experiment) {
    Map<String, String> chosen =
        experiment.disciplineParameters().getOrDefault(discipline.id(), Map.of());
    boolean inexactChoice =
        discipline.parameters().stream()
            .anyMatch(
                parameter ->
                    parameter
                        .inexactChoices()
                        .contains(chosen.getOrDefault(parameter.name(), parameter.defaultValue())));
    return discipline.singleThreaded() || (discipline.exact() && !inexactChoice);
  }

  /// Whether a wrong count of this program fails the run: always where no two threads share an
  /// object, else as its discipline promises.
  public static boolean required(Experiment experiment, Catalogue catalogue, Program program) {
    return byConstruction(experiment, catalogue, program)
        || required(experiment, catalogue, program.discipline());
  }

  /// Whether no two threads of the program ever count on the same object, so that no count can be
  /// wrong.
  public static boolean byConstruction(
      Experiment experiment, Catalogue catalogue, Program program) {
    return program.layout().threadsPerProcess() == 1
        || program.sharing() == Sharing.THREAD
        || catalogue
            .workload(experiment.workload())
            .map(workload -> !workload.sharedObject())
            .orElse(false);
  }
}
