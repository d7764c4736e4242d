package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsTest {
  private final Epochs epochs = new Epochs();
  private final ThreadContext one = DeferredContext.create(0, 0);
  private final ThreadContext other = DeferredContext.create(1, 1);
  private final List<ThreadContext> all = List.of(one, other);

  private void pass(ThreadContext thread, long seen) {
    epochs.pass((EpochContext) thread, seen, all);
  }

  private void bothEnter() {
    epochs.enter((EpochContext) one);
    epochs.enter((EpochContext) other);
  }

  /// What the thread has done was done for the epoch that it saw. Were it to announce the new one,
  /// others would take as published what it still keeps to itself.
  @Test
  void aThreadAnnouncesWhatItHasSeenAndNotWhatHasComeSince() {
    bothEnter();
    long seen = epochs.current();
    pass(other, seen);
    assertThat(epochs.current()).isEqualTo(seen + 1);

    pass(one, seen);
    assertThat(((EpochContext) one).announced()).isEqualTo(seen);
    pass(other, epochs.current());
    assertThat(epochs.current()).isEqualTo(seen + 1);
  }

  @Test
  void anEpochEndsWhenAllThatAreAttachedHaveAnnouncedIt() {
    bothEnter();
    long begin = epochs.current();
    pass(one, begin);
    pass(one, epochs.current());
    pass(one, epochs.current());
    assertThat(epochs.current()).isEqualTo(begin + 1);

    epochs.leave((EpochContext) other);
    pass(one, epochs.current());
    assertThat(epochs.current()).isEqualTo(begin + 2);
    assertThat(epochs.passed(begin)).isFalse();
    pass(one, epochs.current());
    assertThat(epochs.passed(begin)).isTrue();
  }
}
