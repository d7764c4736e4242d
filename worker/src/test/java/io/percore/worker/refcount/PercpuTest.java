package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PercpuTest {
  private static final int CREATOR = 0;
  private static final int OTHER = 1;
  private static final int ENOUGH = 5;

  private Acts acts;

  @BeforeEach
  void begin() throws InterruptedException {
    acts = new Acts(Discipline.PERCPU, 2);
  }

  @Test
  void nobodyLearnsOfZeroBeforeTheObjectIsRetired() throws InterruptedException {
    Counted object = acts.create(CREATOR);

    assertThat(acts.release(OTHER, object)).isFalse();
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rest();
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void onceItIsRetiredTheLastToReleaseFrees() throws InterruptedException {
    Counted object = acts.create(CREATOR);
    acts.retain(OTHER, object);

    assertThat(acts.retire(CREATOR, object)).isFalse();
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isEqualTo(1);
    assertThat(acts.release(OTHER, object)).isTrue();
  }

  @Test
  void whoRetiresFreesWhatNobodyElseHas() throws InterruptedException {
    Counted object = acts.create(CREATOR);
    acts.retain(OTHER, object);
    acts.release(CREATOR, object);

    assertThat(acts.retire(OTHER, object)).isFalse();
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void slotsAreNotAddedUpBeforeEveryThreadKnows() throws InterruptedException {
    Counted object = acts.create(CREATOR);
    acts.retire(CREATOR, object);
    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(CREATOR);
    }
    // As by a thread that has seen it spread, and is late with its slot.
    PercpuMode mode = (PercpuMode) object.companion();
    ((PercpuContext) acts.context(OTHER)).add(mode.index(), 1);

    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isEqualTo(1);
    assertThat(acts.release(OTHER, object)).isTrue();
  }

  @Test
  void toRetireTwiceIsToReleaseOnce() throws InterruptedException {
    Counted object = acts.create(CREATOR);
    acts.retain(CREATOR, object);
    acts.retire(CREATOR, object);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.retire(OTHER, object);

    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
    assertThat(acts.heap.doubleFrees()).isZero();
    assertThat(acts.domain.count(object)).isZero();
  }

  @Test
  void afterRestItIsCountedInSlotsAgain() throws InterruptedException {
    Counted object = acts.create(CREATOR);
    acts.retain(OTHER, object);
    acts.rest();
    assertThat(acts.domain.count(object)).isEqualTo(2);
    acts.attach(CREATOR);
    acts.attach(OTHER);

    assertThat(((PercpuMode) object.companion()).isSpread()).isTrue();
    acts.release(OTHER, object);
    assertThat(acts.domain.count(object)).isEqualTo(1);
    assertThat(acts.release(CREATOR, object)).isFalse();
    acts.rest();
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void aLifeBeginsWithEmptySlots() throws InterruptedException {
    Counted object = acts.create(CREATOR);
    acts.retain(OTHER, object);
    acts.retire(CREATOR, object);
    acts.rounds(ENOUGH);
    assertThat(acts.release(OTHER, object)).isTrue();

    assertThat(acts.create(OTHER)).isSameAs(object);
    assertThat(acts.domain.count(object)).isEqualTo(1);
  }

  @Test
  void manyObjectsHaveASlotEach() throws InterruptedException {
    Counted[] objects = new Counted[3000];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = acts.create(CREATOR);
      for (int more = 0; more < i % 3; more++) {
        acts.retain(OTHER, objects[i]);
      }
    }

    for (int i = 0; i < objects.length; i++) {
      assertThat(acts.domain.count(objects[i])).isEqualTo(1 + i % 3);
    }
  }

  /// Others count while the slots are added up: no zero must be seen before all of it is in the
  /// count.
  @Test
  void slotsAndBiasAreOneChangeOfTheCount() throws InterruptedException {
    InterposedCounted object =
        acts.begin(CREATOR, new InterposedCounted(acts.domain.newCompanion()));
    acts.retain(OTHER, object);
    assertThat(acts.retire(CREATOR, object)).isFalse();
    object.between.afterNextChange(
        () -> {
          acts.retain(OTHER, object);
          assertThat(acts.release(OTHER, object)).isFalse();
        });

    acts.rounds(ENOUGH);
    assertThat(acts.domain.count(object)).isEqualTo(1);
    assertThat(acts.domain.release(acts.context(OTHER), object)).isTrue();
  }

  @Test
  void allThatIsDueIsSettledInTime() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      acts.retire(OTHER, acts.create(CREATOR));
    }

    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }
}
