package io.percore.worker.refcount;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random histories of references that are taken, given back, retired, stored to pointers and
/// borrowed from them, against a sequential ledger of who owns what, for every exact discipline of
/// the registry.
///
/// The threads are real but act one after another, so that there is one right answer to each act.
/// What happens when they act at once is the business of [ChurnTest] and [BorrowTest].
class HistoryTest {
  static final int OBJECTS = 2;
  static final int POINTERS = 2;

  enum Kind {
    RETAIN,
    RELEASE,
    RETIRE,
    /// Gives a reference to another thread, which counts nothing.
    HAND_OVER,
    /// Stores a reference to a pointer, and takes what was there.
    STORE,
    /// Takes what is in a pointer, and leaves nothing there.
    EMPTY,
    /// Borrows from a pointer, and gives back what it had borrowed before.
    BORROW,
    GIVE_BACK,
    /// Stores a reference, or null, to a pointer if that still has what the thread has borrowed.
    REPLACE,
    /// Does what was left for later.
    PAUSE,
    /// Detaches; whatever the thread owns, it keeps.
    LEAVE
  }

  /// What one thread wants to do with one object. It does something else when it cannot: a thread
  /// creates an object that does not exist, and leaves one alone that it has no reference to.
  ///
  /// @param receiver who gets the reference that is handed over
  /// @param pointer what is stored to or borrowed from
  record Step(Kind kind, int thread, int object, int receiver, int pointer) {}

  record History(int threads, boolean padded, List<Step> steps) {}

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            threads ->
                Combinators.combine(
                        Arbitraries.of(true, false), steps(threads).list().ofMaxSize(80))
                    .as((padded, steps) -> new History(threads, padded, steps)));
  }

  private static Arbitrary<Step> steps(int threads) {
    Arbitrary<Integer> thread = Arbitraries.integers().between(0, threads - 1);
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            thread,
            Arbitraries.integers().between(0, OBJECTS - 1),
            thread,
            Arbitraries.integers().between(0, POINTERS - 1))
        .as(Step::new);
  }

  @Property(tries = 300)
  void everyAnswerIsThatOfTheLedger(@ForAll("histories") History history)
      throws InterruptedException {
    for (Variant variant : Variant.exact()) {
      if (history.threads == 1 || !variant.discipline().singleThreaded()) {
        new Play(variant, history).run();
      }
    }
  }
}
