package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredTest {
  private static final int READER = 0;
  private static final int WRITER = 1;
  private static final int ENOUGH = 10;

  private Acts acts;
  private Counted object;
  private SharedPointer pointer;

  @BeforeEach
  void begin() throws InterruptedException {
    acts = new Acts(Discipline.DEFERRED, 2);
    object = acts.create(WRITER);
    pointer = new SharedPointer(object);
  }

  private @Nullable Counted borrow() throws InterruptedException {
    return acts.domain.borrow(acts.context(READER), pointer);
  }

  private void takeOut() throws InterruptedException {
    assertThat(acts.domain.exchange(acts.context(WRITER), pointer, null)).isSameAs(object);
    acts.release(WRITER, object);
  }

  private void writerPauses() throws InterruptedException {
    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(WRITER);
    }
  }

  @Test
  void whatIsBorrowedLivesUntilTheNextSafepoint() throws InterruptedException {
    assertThat(borrow()).isSameAs(object);
    takeOut();

    writerPauses();
    assertThat(acts.heap.live()).isEqualTo(1);
    assertThat(acts.domain.giveBack(acts.context(READER), object)).isFalse();
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void borrowingCountsNothing() throws InterruptedException {
    borrow();

    assertThat(acts.domain.count(object)).isEqualTo(1);
  }

  @Test
  void whatIsReplacedIsLeftBehindToo() throws InterruptedException {
    borrow();
    assertThat(acts.domain.replace(acts.context(WRITER), pointer, object, null)).isTrue();
    acts.release(WRITER, object);

    writerPauses();
    assertThat(acts.heap.live()).isEqualTo(1);
    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void whatIsBorrowedCanBeRetained() throws InterruptedException {
    borrow();
    takeOut();
    acts.retain(READER, object);

    acts.rounds(ENOUGH);
    assertThat(acts.heap.live()).isEqualTo(1);
    assertThat(acts.release(READER, object)).isTrue();
  }

  @Test
  void whatWasNeverInAPointerIsFreedAtOnce() throws InterruptedException {
    assertThat(acts.release(READER, acts.create(WRITER))).isTrue();
  }

  @Test
  void whatADetachedThreadLeftBehindIsFreedByOthers() throws InterruptedException {
    takeOut();
    acts.detach(WRITER);

    for (int i = 0; i < ENOUGH; i++) {
      acts.pause(READER);
    }
    assertThat(acts.heap.live()).isZero();
  }

  @Test
  void aThreadThatAttachesLaterIsWaitedForToo() throws InterruptedException {
    acts.detach(READER);
    acts.pause(WRITER);
    acts.attach(READER);
    borrow();
    takeOut();

    writerPauses();
    assertThat(acts.heap.live()).isEqualTo(1);
  }

  /// A thread that frees faster than another one comes to safepoints is held back, and goes on when
  /// that one has come.
  @Test
  void whoPutsOffTooMuchWaitsForTheOthers() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      Counted next = acts.create(WRITER);
      Counted old = acts.domain.exchange(acts.context(WRITER), pointer, next);
      acts.release(WRITER, Objects.requireNonNull(old));
    }
    FutureTask<Void> pause =
        new FutureTask<>(
            () -> {
              acts.pause(WRITER);
              return null;
            });
    Thread writer = Thread.ofPlatform().daemon().start(pause);
    while (!pause.isDone()) {
      acts.pause(READER);
    }
    pause.get();
    writer.join();
    assertThat(acts.heap.live()).isLessThan(20_000);
  }

  @Test
  void whoWaitsForTheOthersCanBeStopped() throws InterruptedException {
    for (int i = 0; i < 20_000; i++) {
      Counted next = acts.create(WRITER);
      Counted old = acts.domain.exchange(acts.context(WRITER), pointer, next);
      acts.release(WRITER, Objects.requireNonNull(old));
    }
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> acts.pause(WRITER));
  }

  @Test
  void aReplaceThatDoesNothingCountsNothing() throws InterruptedException {
    Counted other = acts.create(WRITER);
    borrow();
    takeOut();
    long before = acts.domain.count(object);

    assertThat(acts.domain.replace(acts.context(READER), pointer, object, other)).isFalse();
    assertThat(acts.domain.count(object)).isEqualTo(before);
    assertThat(acts.domain.count(other)).isEqualTo(1);
  }

  /// While one thread takes an object out of the pointer, another one stores a second one there,
  /// and a third one borrows that: whoever takes the second one out leaves it behind, too.
  @Test
  void whatIsLeftBehindIsWhatWasTakenOut() throws InterruptedException {
    InterposedCounted first = acts.begin(WRITER, new InterposedCounted(null));
    Counted second = acts.create(READER);
    assertThat(acts.domain.exchange(acts.context(WRITER), pointer, first)).isSameAs(object);
    first.between.afterNextChange(
        () -> {
          acts.domain.exchange(acts.context(READER), pointer, second);
          borrow();
        });
    Counted taken = acts.domain.exchange(acts.context(WRITER), pointer, null);
    if (second.equals(borrow())) {
      taken = acts.domain.exchange(acts.context(WRITER), pointer, null);
    }
    assertThat(taken).isSameAs(second);

    assertThat(acts.release(WRITER, second)).isFalse();
    writerPauses();
    assertThat(Counted.isLive(second.life())).isTrue();
  }
}
