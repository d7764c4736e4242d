package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.coordinator.plan.Catalogue.Discipline;
import io.percore.coordinator.plan.Catalogue.Parameter;
import io.percore.coordinator.plan.Catalogue.Requirement;
import io.percore.coordinator.plan.Catalogue.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidationTest {
  private static final Parameter WORK =
      new Parameter("work", "0", "steps", List.of(), 0, 1000, List.of(), List.of());
  private static final Parameter LOCK =
      new Parameter(
          "lock",
          "reentrant",
          "kind",
          List.of("reentrant", "synchronized"),
          0,
          0,
          List.of(),
          List.of());
  private static final Parameter HOLD =
      new Parameter(
          "hold",
          "op",
          "how long",
          List.of("op", "work"),
          0,
          0,
          List.of(),
          List.of(new Requirement("work", "lock", "reentrant")));
  private static final Workload COUNTER =
      new Workload("counter", "Counter", "increments", List.of(WORK), true, true, false, false);
  private static final Workload HANDOFF =
      new Workload("handoff", "Hand-off", "objects", List.of(WORK), false, true, true, true);
  private static final Catalogue CATALOGUE =
      new Catalogue(
          List.of(
              discipline("plain", true, List.of(), "counter", "hot"),
              discipline("global-lock", false, List.of(LOCK, HOLD), "counter", "hot", "handoff"),
              discipline("pairs-only", false, List.of(), "hot")),
          List.of(
              COUNTER,
              HANDOFF,
              new Workload("hot", "Hot", "pairs", List.of(WORK), false, true, false, false)));

  private static Discipline discipline(
      String id, boolean singleThreaded, List<Parameter> parameters, String... workloads) {
    return new Discipline(
        id, id, "", true, singleThreaded, 1, 1, 64, parameters, List.of(workloads), null, null);
  }

  @Test
  void refusesToHandObjectsToNobody() {
    for (String alone : List.of("processes", "unshared", "global-lock@2x1", "global-lock@Nx1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Validation.strategies(alone, CATALOGUE, HANDOFF))
          .withMessageContaining("'handoff'")
          .withMessageContaining("'" + alone + "'");
    }
    assertThat(Validation.strategies("all,global-lock@2x2", CATALOGUE, HANDOFF))
        .extracting(Strategy::name)
        .containsExactly("global-lock", "global-lock@2x2");
    assertThat(Validation.fitting("processes,global-lock,unshared", CATALOGUE, HANDOFF))
        .extracting(Strategy::name)
        .containsExactly("global-lock");
  }

  @Test
  void namesStrategiesOnceAndInTheirOrder() {
    assertThat(Validation.strategies("processes, global-lock,processes", CATALOGUE, COUNTER))
        .extracting(Strategy::name)
        .containsExactly("processes", "global-lock");
    assertThat(Validation.strategies("all", CATALOGUE, COUNTER))
        .extracting(Strategy::name)
        .containsExactly("global-lock", "processes", "unshared", "sequential", "sequential@Nx1");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Validation.strategies("pairs-only", CATALOGUE, COUNTER))
        .withMessageContaining("does not fit workload 'counter'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Validation.strategies("plain", CATALOGUE, COUNTER))
        .withMessageContaining("one thread in each process");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Validation.strategies("nothing", CATALOGUE, COUNTER))
        .withMessageContaining("unknown strategy 'nothing'");
  }

  @Test
  void refusesAChoiceWithoutWhatItNeeds() {
    List<Parameter> declared = List.of(LOCK, HOLD);

    assertThat(Validation.parameters("discipline x", declared, Map.of("hold", "work")))
        .containsEntry("lock", "reentrant");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Validation.parameters(
                    "discipline x", declared, Map.of("hold", "work", "lock", "synchronized")))
        .withMessage("discipline x: hold=work needs lock=reentrant, not synchronized");
  }

  @Test
  void fillsInDefaultsAndChecksValues() {
    assertThat(Validation.parameters("workload counter", List.of(WORK), Map.of()))
        .containsEntry("work", "0");
    assertThat(Validation.parameters("workload counter", List.of(WORK), Map.of("work", "007")))
        .containsEntry("work", "7");
    for (String wrong : List.of("-1", "1001", "ten", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> Validation.parameters("workload counter", List.of(WORK), Map.of("work", wrong)))
          .withMessageContaining("work=" + wrong);
    }
  }

  @Test
  void givesEachDisciplineOfThePlanItsParameters() {
    List<Strategy> strategies = Validation.strategies("processes", CATALOGUE, COUNTER);
    assertThat(
            Validation.disciplineParameters(
                Map.of("global-lock.lock", "synchronized"), strategies, CATALOGUE))
        .isEqualTo(Map.of("global-lock", Map.of("lock", "synchronized", "hold", "op")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Validation.disciplineParameters(
                    Map.of("global-lock.lock", "spin"), strategies, CATALOGUE))
        .withMessageContaining("is not among reentrant, synchronized");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Validation.disciplineParameters(Map.of("lock", "spin"), strategies, CATALOGUE))
        .withMessageContaining("discipline.name=value");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Validation.disciplineParameters(Map.of("pairs-only.x", "1"), strategies, CATALOGUE))
        .withMessageContaining("none of the strategies uses");
  }
}
