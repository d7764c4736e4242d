package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BiasedTest {
  private static final int OWNER = 0;
  private static final int OTHER = 1;
  private static final int THIRD = 2;

  private Acts acts;

  @BeforeEach
  void begin() throws InterruptedException {
    acts = new Acts(Discipline.BIASED, 3);
  }

  @Test
  void theOwnerFreesWhatItAloneHad() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.retain(OWNER, object);

    assertThat(acts.release(OWNER, object)).isFalse();
    assertThat(acts.release(OWNER, object)).isTrue();
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void whatAnotherGivesBackWaitsForTheOwner() throws InterruptedException {
    Counted object = acts.create(OWNER);

    assertThat(acts.release(OTHER, object)).isFalse();
    acts.pause(OTHER, THIRD);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void theOwnerMergesWhenItHasNoneLeft() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.retain(OTHER, object);

    assertThat(acts.release(OWNER, object)).isFalse();
    assertThat(acts.domain.count(object)).isEqualTo(1);
    assertThat(acts.release(OTHER, object)).isTrue();
    assertThat(acts.heap.doubleFrees()).isZero();
  }

  @Test
  void theFormerOwnerCountsWithTheOthers() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.retain(OTHER, object);
    acts.release(OWNER, object);

    acts.retain(OWNER, object);
    assertThat(acts.release(OTHER, object)).isFalse();
    assertThat(acts.release(OWNER, object)).isTrue();
  }

  @Test
  void sharedMayBeNegativeWhileTheOwnerIsAskedToMerge() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.retain(OWNER, object);
    acts.retain(OWNER, object);

    assertThat(acts.release(OTHER, object)).isFalse();
    assertThat(acts.release(THIRD, object)).isFalse();
    assertThat(acts.release(OTHER, object)).isFalse();
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isZero();
    assertThat(acts.heap.doubleFrees()).isZero();
  }

  @Test
  void aReferenceInTheQueueKeepsTheObjectAlive() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.retain(OWNER, object);

    acts.release(OTHER, object);
    acts.retain(THIRD, object);
    assertThat(acts.release(OWNER, object)).isFalse();
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isEqualTo(1);
    assertThat(acts.domain.count(object)).isEqualTo(1);
    assertThat(acts.release(THIRD, object)).isTrue();
  }

  @Test
  void anOwnerLooksAtItsQueueBeforeItLeaves() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.release(OTHER, object);

    acts.detach(OWNER);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void whenTheOwnerHasLeftNobodyWaitsForIt() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.detach(OWNER);

    assertThat(acts.release(OTHER, object)).isTrue();
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void anOwnerThatComesBackIsOwnerNoMoreOfWhatWasMergedInItsPlace() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.retain(OWNER, object);
    acts.detach(OWNER);
    assertThat(acts.release(OTHER, object)).isFalse();
    acts.attach(OWNER);

    assertThat(acts.release(OWNER, object)).isTrue();
  }

  @Test
  void anOwnerThatComesBackIsOwnerStillOfWhatNobodyTouched() throws InterruptedException {
    Counted object = acts.create(OWNER);
    acts.detach(OWNER);
    acts.attach(OWNER);

    acts.retain(OWNER, object);
    assertThat(acts.release(OTHER, object)).isFalse();
    assertThat(acts.heap.live()).isEqualTo(1);
    assertThat(acts.release(OWNER, object)).isFalse();
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void whatDiesInTheQueueTakesWhatItOwnsWithIt() throws InterruptedException {
    Counted tail = acts.create(THIRD);
    Counted middle = acts.create(OWNER);
    middle.link(tail);
    Counted head = acts.create(OWNER);
    head.link(middle);

    acts.release(OTHER, head);
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.pause(THIRD);
    assertThat(acts.heap.live()).isZero();
    assertThat(acts.heap.doubleFrees()).isZero();
  }

  /// Between the step that queues the reference and the look for the owner, the owner merges.
  @Test
  void aReferenceWhoseQueueIsGoneIsGivenBackLikeAnyOther() throws InterruptedException {
    InterposedBiased object = acts.begin(OWNER, new InterposedBiased());
    acts.retain(OWNER, object);
    object.between.afterNextChange(
        () -> {
          acts.retain(THIRD, object);
          acts.release(OWNER, object);
          assertThat(acts.release(OWNER, object)).isFalse();
        });

    assertThat(acts.domain.release(acts.context(OTHER), object)).isTrue();
  }

  /// What is queued while the owner works its queue off raises the flag again.
  @Test
  void whatIsQueuedWhileTheOwnerFreesWaitsForItsNextSafepoint() throws InterruptedException {
    Counted first = acts.create(OWNER);
    Counted second = acts.create(OWNER);
    acts.domain.reclaimWith(
        (context, dead) -> {
          acts.heap.free(context, dead);
          if (dead.equals(first)) {
            assertThat(acts.release(OTHER, second)).isFalse();
          }
        });

    acts.release(OTHER, first);
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.pause(OWNER);
    assertThat(acts.heap.live()).isZero();
  }

  /// While it still frees, it may count what it owns: nobody else must merge that in its place.
  @Test
  void anOwnerThatFreesWhileItLeavesIsStillThere() throws InterruptedException {
    Counted first = acts.create(OWNER);
    Counted second = acts.create(OWNER);
    acts.domain.reclaimWith(
        (context, dead) -> {
          acts.heap.free(context, dead);
          if (dead.equals(first)) {
            assertThat(acts.release(OTHER, second)).isFalse();
          }
        });

    acts.release(OTHER, first);
    acts.detach(OWNER);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void countsOfMoreThan32BitsAreMerged() throws InterruptedException {
    long many = 1L << 40;
    for (boolean owner : new boolean[] {true, false}) {
      InterposedBiased object = acts.begin(OWNER, new InterposedBiased());
      if (owner) {
        object.storeLocal(many);
        acts.release(OTHER, object);
        acts.pause(OWNER);
      } else {
        object.storeOpaque(many << 2);
        acts.release(OWNER, object);
      }
      assertThat(acts.domain.count(object)).isEqualTo(owner ? many - 1 : many);
    }
  }

  /// The owner is cleared and the object not merged yet: who releases now has nobody to queue for.
  @Test
  void whoReleasesWhileTheOwnerMergesSubtracts() throws InterruptedException {
    InterposedBiased object = acts.begin(OWNER, new InterposedBiased());
    acts.retain(OWNER, object);
    acts.retain(OWNER, object);
    assertThat(acts.release(OTHER, object)).isFalse();
    object.between.afterNextLoad(() -> assertThat(acts.release(THIRD, object)).isFalse());

    acts.pause(OWNER);
    assertThat(acts.domain.count(object)).isEqualTo(1);
    assertThat(acts.domain.release(acts.context(OWNER), object)).isTrue();
  }
}
