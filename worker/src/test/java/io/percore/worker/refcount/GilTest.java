package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GilTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONGER_THAN_ANY_TEST = Duration.ofHours(1);

  private final ExecutorService others = Executors.newCachedThreadPool();

  @AfterEach
  void stopOthers() {
    others.shutdownNow();
  }

  @Test
  void atMostOneThreadIsInside() throws InterruptedException, ExecutionException {
    Gil gil = new Gil(Duration.ofNanos(50_000), false);
    Counted object = object(gil);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger mostInside = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ThreadContext context = gil.enrol(i);
      running.add(
          others.submit(
              () -> {
                gil.attach(context);
                for (int n = 0; n < 20_000; n++) {
                  mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  gil.increment(context, object);
                  inside.decrementAndGet();
                  gil.afterOperation(context);
                }
                gil.detach(context);
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
    assertThat(mostInside).hasValue(1);
    assertThat(gil.count(object)).isEqualTo(1 + 4 * 20_000);
  }

  @Test
  void whoGivesUpOnRequestComesBackOnlyAfterAnother()
      throws InterruptedException, ExecutionException {
    Gil gil = new Gil(SHORT, false);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    AtomicBoolean otherHeld = new AtomicBoolean();
    for (int round = 1; round <= 20; round++) {
      otherHeld.set(false);
      gil.attach(a);
      assertThat(gil.lastHolder()).isSameAs(a);
      Future<?> other =
          others.submit(
              () -> {
                gil.attach(b);
                otherHeld.set(b.equals(gil.lastHolder()));
                gil.detach(b);
                return null;
              });
      await().until(gil::dropRequested);

      gil.afterOperation(a);

      assertThat(otherHeld).isTrue();
      assertThat(gil.lastHolder()).isSameAs(a);
      assertThat(gil.dropRequested()).isFalse();
      other.get();
      gil.detach(a);
      // To b and back; in the first round also from nobody to a.
      assertThat(gil.switches()).isEqualTo(1 + 2L * round);
    }
  }

  @Test
  void aWaiterThatGivesUpWithdrawsItsRequest() throws InterruptedException {
    Gil gil = new Gil(SHORT, false);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    gil.attach(a);
    Future<?> waiter = others.submit(() -> attach(gil, b));
    await().until(gil::dropRequested);

    others.shutdownNow();
    assertThatThrownBy(waiter::get).hasCauseInstanceOf(InterruptedException.class);

    assertThat(gil.dropRequested()).isFalse();
    assertThat(gil.lastHolder()).isSameAs(a);
    // With the request left behind this would wait for a thread that is gone.
    gil.afterOperation(a);
    gil.detach(a);
    gil.attach(a);
    gil.detach(a);
  }

  /// The lock is given up, and told to another waiter, before the one that was interrupted can look
  /// at it.
  @Test
  void whoIsInterruptedKeepsNothing() throws InterruptedException {
    Gil gil = new Gil(LONGER_THAN_ANY_TEST, false);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    ThreadContext c = gil.enrol(2);
    for (int round = 0; round < 30; round++) {
      gil.attach(a);
      Thread waiter = waiter(gil, b);
      Thread interrupted = waiter(gil, c);

      interrupted.interrupt();
      gil.detach(a);

      waiter.join();
      interrupted.join();
    }
    gil.attach(a);
    gil.detach(a);
  }

  private static Thread waiter(Gil gil, ThreadContext context) {
    Thread thread = Thread.ofPlatform().daemon().start(() -> attachQuietly(gil, context));
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  /// Two wait, and the lock goes to the one; the other one's patience begins anew.
  @Test
  void aSwitchRestartsThePatienceOfWhoeverWaits() throws InterruptedException, ExecutionException {
    Duration patience = Duration.ofMillis(300);
    Gil gil = new Gil(patience, false);
    ThreadContext a = gil.enrol(0);
    gil.attach(a);
    CountDownLatch enough = new CountDownLatch(1);
    List<Future<?>> holders = new ArrayList<>();
    List<Thread> waiting = new CopyOnWriteArrayList<>();
    for (int i = 1; i <= 2; i++) {
      ThreadContext context = gil.enrol(i);
      holders.add(
          others.submit(
              () -> {
                waiting.add(Thread.currentThread());
                gil.attach(context);
                enough.await();
                gil.detach(context);
                return null;
              }));
      int begun = i;
      await()
          .until(
              () ->
                  waiting.size() == begun
                      && waiting.getLast().getState() == Thread.State.TIMED_WAITING);
    }

    long switched = System.nanoTime();
    gil.detach(a);
    await().until(() -> gil.switches() == 2 && gil.dropRequested());
    assertThat(System.nanoTime() - switched).isGreaterThanOrEqualTo(patience.toNanos());
    enough.countDown();
    for (Future<?> holder : holders) {
      holder.get();
    }
  }

  @Test
  void aThreadsLastReleaseWaitsForNobody() throws InterruptedException, ExecutionException {
    Gil gil = new Gil(SHORT, false);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    gil.attach(a);
    Future<?> waiter = others.submit(() -> attach(gil, b));
    await().until(gil::dropRequested);

    gil.detach(a);

    waiter.get();
    assertThat(gil.lastHolder()).isSameAs(b);
  }

  @Test
  void whoHoldsNothingGivesNothingUp() throws InterruptedException, ExecutionException {
    Gil gil = new Gil(SHORT, false);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    gil.attach(a);

    gil.detach(b);

    Future<?> waiter = others.submit(() -> attach(gil, b));
    await().until(() -> gil.dropRequested() || waiter.isDone());
    assertThat(gil.lastHolder()).isSameAs(a);
    gil.detach(a);
    waiter.get();
  }

  @Test
  void nobodyIsAskedBeforeTheWaiterIsOutOfPatience()
      throws InterruptedException, ExecutionException {
    Gil gil = new Gil(LONGER_THAN_ANY_TEST, false);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    Counted object = object(gil);
    gil.attach(a);
    Thread waiting = Thread.ofPlatform().daemon().start(() -> attachQuietly(gil, b));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    for (int i = 0; i < 1_000; i++) {
      gil.increment(a, object);
      gil.afterOperation(a);
    }

    assertThat(gil.dropRequested()).isFalse();
    assertThat(gil.switches()).isEqualTo(1);
    gil.detach(a);
    waiting.join();
    assertThat(gil.switches()).isEqualTo(2);
  }

  @Test
  void everyOpPutsACheckPointBetweenLoadAndStore() throws InterruptedException, ExecutionException {
    Gil gil = new Gil(SHORT, true);
    ThreadContext a = gil.enrol(0);
    ThreadContext b = gil.enrol(1);
    Counted object = object(gil);
    gil.attach(a);
    Future<?> other =
        others.submit(
            () -> {
              gil.attach(b);
              object.storeOpaque(100);
              gil.detach(b);
              return null;
            });
    await().until(gil::dropRequested);

    gil.increment(a, object);

    other.get();
    gil.detach(a);
    // The other thread's store came between the load of 1 and the store of 2.
    assertThat(gil.count(object)).isEqualTo(2);
  }

  private static Counted object(Gil gil) {
    Counted object = gil.newObject(true);
    gil.beginLife(gil.enrol(100), object);
    return object;
  }

  private static Void attach(Gil gil, ThreadContext context) throws InterruptedException {
    gil.attach(context);
    gil.detach(context);
    return null;
  }

  private static void attachQuietly(Gil gil, ThreadContext context) {
    try {
      attach(gil, context);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
