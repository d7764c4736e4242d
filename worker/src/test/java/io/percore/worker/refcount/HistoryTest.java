package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// Random histories of retains and releases against a sequential ledger of who owns what, for every
/// exact discipline of the registry.
///
/// The threads are real but act one after another, so that there is one right answer to each
/// release. What happens when they act at once is the business of [ChurnTest].
class HistoryTest {
  private static final int OBJECTS = 2;

  enum Kind {
    RETAIN,
    RELEASE,
    /// Gives a reference to another thread, which counts nothing.
    HAND_OVER,
    /// Does what was left for later.
    PAUSE,
    /// Detaches; whatever the thread owns, it keeps.
    LEAVE
  }

  /// What one thread wants to do with one object. It does something else when it cannot: a thread
  /// creates an object that does not exist, and leaves one alone that it has no reference to.
  ///
  /// @param receiver who gets the reference that is handed over
  record Step(Kind kind, int thread, int object, int receiver) {}

  record History(int threads, boolean padded, List<Step> steps) {}

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            threads ->
                Combinators.combine(
                        Arbitraries.of(true, false), steps(threads).list().ofMaxSize(60))
                    .as((padded, steps) -> new History(threads, padded, steps)));
  }

  private static Arbitrary<Step> steps(int threads) {
    Arbitrary<Integer> thread = Arbitraries.integers().between(0, threads - 1);
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            thread,
            Arbitraries.integers().between(0, OBJECTS - 1),
            thread)
        .as(Step::new);
  }

  @Property(tries = 300)
  void everyReleaseAnswersAsTheLedgerSays(@ForAll("histories") History history)
      throws InterruptedException {
    for (Variant variant : Variant.exact()) {
      if (history.threads == 1 || !variant.discipline().singleThreaded()) {
        new Play(variant, history).run();
      }
    }
  }

  /// One history on one discipline.
  private static final class Play {
    private final Variant variant;
    private final History history;
    private final @Nullable Counted[] objects = new Counted[OBJECTS];

    /// The life of each object, which lasts as long as it has references.
    private final int[] lives = new int[OBJECTS];

    /// The oracle: references of each thread, by object. An object is dead once nobody has any.
    private final int[][] owned;

    Play(Variant variant, History history) {
      this.variant = variant;
      this.history = history;
      this.owned = new int[OBJECTS][history.threads];
    }

    void run() throws InterruptedException {
      try (Stage stage = new Stage(variant, history.threads, history.padded)) {
        for (Step step : history.steps) {
          play(stage, step);
          check(stage);
        }
        giveEverythingBack(stage);
        for (int thread = 0; thread < history.threads; thread++) {
          stage.leave(thread);
        }
        check(stage);
        assertThat(stage.heap().live()).as("%s: objects alive in the end", variant).isZero();
      }
    }

    private void play(Stage stage, Step step) throws InterruptedException {
      switch (step.kind) {
        case PAUSE -> stage.pause(step.thread);
        case LEAVE -> stage.leave(step.thread);
        case RETAIN, RELEASE, HAND_OVER -> count(stage, step);
      }
    }

    private void count(Stage stage, Step step) throws InterruptedException {
      int thread = step.thread;
      int[] owners = owned[step.object];
      Counted object = objects[step.object];
      if (object == null || references(step.object) == 0) {
        Counted born = stage.create(thread);
        objects[step.object] = born;
        lives[step.object] = born.life();
        owners[thread] = 1;
      } else if (owners[thread] > 0) {
        switch (step.kind) {
          case RETAIN -> {
            stage.retain(thread, object);
            owners[thread]++;
          }
          case RELEASE -> release(stage, thread, step.object, object);
          case HAND_OVER -> {
            owners[thread]--;
            owners[step.receiver]++;
          }
          case PAUSE, LEAVE -> throw new AssertionError("they count nothing");
        }
      }
    }

    private void release(Stage stage, int thread, int number, Counted object)
        throws InterruptedException {
      owned[number][thread]--;
      boolean last = references(number) == 0;
      boolean told = stage.release(thread, object);
      if (last && variant.discipline().guarantees().freeing() != Guarantees.Freeing.AT_ONCE) {
        return;
      }
      assertThat(told).as("%s: thread %d gave back the last one", variant, thread).isEqualTo(last);
    }

    private void giveEverythingBack(Stage stage) throws InterruptedException {
      for (int number = 0; number < OBJECTS; number++) {
        Counted object = objects[number];
        for (int thread = 0; object != null && thread < history.threads; thread++) {
          while (owned[number][thread] > 0) {
            release(stage, thread, number, object);
          }
        }
      }
    }

    private void check(Stage stage) throws InterruptedException {
      boolean rest = stage.rest();
      int living = 0;
      for (int number = 0; number < OBJECTS; number++) {
        Counted object = objects[number];
        if (object != null && references(number) > 0) {
          living++;
          assertThat(object.life())
              .as("%s: the life of an object", variant)
              .isEqualTo(lives[number]);
          if (rest) {
            assertThat(stage.count(object)).as("%s: count", variant).isEqualTo(references(number));
          }
        }
      }
      if (rest) {
        assertThat(stage.heap().live()).as("%s: objects alive", variant).isEqualTo(living);
      }
      assertThat(stage.heap().doubleFrees()).as("%s: double frees", variant).isZero();
    }

    private int references(int number) {
      return Arrays.stream(owned[number]).sum();
    }
  }
}
