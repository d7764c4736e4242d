package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedPointerTest {
  @ParameterizedTest
  @ValueSource(classes = {Locked.class, Unlocked.class})
  void whatIsStoredAtOnceIsStoredInSomeOrder(Class<?> pointer) {
    new ModelCheckingOptions()
        .sequentialSpecification(Sequential.class)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .iterations(12)
        .invocationsPerIteration(100)
        .minimizeFailedScenario(false)
        .check(pointer);
  }

  @Test
  void whoDoesNotGetTheLockStoresNothing() throws Exception {
    Counted first = Objects.ALL.getFirst();
    SharedPointer pointer = new SharedPointer(first);
    FutureTask<@Nullable Counted> store = new FutureTask<>(() -> pointer.lockedExchange(null));
    pointer.lock();
    spinsForTheLock(store);

    assertThat(pointer.load()).isSameAs(first);
    pointer.unlock();
    assertThat(store.get()).isSameAs(first);
    assertThat(pointer.load()).isNull();
  }

  static Stream<Variant> thatLockPointers() {
    return Variant.exactAndShared().stream()
        .filter(variant -> variant.discipline().create(variant.given()).locksPointers());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("thatLockPointers")
  void whoStoresOrBorrowsHasTheLock(Variant variant) throws Exception {
    RefCount domain = variant.discipline().create(variant.given());
    ThreadContext context = domain.enrol(0);
    Heap heap = Heap.of(domain, false);
    Counted first = heap.allocate(context);
    Counted second = heap.allocate(context);
    SharedPointer pointer = new SharedPointer(first);

    pointer.lock();
    var borrow = new FutureTask<>(() -> domain.borrow(context, pointer));
    spinsForTheLock(borrow);
    assertThat(borrow).isNotDone();
    pointer.unlock();
    assertThat(borrow.get()).isSameAs(first);

    pointer.lock();
    var replace = new FutureTask<>(() -> domain.replace(context, pointer, first, second));
    spinsForTheLock(replace);
    assertThat(pointer.load()).isSameAs(first);
    pointer.unlock();
    assertThat(replace.get()).isTrue();

    pointer.lock();
    var exchange = new FutureTask<>(() -> domain.exchange(context, pointer, null));
    spinsForTheLock(exchange);
    assertThat(pointer.load()).isSameAs(second);
    pointer.unlock();
    assertThat(exchange.get()).isSameAs(second);
  }

  /// Starts it, and waits until it has spun for far longer than the lock is ever held, however long
  /// that takes, or is done.
  private static void spinsForTheLock(FutureTask<?> act) {
    Thread thread = Thread.ofPlatform().daemon().start(act);
    var threads = ManagementFactory.getThreadMXBean();
    await().until(() -> act.isDone() || threads.getThreadCpuTime(thread.threadId()) > 20_000_000);
  }

  /// Objects by number; the last number is null's.
  private static final class Objects {
    static final int NUMBER = 3;
    static final List<Counted> ALL =
        Stream.generate(() -> Discipline.ATOMIC.create(Map.of()).newObject(false))
            .limit(NUMBER - 1)
            .toList();

    static @Nullable Counted get(int number) {
      return number < ALL.size() ? ALL.get(number) : null;
    }

    static int number(@Nullable Counted object) {
      return object == null ? ALL.size() : ALL.indexOf(object);
    }
  }

  @Param(name = "object", gen = IntGen.class, conf = "0:2")
  public static final class Locked {
    private final SharedPointer pointer = new SharedPointer(null);

    @Operation
    public int exchange(@Param(name = "object") int number) {
      return Objects.number(pointer.lockedExchange(Objects.get(number)));
    }

    @Operation
    public boolean replace(
        @Param(name = "object") int expected, @Param(name = "object") int number) {
      return pointer.lockedReplace(Objects.get(expected), Objects.get(number));
    }
  }

  @Param(name = "object", gen = IntGen.class, conf = "0:2")
  public static final class Unlocked {
    private final SharedPointer pointer = new SharedPointer(null);

    @Operation
    public int exchange(@Param(name = "object") int number) {
      return Objects.number(pointer.exchange(Objects.get(number)));
    }

    @Operation
    public boolean replace(
        @Param(name = "object") int expected, @Param(name = "object") int number) {
      return pointer.replace(Objects.get(expected), Objects.get(number));
    }
  }

  /// One store after another.
  public static final class Sequential {
    private int stored = Objects.NUMBER - 1;

    public int exchange(int number) {
      int old = stored;
      stored = number;
      return old;
    }

    public boolean replace(int expected, int number) {
      boolean there = stored == expected;
      stored = there ? number : stored;
      return there;
    }
  }
}
