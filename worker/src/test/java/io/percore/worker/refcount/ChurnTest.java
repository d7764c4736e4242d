package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
      for (int i = 0; i < team; i++) {
        ThreadContext context = new ThreadContext(i);
        running.submit(() -> churn.takePart(context));
      }
      for (int i = 0; i < team; i++) {
        running.take().get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(churn.operations).isGreaterThanOrEqualTo(OPERATIONS / TEAMS.length);
    assertThat(churn.usesAfterFree).as("operations of owners on freed objects").isZero();
    assertThat(churn.leaks).as("objects that nobody was told to free").isZero();
    assertThat(churn.doubleFrees).as("frees after the first").isZero();
    assertThat(churn.wrongCounts).as("objects whose count did not end at zero").isZero();
  }

  /// One object, from its creation to its last reference. The arrays hold what each thread did:
  /// written by that thread before it goes to the meeting, read after it.
  private static final class Life {
    final Counted object;
    final long seed;

    /// Operations of one thread, about.
    final int length;

    final long[] operations;
    final long[] frees;
    final long[] usesAfterFree;

    /// Set by whoever was told to free the object. Who reads true while it owns a reference is
    /// using an object that is gone. Volatile, so that it cannot be read once for many operations.
    volatile boolean freed;

    Life(Counted object, int team, int length, long seed) {
      this.object = object;
      this.length = length;
      this.seed = seed;
      this.operations = new long[team];
      this.frees = new long[team];
      this.usesAfterFree = new long[team];
    }
  }

  /// Lives one after another. Between two meetings only one thread touches the fields that are not
  /// final; the meetings order it with the next one.
  private static final class Churn {
    private static final int LONGEST_BITS = 16;
    private static final int MOST_REFERENCES = 8;

    private final RefCount domain;
    private final int team;
    private final Meeting meeting;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private Life life;
    private boolean over;
    private int lives;
    long operations;
    long usesAfterFree;
    long leaks;
    long doubleFrees;
    long wrongCounts;

    Churn(RefCount domain, int team) {
      this.domain = domain;
      this.team = team;
      this.meeting = new Meeting(team);
      this.life = new Life(domain.newObject(true), team, 1, SEED);
    }

    Void takePart(ThreadContext context) throws InterruptedException {
      for (int round = 0; ; round++) {
        if (round % team == context.thread()) {
          if (round > 0) {
            judge(life);
          }
          begin(context);
        }
        meeting.attend();
        if (over) {
          return null;
        }
        churn(context, life);
        meeting.attend();
      }
    }

    private void begin(ThreadContext creator) throws InterruptedException {
      over = operations >= OPERATIONS / TEAMS.length;
      Counted object = domain.newObject(lives++ % 2 == 0);
      domain.attach(creator);
      for (int others = 1; others < team; others++) {
        domain.retain(creator, object);
        domain.afterOperation(creator);
      }
      domain.detach(creator);
      life = new Life(object, team, length(), random.nextLong());
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
    private void churn(ThreadContext context, Life life) throws InterruptedException {
      SplittableRandom choice = new SplittableRandom(life.seed + context.thread());
      Counted object = life.object;
      int length = 1 + choice.nextInt(life.length);
      int done = 0;
      int owned = 1;
      long frees = 0;
      long usesAfterFree = 0;
      domain.attach(context);
      while (owned > 0) {
        usesAfterFree += life.freed ? 1 : 0;
        if (retains(choice, owned, length - done)) {
          domain.retain(context, object);
          owned++;
        } else {
          if (domain.release(context, object)) {
            life.freed = true;
            frees++;
          }
          owned--;
        }
        domain.afterOperation(context);
        done++;
      }
      domain.detach(context);
      life.operations[context.thread()] = done;
      life.frees[context.thread()] = frees;
      life.usesAfterFree[context.thread()] = usesAfterFree;
    }

    private static boolean retains(SplittableRandom choice, int owned, int left) {
      return left > owned && (owned == 1 || (owned < MOST_REFERENCES && choice.nextBoolean()));
    }

    private void judge(Life life) {
      long frees = Arrays.stream(life.frees).sum();
      operations += team - 1 + Arrays.stream(life.operations).sum();
      usesAfterFree += Arrays.stream(life.usesAfterFree).sum();
      leaks += frees == 0 ? 1 : 0;
      doubleFrees += Math.max(0, frees - 1);
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
