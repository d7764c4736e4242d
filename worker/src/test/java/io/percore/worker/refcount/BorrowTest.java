package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Threads borrow from pointers that the others store to all the time. Each object owns a reference
/// to the tag of the pointer that it is meant for, so that one can tell when a pointer gave away
/// another's.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BorrowTest {
  private static final int THREADS = 3;
  private static final int POINTERS = 2;
  private static final int OPERATIONS = 150_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private final AtomicInteger strangers = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  static Stream<Variant> safe() {
    return Variant.exactAndShared().stream()
        .filter(variant -> variant.discipline().guarantees().safeToBorrow());
  }

  @ParameterizedTest
  @MethodSource("safe")
  void nothingIsFreedWhileItIsBorrowed(Variant variant)
      throws InterruptedException, ExecutionException {
    RefCount domain = variant.discipline().create(variant.given());
    List<ThreadContext> contexts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      contexts.add(domain.enrol(i));
    }
    Heap heap = Heap.of(domain, true);
    List<Tagged> pointers = new ArrayList<>();
    for (int i = 0; i < POINTERS; i++) {
      Counted tag = heap.allocate(contexts.getFirst());
      pointers.add(new Tagged(new SharedPointer(null), tag));
    }
    List<Future<?>> running = new ArrayList<>();
    for (ThreadContext context : contexts) {
      running.add(
          threads.submit(
              () -> {
                run(domain, heap, context, pointers);
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }

    domain.quiesce(contexts.getFirst());
    assertThat(heap.usesAfterFree()).isZero();
    assertThat(heap.doubleFrees()).isZero();
    assertThat(strangers).hasValue(0);
    assertThat(heap.live()).isEqualTo(2 * POINTERS);
    for (Tagged tagged : pointers) {
      Counted object = Objects.requireNonNull(tagged.pointer.load());
      assertThat(Counted.isLive(object.life())).isTrue();
      assertThat(domain.count(object)).isEqualTo(1);
      assertThat(object.link()).isSameAs(tagged.tag);
      assertThat(domain.count(tagged.tag)).isEqualTo(2);
    }
  }

  private record Tagged(SharedPointer pointer, Counted tag) {}

  private void run(RefCount domain, Heap heap, ThreadContext context, List<Tagged> pointers)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(context.thread());
    domain.attach(context);
    for (int i = 0; i < OPERATIONS; i++) {
      Tagged tagged = pointers.get(random.nextInt(POINTERS));
      int choice = random.nextInt(4);
      if (choice == 0) {
        store(domain, heap, context, tagged);
      } else {
        borrow(domain, heap, context, tagged, choice == 1);
      }
      if (i % 64 == 0) {
        domain.safepoint(context);
      }
    }
    domain.detach(context);
  }

  private static void store(RefCount domain, Heap heap, ThreadContext context, Tagged tagged)
      throws InterruptedException {
    Counted old = domain.exchange(context, tagged.pointer, fresh(domain, heap, context, tagged));
    domain.afterOperation(context);
    if (old != null) {
      drop(domain, heap, context, old);
    }
  }

  /// Stores if the pointer still has what was borrowed from it.
  private static void replace(
      RefCount domain, Heap heap, ThreadContext context, Tagged tagged, Counted borrowed)
      throws InterruptedException {
    Counted fresh = fresh(domain, heap, context, tagged);
    boolean replaced = domain.replace(context, tagged.pointer, borrowed, fresh);
    domain.afterOperation(context);
    drop(domain, heap, context, replaced ? borrowed : fresh);
  }

  private static Counted fresh(RefCount domain, Heap heap, ThreadContext context, Tagged tagged)
      throws InterruptedException {
    Counted fresh = heap.allocate(context);
    domain.retain(context, tagged.tag);
    domain.afterOperation(context);
    fresh.link(tagged.tag);
    return fresh;
  }

  private static void drop(RefCount domain, Heap heap, ThreadContext context, Counted object)
      throws InterruptedException {
    if (domain.release(context, object)) {
      heap.free(context, object);
    }
    domain.afterOperation(context);
  }

  private void borrow(
      RefCount domain, Heap heap, ThreadContext context, Tagged tagged, boolean andReplace)
      throws InterruptedException {
    Counted borrowed = domain.borrow(context, tagged.pointer);
    domain.afterOperation(context);
    if (borrowed == null) {
      return;
    }
    int life = heap.access(context, borrowed);
    if (!tagged.tag.equals(borrowed.link())) {
      strangers.incrementAndGet();
    }
    if (andReplace) {
      replace(domain, heap, context, tagged, borrowed);
    }
    heap.recheck(context, borrowed, life);
    if (domain.giveBack(context, borrowed)) {
      heap.free(context, borrowed);
    }
    domain.afterOperation(context);
  }
}
