package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.plan.Guarantees.Freeing;
import org.junit.jupiter.api.Test;

class GuaranteesTest {
  @Test
  void saysWhenAndByWhomObjectsAreFreed() {
    assertThat(
            new Guarantees(true, true, Freeing.AT_ONCE, "", "the last", false, true, "by a lock")
                .line())
        .isEqualTo(
            "zero is precise; freed at once by the last; resurrection not noticed; safe to borrow:"
                + " by a lock");
    assertThat(
            new Guarantees(true, false, Freeing.DEFERRED, "2 epochs", "anyone", true, false, "no")
                .line())
        .isEqualTo(
            "zero is not precise; freed later (2 epochs) by anyone; resurrection rejected; not safe"
                + " to borrow: no");
  }

  @Test
  void saysFirstOfAllWhatIsNoReferenceCount() {
    assertThat(new Guarantees(false, false, Freeing.NEVER, "", "", false, false, "no").line())
        .startsWith("not a reference count");
  }
}
