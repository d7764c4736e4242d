package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.Replay.Access;
import io.percore.worker.refcount.Replay.Step;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ReplayTest {
  /// The same each time: both read 1, both write 2.
  @RepeatedTest(20)
  void theUnprotectedCountLosesAReferenceAndFreesTooEarly() throws InterruptedException {
    Replay replay = Replay.of(Discipline.RACY);

    assertThat(replay.steps())
        .containsExactly(
            new Step("A", Access.LOAD, 1, 1),
            new Step("B", Access.LOAD, 1, 1),
            new Step("A", Access.STORE, 2, 2),
            new Step("B", Access.STORE, 2, 2),
            new Step("A", Access.LOAD, 2, 2),
            new Step("A", Access.STORE, 1, 1),
            new Step("B", Access.LOAD, 1, 1),
            new Step("B", Access.STORE, 0, 0));
    assertThat(replay.taken()).isEqualTo(4);
    assertThat(replay.expected()).isEqualTo(3);
    assertThat(replay.counted()).isEqualTo(2);
    assertThat(replay.held()).isEqualTo(1);
    assertThat(replay.freed()).isTrue();
  }

  @Test
  void theAtomicCountCannotBeTornAndFreesNothing() throws InterruptedException {
    Replay replay = Replay.of(Discipline.ATOMIC);

    assertThat(replay.steps())
        .containsExactly(
            new Step("A", Access.ADD, 1, 2),
            new Step("B", Access.ADD, 1, 3),
            new Step("A", Access.ADD, -1, 2),
            new Step("B", Access.ADD, -1, 1));
    assertThat(replay.counted()).isEqualTo(replay.expected());
    assertThat(replay.freed()).isFalse();
  }

  @Test
  void aCompareAndSetThatCameTooLateIsTriedAgain() throws InterruptedException {
    Replay replay = Replay.of(Discipline.CAS);

    assertThat(replay.steps())
        .filteredOn(step -> step.access() == Access.COMPARE_AND_SET)
        .hasSizeGreaterThan(4);
    assertThat(replay.counted()).isEqualTo(replay.expected());
    assertThat(replay.freed()).isFalse();
  }
}
