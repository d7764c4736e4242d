package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.HistoryTest.History;
import io.percore.worker.refcount.HistoryTest.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One history of [HistoryTest] on one discipline, act by act beside the ledger.
final class Play {
  /// Safepoints of every thread after which what is dead has been freed wherever a discipline finds
  /// zero without being at rest: an epoch until the last change is known, a grace period, and
  /// another one for an object that had been looked at before.
  private static final int ROUNDS = 9;

  private final Variant variant;
  private final History history;
  private final Holdings holdings;
  private final @Nullable Counted[] objects = new Counted[HistoryTest.OBJECTS];

  /// The life of each object, which lasts as long as it has references.
  private final int[] lives = new int[HistoryTest.OBJECTS];

  /// Whether anybody has retired the object in this life.
  private final boolean[] retired = new boolean[HistoryTest.OBJECTS];

  /// Objects that died since the last rest and were never retired.
  private int neverRetired;

  private final List<SharedPointer> pointers = new ArrayList<>();

  Play(Variant variant, History history) {
    this.variant = variant;
    this.history = history;
    this.holdings = new Holdings(HistoryTest.OBJECTS, history.threads(), HistoryTest.POINTERS);
    for (int pointer = 0; pointer < HistoryTest.POINTERS; pointer++) {
      pointers.add(new SharedPointer(null));
    }
  }

  void run() throws InterruptedException {
    try (Stage stage = new Stage(variant, history.threads(), history.padded())) {
      for (Step step : history.steps()) {
        play(stage, step);
        check(stage);
      }
      giveEverythingBack(stage);
      expectToBeFreedByAndBy(stage);
      for (int thread = 0; thread < history.threads(); thread++) {
        stage.leave(thread);
      }
      check(stage);
      assertThat(stage.heap().live()).as("%s: objects alive in the end", variant).isZero();
    }
  }

  private void play(Stage stage, Step step) throws InterruptedException {
    switch (step.kind()) {
      case PAUSE -> {
        giveBack(stage, step.thread());
        stage.pause(step.thread());
      }
      case LEAVE -> {
        giveBack(stage, step.thread());
        stage.leave(step.thread());
      }
      case EMPTY -> exchange(stage, step.thread(), step.pointer(), Holdings.NONE);
      case BORROW -> {
        giveBack(stage, step.thread());
        borrow(stage, step.thread(), step.pointer());
      }
      case GIVE_BACK -> giveBack(stage, step.thread());
      case REPLACE -> replace(stage, step.thread(), step.pointer(), step.object());
      case RETAIN, RELEASE, RETIRE, HAND_OVER, STORE -> playWithObject(stage, step);
    }
  }

  private void playWithObject(Stage stage, Step step) throws InterruptedException {
    int thread = step.thread();
    int number = step.object();
    if (holdings.references(number) == 0) {
      create(stage, thread, number);
      return;
    }
    if (!holdings.owns(thread, number)) {
      if (step.kind() == HistoryTest.Kind.RETAIN && holdings.borrowed(thread) == number) {
        retain(stage, thread, number);
      }
      return;
    }
    switch (step.kind()) {
      case RETAIN -> retain(stage, thread, number);
      case RELEASE ->
          expect(number, holdings.give(thread, number), stage.release(thread, object(number)));
      case RETIRE -> {
        retired[number] = true;
        expect(number, holdings.give(thread, number), stage.retire(thread, object(number)));
      }
      case HAND_OVER -> {
        holdings.give(thread, number);
        holdings.take(step.receiver(), number);
      }
      case STORE -> exchange(stage, thread, step.pointer(), number);
      case PAUSE, LEAVE, EMPTY, BORROW, GIVE_BACK, REPLACE ->
          throw new AssertionError("not with an object");
    }
  }

  private void create(Stage stage, int thread, int number) throws InterruptedException {
    Counted born = stage.create(thread);
    objects[number] = born;
    lives[number] = born.life();
    retired[number] = false;
    holdings.take(thread, number);
  }

  private void retain(Stage stage, int thread, int number) throws InterruptedException {
    stage.retain(thread, object(number));
    holdings.take(thread, number);
  }

  private void exchange(Stage stage, int thread, int pointer, int number)
      throws InterruptedException {
    int old = holdings.exchange(thread, pointer, number);
    assertThat(stage.exchange(thread, pointers.get(pointer), orNull(number)))
        .as("%s: what thread %d took out of pointer %d", variant, thread, pointer)
        .isSameAs(orNull(old));
  }

  /// With null when the thread has no reference to the object that it would store.
  private void replace(Stage stage, int thread, int pointer, int wanted)
      throws InterruptedException {
    int expected = holdings.borrowed(thread);
    if (expected == Holdings.NONE) {
      return;
    }
    int number = holdings.owns(thread, wanted) ? wanted : Holdings.NONE;
    boolean there = holdings.stored(pointer) == expected;
    assertThat(stage.replace(thread, pointers.get(pointer), object(expected), orNull(number)))
        .as("%s: whether thread %d replaced in pointer %d", variant, thread, pointer)
        .isEqualTo(there);
    if (there) {
      holdings.exchange(thread, pointer, number);
    }
  }

  private void borrow(Stage stage, int thread, int pointer) throws InterruptedException {
    Counted expected = orNull(holdings.stored(pointer));
    Counted found;
    if (stage.threadsStayAttached()) {
      holdings.borrow(thread, pointer);
      found = stage.borrow(thread, pointers.get(pointer));
    } else {
      found = stage.look(thread, pointers.get(pointer));
    }
    assertThat(found)
        .as("%s: what thread %d borrowed from pointer %d", variant, thread, pointer)
        .isSameAs(expected);
  }

  private void giveBack(Stage stage, int thread) throws InterruptedException {
    int number = holdings.borrowed(thread);
    if (number != Holdings.NONE) {
      expect(number, holdings.giveBack(thread), stage.giveBack(thread, object(number)));
    }
  }

  private void expect(int number, boolean last, boolean told) {
    neverRetired += last && !retired[number] ? 1 : 0;
    if (last && variant.discipline().guarantees().freeing() != Guarantees.Freeing.AT_ONCE) {
      return;
    }
    assertThat(told).as("%s: the last reference was given back", variant).isEqualTo(last);
  }

  private void giveEverythingBack(Stage stage) throws InterruptedException {
    for (int thread = 0; thread < history.threads(); thread++) {
      giveBack(stage, thread);
    }
    for (int pointer = 0; pointer < HistoryTest.POINTERS; pointer++) {
      exchange(stage, 0, pointer, Holdings.NONE);
    }
    for (int number = 0; number < HistoryTest.OBJECTS; number++) {
      for (int thread = 0; thread < history.threads(); thread++) {
        while (holdings.owns(thread, number)) {
          expect(number, holdings.give(thread, number), stage.release(thread, object(number)));
        }
      }
    }
  }

  /// What is dead is freed although nobody comes to rest, but for what nobody retired where that is
  /// asked for.
  private void expectToBeFreedByAndBy(Stage stage) throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (int thread = 0; thread < history.threads(); thread++) {
        stage.pause(thread);
      }
    }
    assertThat(stage.heap().live())
        .as("%s: objects alive after %d rounds of safepoints", variant, ROUNDS)
        .isBetween(0L, variant.findsOnlyWhatIsRetired() ? neverRetired : 0L);
  }

  private void check(Stage stage) throws InterruptedException {
    boolean rest = stage.rest();
    neverRetired = rest ? 0 : neverRetired;
    int living = 0;
    for (int number = 0; number < HistoryTest.OBJECTS; number++) {
      if (holdings.references(number) > 0) {
        living++;
        assertThat(object(number).life())
            .as("%s: the life of an object", variant)
            .isEqualTo(lives[number]);
        if (rest) {
          assertThat(stage.count(object(number)))
              .as("%s: count", variant)
              .isEqualTo(holdings.references(number));
        }
      }
    }
    if (rest) {
      assertThat(stage.heap().live()).as("%s: objects alive", variant).isEqualTo(living);
    }
    assertThat(stage.heap().doubleFrees()).as("%s: double frees", variant).isZero();
  }

  private @Nullable Counted orNull(int number) {
    return number == Holdings.NONE ? null : object(number);
  }

  private Counted object(int number) {
    Counted object = objects[number];
    if (object == null) {
      throw new AssertionError("object " + number + " was never made");
    }
    return object;
  }
}
