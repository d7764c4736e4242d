package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Threads retain and release one object at once, each only what it owns, until nobody owns
/// anything; then they meet and begin with the next object. For every exact discipline of the
/// registry that several threads may use.
///
/// The system property `percore.churn.operations` says how many retains and releases there are at
/// least for each discipline, all threads together; with another `percore.churn.seed` lives are
/// other ones.
class ChurnTest {
  private static final long OPERATIONS = Long.getLong("percore.churn.operations", 10_000_000);
  private static final long SEED = Long.getLong("percore.churn.seed", 1);

  /// Two meet at zero, which three seldom do on two processors; of three, one is stopped in the
  /// middle, and two are not the creator.
  private static final int[] TEAMS = {2, 3};

  static List<Variant> variants() {
    return Variant.exactAndShared();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theLastReleaseFreesAndNoOther(Variant variant)
      throws InterruptedException, ExecutionException {
    for (int team : TEAMS) {
      churn(variant, team);
    }
  }

  private static void churn(Variant variant, int team)
      throws InterruptedException, ExecutionException {
    Churn churn = new Churn(variant.createImpatient(), team);
    ExecutorService threads =
        Executors.newFixedThreadPool(team, Thread.ofPlatform().daemon().factory());
    try {
      var running = new ExecutorCompletionService<Void>(threads);
      for (ThreadContext context : churn.contexts) {
        running.submit(() -> churn.takePart(context));
      }
      for (int i = 0; i < team; i++) {
        running.take().get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(churn.operations.get()).isGreaterThanOrEqualTo(OPERATIONS / TEAMS.length);
    assertThat(churn.heap.usesAfterFree()).as("operations of owners on freed objects").isZero();
    assertThat(churn.heap.live()).as("objects that nobody freed").isZero();
    assertThat(churn.heap.doubleFrees()).as("frees after the first").isZero();
    assertThat(churn.wrongCounts).as("objects whose count did not end at zero").isZero();
  }

  /// One life of an object, from its creation to its last reference.
  ///
  /// @param number the object's life, which it is in as long as it has references
  /// @param length operations of each thread, at most
  /// @param seed what the threads choose by
  private record Life(Counted object, int number, int length, long seed) {}

  /// Lives one after another. Between two meetings only one thread touches the fields that are not
  /// final; the meetings order it with the next one.
  private static final class Churn {
    private static final int LONGEST_BITS = 16;
    private static final int MOST_REFERENCES = 8;
    private static final int OPERATIONS_PER_SAFEPOINT = 64;

    private final RefCount domain;
    private final Heap heap;
    private final List<ThreadContext> contexts = new ArrayList<>();
    private final Meeting meeting;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private @Nullable Life life;
    private final AtomicLong operations = new AtomicLong();
    private long wrongCounts;

    Churn(RefCount domain, int team) {
      this.domain = domain;
      for (int thread = 0; thread < team; thread++) {
        contexts.add(domain.enrol(thread));
      }
      this.heap = Heap.of(domain, team == 2);
      this.meeting = new Meeting(team);
    }

    Void takePart(ThreadContext context) throws InterruptedException {
      for (int round = 0; ; round++) {
        if (round % contexts.size() == context.thread()) {
          if (life != null) {
            judge(context, life);
          }
          life = operations.get() < OPERATIONS / TEAMS.length ? begin(context) : null;
        }
        meeting.attend();
        if (life == null) {
          return null;
        }
        live(context, life);
        meeting.attend();
      }
    }

    private Life begin(ThreadContext creator) throws InterruptedException {
      domain.attach(creator);
      Counted object = heap.allocate(creator);
      for (int others = 1; others < contexts.size(); others++) {
        domain.retain(creator, object);
        domain.afterOperation(creator);
      }
      domain.detach(creator);
      operations.addAndGet(contexts.size() - 1);
      return new Life(object, object.life(), length(), random.nextLong());
    }

    /// Most lives are so short that the threads are likely to meet at zero. Of the others, which
    /// let locks change hands, the smaller of two numbers makes more short ones than long ones.
    private int length() {
      if (random.nextInt(8) > 0) {
        return 1 << random.nextInt(3);
      }
      int one = random.nextInt(LONGEST_BITS + 1);
      int another = random.nextInt(LONGEST_BITS + 1);
      return 1 << Math.min(one, another);
    }

    /// The life of one thread's references, the first of which it was given by the creator, or is
    /// that of the creator.
    private void live(ThreadContext context, Life life) throws InterruptedException {
      SplittableRandom choice = new SplittableRandom(life.seed + context.thread());
      Counted object = life.object;
      int length = 1 + choice.nextInt(life.length);
      int done = 0;
      int owned = 1;
      domain.attach(context);
      while (owned > 0) {
        heap.recheck(context, object, life.number);
        if (retains(choice, owned, length - done)) {
          domain.retain(context, object);
          owned++;
        } else {
          if (domain.release(context, object)) {
            heap.free(context, object);
          }
          owned--;
        }
        domain.afterOperation(context);
        done++;
        if (done % OPERATIONS_PER_SAFEPOINT == 0) {
          domain.safepoint(context);
        }
      }
      domain.detach(context);
      operations.addAndGet(done);
    }

    private static boolean retains(SplittableRandom choice, int owned, int left) {
      return left > owned && (owned == 1 || (owned < MOST_REFERENCES && choice.nextBoolean()));
    }

    private void judge(ThreadContext context, Life life) throws InterruptedException {
      domain.quiesce(context);
      wrongCounts += domain.count(life.object) == 0 ? 0 : 1;
    }
  }

  /// Where all threads wait for each other. They do so awake: a thread that had to be woken would
  /// come too late for a short life.
  private static final class Meeting {
    private static final int PATIENCE = 2_000;

    private final int team;
    private final AtomicInteger present = new AtomicInteger();

    /// How many meetings were held. Written by the last to come, before whom nobody leaves.
    private volatile int held;

    Meeting(int team) {
      this.team = team;
    }

    // Yielding is for speed alone, where there are more threads than processors.
    @SuppressWarnings("ThreadPriorityCheck")
    void attend() throws InterruptedException {
      int before = held;
      if (present.incrementAndGet() == team) {
        present.set(0);
        held = before + 1;
        return;
      }
      for (int spins = 0; held == before; spins++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("another thread has failed");
        }
        if (spins < PATIENCE) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }
  }
}
