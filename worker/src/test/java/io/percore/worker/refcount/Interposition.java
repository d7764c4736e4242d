package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// What others do between two accesses of one operation to a count, in a test that plays all
/// threads by one: so the test says in which order the steps of their operations come.
final class Interposition {
  /// What happens in between.
  @FunctionalInterface
  interface Act {
    void play() throws InterruptedException;
  }

  private @Nullable Act afterLoad;
  private @Nullable Act afterChange;

  /// Has something happen once, when the count has been loaded the next time.
  void afterNextLoad(Act act) {
    afterLoad = act;
  }

  /// Has something happen once, when the count has been changed in one indivisible step the next
  /// time.
  void afterNextChange(Act act) {
    afterChange = act;
  }

  /// The count has been loaded.
  void loaded() {
    Act act = afterLoad;
    afterLoad = null;
    play(act);
  }

  /// The count has been changed.
  void changed() {
    Act act = afterChange;
    afterChange = null;
    play(act);
  }

  private static void play(@Nullable Act act) {
    if (act == null) {
      return;
    }
    try {
      act.play();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
