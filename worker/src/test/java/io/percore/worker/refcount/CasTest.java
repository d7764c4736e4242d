package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CasTest {
  private static final int READER = 0;
  private static final int WRITER = 1;

  private Acts acts;
  private InterposedCounted first;
  private Counted second;
  private SharedPointer pointer;

  @BeforeEach
  void begin() throws InterruptedException {
    acts = new Acts(Discipline.CAS, 2);
    first = acts.begin(WRITER, new InterposedCounted(null));
    second = acts.create(WRITER);
    pointer = new SharedPointer(first);
  }

  /// The writer stores the second object, and the first one dies if nobody has retained it.
  private void store() throws InterruptedException {
    assertThat(acts.domain.exchange(acts.context(WRITER), pointer, second)).isSameAs(first);
    acts.release(WRITER, first);
  }

  @Test
  void whoFindsADeadObjectInThePointerLooksAgain() throws InterruptedException {
    first.between.afterNextLoad(this::store);

    assertThat(acts.domain.borrow(acts.context(READER), pointer)).isSameAs(second);
    assertThat(Counted.isLive(first.life())).isFalse();
    assertThat(acts.domain.count(first)).isZero();
    assertThat(acts.heap.doubleFrees()).isZero();
  }

  @Test
  void whoRetainsWhatThePointerHasNoMoreGivesItBackAndFrees() throws InterruptedException {
    first.between.afterNextChange(this::store);

    assertThat(acts.domain.borrow(acts.context(READER), pointer)).isSameAs(second);
    assertThat(Counted.isLive(first.life())).isFalse();
    assertThat(acts.domain.count(first)).isZero();
    assertThat(acts.heap.doubleFrees()).isZero();
  }
}
