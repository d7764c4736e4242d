package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefcacheTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int ENOUGH = 10;

  private Acts acts;

  @BeforeEach
  void begin() throws InterruptedException {
    acts = new Acts(Discipline.REFCACHE, 3);
  }

  @Test
  void aReleasedObjectIsFreedAFewSafepointsLater() throws InterruptedException {
    Counted object = acts.create(A);

    assertThat(acts.release(B, object)).isFalse();
    acts.rounds(1);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
    assertThat(acts.heap.doubleFrees()).isZero();
  }

  @Test
  void aChangeThatIsStillCachedKeepsTheObjectAlive() throws InterruptedException {
    Counted object = acts.create(A);
    acts.retain(B, object);
    acts.release(A, object);

    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(A, C);
    }
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rounds(ENOUGH);
    assertThat(acts.domain.count(object)).isEqualTo(1);
    acts.release(B, object);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }

  /// The count is zero when it is looked at again, as it was before; in between it was not, and now
  /// a change is cached.
  @Test
  void aCountThatLeftZeroAndCameBackIsLookedAtOnceMore() throws InterruptedException {
    Counted object = acts.create(A);
    acts.retain(B, object);
    acts.release(A, object);
    // All have seen the first epoch; then the change of A is applied, and that of B; then C is the
    // last to see the one in which the object is to be looked at.
    acts.pause(A);
    acts.rounds(3);
    acts.retain(C, object);
    acts.release(B, object);
    acts.pause(B);

    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(A, B);
    }
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.release(C, object);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }

  /// Two threads hold the object in turns, each retaining before the other one releases, so that
  /// what either applies is always zero.
  @Test
  void aChangeOfZeroIsAChange() throws InterruptedException {
    Counted object = acts.create(A);
    acts.retain(C, object);
    acts.release(B, object);
    acts.pause(B);

    for (int round = 0; round < ENOUGH; round++) {
      acts.pause(A);
      acts.retain(A, object);
      acts.release(C, object);
      acts.pause(C);
      acts.retain(C, object);
      acts.release(A, object);
      acts.pause(B);
      assertThat(acts.heap.live()).as("held in round %d", round).isEqualTo(1);
    }
    acts.release(C, object);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void moreObjectsThanTheCacheHasPlacesAreCounted() throws InterruptedException {
    Counted[] objects = new Counted[10_000];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = acts.create(A);
    }
    for (int more = 0; more < 2; more++) {
      for (Counted object : objects) {
        acts.retain(A, object);
      }
    }
    acts.rounds(2);

    assertThat(objects).allMatch(object -> acts.domain.count(object) == 3);
  }

  @Test
  void whatADetachedThreadHadUnderReviewIsFreedByOthers() throws InterruptedException {
    Counted object = acts.create(A);
    acts.release(A, object);
    acts.detach(A);

    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(B, C);
    }
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void aDetachedThreadHoldsNobodyUp() throws InterruptedException {
    acts.detach(C);
    Counted object = acts.create(A);
    acts.release(B, object);

    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(A, B);
    }
    assertThat(acts.heap.live()).isZero();
  }

  /// Between the look at the count and the step that would make it zero, another thread's change is
  /// applied: so there is no zero yet, and the object is in no limbo.
  @Test
  void aZeroThatDidNotComeAboutIsNotReviewed() throws InterruptedException {
    InterposedCounted object = acts.begin(A, new InterposedCounted(null));
    acts.release(A, object);
    object.between.afterNextLoad(() -> object.getAndAdd(1L << 2));
    acts.rounds(2);
    assertThat(acts.domain.count(object)).isEqualTo(1);

    acts.release(B, object);
    acts.rounds(ENOUGH);
    assertThat(Counted.isLive(object.life())).isFalse();
    assertThat(acts.heap.doubleFrees()).isZero();
  }

  /// When it is looked at again the count is below zero, since what others have given up is known
  /// and what one of them has taken is not.
  @Test
  void aCountBelowZeroIsNoZero() throws InterruptedException {
    Counted object = acts.create(A);
    acts.retain(B, object);
    acts.release(A, object);
    acts.pause(A);
    acts.rounds(3);
    acts.retain(C, object);
    acts.retain(C, object);
    acts.release(B, object);
    acts.release(B, object);
    acts.pause(B);

    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(A, B);
    }
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.release(C, object);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }
}
