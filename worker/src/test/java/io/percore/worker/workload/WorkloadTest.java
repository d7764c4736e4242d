package io.percore.worker.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Parameter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  @ParameterizedTest
  @EnumSource
  void describesItself(Workload workload) {
    assertThat(Workload.byId(workload.id())).isSameAs(workload);
    assertThat(workload.title()).isNotBlank();
    assertThat(workload.contract()).isNotBlank().doesNotContain("\n");
    assertThat(workload.parameters()).extracting(Parameter::name).contains("work");
    assertThat(workload.check(Map.of()).number("work")).isZero();
  }

  @Test
  void whatIncrementsOnlyAndWhatDoesNotShareIsSaid() {
    assertThat(Workload.values())
        .filteredOn(Workload::incrementsOnly)
        .containsExactly(Workload.COUNTER, Workload.HOT_SPLIT);
    assertThat(Workload.values())
        .filteredOn(workload -> !workload.sharedObject())
        .containsExactly(Workload.PRIVATE);
    assertThat(Workload.values())
        .filteredOn(Workload::storesReferences)
        .containsExactly(Workload.SWAP, Workload.STACK, Workload.HANDOFF);
  }

  @ParameterizedTest
  @EnumSource
  void aWorkloadFitsDisciplinesThatOfferAllThatItNeeds(Discipline discipline) {
    assertThat(Workload.fitting(discipline)).contains(Workload.HOT, Workload.PRIVATE);
    assertThat(Workload.COUNTER.fits(discipline))
        .isEqualTo(discipline != Discipline.NETTY && discipline != Discipline.IMMORTAL);
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workload.COUNTER.check(Map.of("work", "1000001")))
        .withMessage("counter.work must be a whole number from 0 to 1000000, not '1000001'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workload.HOT.check(Map.of("padded", "true")))
        .withMessageContaining("hot has no parameter 'padded'");
    assertThatIllegalArgumentException().isThrownBy(() -> Workload.byId("x"));
  }
}
