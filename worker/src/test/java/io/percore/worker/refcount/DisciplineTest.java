package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DisciplineTest {
  static List<Variant> variants() {
    return Variant.all();
  }

  static List<Variant> shared() {
    return Variant.exactAndShared();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void releaseTellsTheLastOwnerAndNobodyElse(Variant variant) throws InterruptedException {
    for (boolean padded : new boolean[] {true, false}) {
      Guarantees guarantees = variant.discipline().guarantees();
      RefCount domain = variant.discipline().create(variant.given());
      ThreadContext context = domain.enrol(0);
      Heap heap = Heap.of(domain, padded);
      Counted object = heap.allocate(context);
      domain.attach(context);
      domain.retain(context, object);
      domain.afterOperation(context);
      domain.increment(context, object);
      domain.afterOperation(context);
      domain.detach(context);
      domain.quiesce(context);
      expectCount(domain, object, 3);

      domain.attach(context);
      assertThat(release(domain, context, object)).isFalse();
      assertThat(release(domain, context, object)).isFalse();
      boolean last = release(domain, context, object);
      switch (guarantees.freeing()) {
        case AT_ONCE -> assertThat(last).isTrue();
        case NEVER -> assertThat(last).isFalse();
        // Either this release or something later finds zero.
        case DEFERRED -> {}
      }
      if (last) {
        heap.free(context, object);
      }
      domain.safepoint(context);
      domain.detach(context);
      domain.quiesce(context);
      expectCount(domain, object, 0);
      boolean freed = guarantees.freeing() != Guarantees.Freeing.NEVER;
      assertThat(heap.live()).isEqualTo(freed ? 0 : 1);
      assertThat(heap.doubleFrees()).isZero();
    }
  }

  private static void expectCount(RefCount domain, Counted object, long references) {
    assertThat(domain.count(object)).isIn(references, RefCount.UNCOUNTED);
  }

  private static boolean release(RefCount domain, ThreadContext context, Counted object)
      throws InterruptedException {
    boolean last = domain.release(context, object);
    domain.afterOperation(context);
    return last;
  }

  /// What an object owns goes with it, however long the chain, and its memory lives again.
  @ParameterizedTest
  @MethodSource("variants")
  void freeingAChainFreesAllOfIt(Variant variant) throws InterruptedException {
    assumeThat(variant.discipline().offers()).contains(Capability.RECLAIM);
    RefCount domain = variant.discipline().create(variant.given());
    ThreadContext context = domain.enrol(0);
    Heap heap = Heap.of(domain, false);
    domain.attach(context);
    for (int round = 0; round < 3; round++) {
      Counted head = heap.allocate(context);
      for (int i = 1; i < 10_000; i++) {
        Counted next = heap.allocate(context);
        next.link(head);
        head = next;
      }
      assertThat(heap.live()).isEqualTo(10_000);

      if (domain.release(context, head)) {
        heap.free(context, head);
      }
      domain.afterOperation(context);
      domain.safepoint(context);

      domain.detach(context);
      domain.quiesce(context);
      assertThat(heap.live()).isZero();
      domain.attach(context);
    }
    domain.detach(context);
    assertThat(heap.doubleFrees()).isZero();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void whatIsBorrowedOutlivesItsPointer(Variant variant) throws InterruptedException {
    assumeThat(variant.discipline().offers()).contains(Capability.BORROW);
    RefCount domain = variant.discipline().create(variant.given());
    ThreadContext context = domain.enrol(0);
    Heap heap = Heap.of(domain, true);
    Counted first = heap.allocate(context);
    Counted second = heap.allocate(context);
    SharedPointer pointer = new SharedPointer(first);
    domain.attach(context);

    assertThat(domain.borrow(context, pointer)).isSameAs(first);
    domain.afterOperation(context);
    int life = heap.access(context, first);
    assertThat(domain.replace(context, pointer, second, null)).isFalse();
    domain.afterOperation(context);
    assertThat(domain.exchange(context, pointer, second)).isSameAs(first);
    domain.afterOperation(context);
    assertThat(release(domain, context, first)).isFalse();
    heap.recheck(context, first, life);
    if (domain.giveBack(context, first)) {
      heap.free(context, first);
    }
    domain.afterOperation(context);
    assertThat(domain.replace(context, pointer, second, null)).isTrue();
    domain.afterOperation(context);
    assertThat(domain.borrow(context, pointer)).isNull();
    domain.afterOperation(context);
    if (domain.release(context, second)) {
      heap.free(context, second);
    }
    domain.afterOperation(context);

    domain.detach(context);
    domain.quiesce(context);
    assertThat(heap.live()).isZero();
    assertThat(heap.doubleFrees()).isZero();
    assertThat(heap.usesAfterFree()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void promisesNothingThatItDoesNotOffer(Discipline discipline) {
    Guarantees guarantees = discipline.guarantees();
    boolean frees = guarantees.freeing() != Guarantees.Freeing.NEVER;
    assertThat(guarantees.referenceCount()).isEqualTo(frees);
    assertThat(discipline.offers().contains(Capability.RECLAIM)).isEqualTo(frees);
    assertThat(guarantees.freedBy().isEmpty()).isEqualTo(!frees);
    assertThat(guarantees.bound().isEmpty())
        .isEqualTo(guarantees.freeing() != Guarantees.Freeing.DEFERRED);
    assertThat(guarantees.borrowing()).isNotBlank();
    if (guarantees.safeToBorrow()) {
      assertThat(discipline.offers()).contains(Capability.BORROW);
    }
    if (guarantees.zeroPrecise()) {
      assertThat(discipline.exact()).isTrue();
    }
  }

  @Test
  void aDeadObjectIsNotRetainedByCompareAndSet() {
    Cas domain = (Cas) Discipline.CAS.create(Map.of());
    ThreadContext context = domain.enrol(0);
    Counted object = Heap.of(domain, true).allocate(context);
    assertThat(domain.tryRetain(object)).isTrue();
    assertThat(domain.release(context, object)).isFalse();
    assertThat(domain.release(context, object)).isTrue();

    assertThat(domain.tryRetain(object)).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> domain.increment(context, object));
    assertThatIllegalStateException().isThrownBy(() -> domain.release(context, object));
    assertThat(domain.count(object)).isZero();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aDeadObjectIsNotRetainedWhereThatIsPromised(Variant variant) throws InterruptedException {
    assumeThat(variant.discipline().guarantees().rejectsResurrection()).isTrue();
    RefCount domain = variant.discipline().create(variant.given());
    ThreadContext context = domain.enrol(0);
    Counted object = Heap.of(domain, true).allocate(context);
    domain.attach(context);
    assertThat(release(domain, context, object)).isTrue();

    assertThatIllegalStateException().isThrownBy(() -> domain.retain(context, object));
    domain.detach(context);
    assertThat(domain.count(object)).isZero();
  }

  /// The first thread goes on meanwhile, as it would in a trial: it stays attached, and comes to
  /// its safepoints.
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("shared")
  void aReplaceThatStoresNothingKeepsNobodyElseOut(Variant variant) throws Exception {
    RefCount domain = variant.discipline().create(variant.given());
    ThreadContext first = domain.enrol(0);
    ThreadContext second = domain.enrol(1);
    Heap heap = Heap.of(domain, false);
    Counted own = heap.allocate(first);
    Counted there = heap.allocate(first);
    SharedPointer pointer = new SharedPointer(there);
    domain.attach(first);
    assertThat(domain.replace(first, pointer, null, null)).isFalse();
    domain.afterOperation(first);

    FutureTask<@Nullable Counted> exchange =
        new FutureTask<>(
            () -> {
              domain.attach(second);
              Counted old = domain.exchange(second, pointer, null);
              domain.afterOperation(second);
              domain.detach(second);
              return old;
            });
    Thread.ofPlatform().daemon().start(exchange);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!exchange.isDone() && System.nanoTime() < deadline) {
      domain.retain(first, own);
      domain.afterOperation(first);
      assertThat(release(domain, first, own)).isFalse();
      domain.safepoint(first);
    }
    assertThat(exchange).isDone();
    assertThat(exchange.get()).isSameAs(there);
    domain.detach(first);
  }

  @Test
  void whatIsNotImmortalIsFoundOut() throws InterruptedException {
    RefCount domain = Discipline.IMMORTAL.create(Map.of());
    ThreadContext context = domain.enrol(0);
    Counted object = Heap.of(domain, true).allocate(context);
    domain.retain(context, object);
    assertThat(domain.release(context, object)).isFalse();

    object.storeOpaque(1);
    assertThatIllegalStateException().isThrownBy(() -> domain.retain(context, object));
    assertThatIllegalStateException().isThrownBy(() -> domain.release(context, object));
  }

  @ParameterizedTest
  @EnumSource
  void describesItself(Discipline discipline) {
    assertThat(Discipline.byId(discipline.id())).isSameAs(discipline);
    assertThat(discipline.title()).isNotBlank();
    assertThat(discipline.contract()).isNotBlank().doesNotContain("\n");
    assertThat(discipline.offers()).isNotEmpty();
    assertThat(discipline.countBits()).isIn(0, 31, 64);
    for (Parameter parameter : discipline.parameters()) {
      assertThat(parameter.choices()).containsAll(parameter.inexactChoices());
      assertThat(discipline.check(Map.of()).text(parameter.name()))
          .isEqualTo(parameter.defaultValue());
    }
  }

  @Test
  void onlyTheNegativeControlIsInexactAndOnlyTheBaseSingleThreaded() {
    assertThat(Discipline.values())
        .filteredOn(discipline -> !discipline.exact())
        .containsExactly(Discipline.RACY);
    assertThat(Discipline.values())
        .filteredOn(Discipline::singleThreaded)
        .containsExactly(Discipline.PLAIN);
  }

  @Test
  void refusesAMonitorHeldOverWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Discipline.GLOBAL_LOCK.create(Map.of("lock", "synchronized", "hold", "work")))
        .withMessageContaining("needs global-lock.lock=reentrant");
  }

  @Test
  void refusesUnknownIds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Discipline.byId("magic"))
        .withMessage("there is no discipline 'magic'");
  }

  /// Another thread could not go on if a lock were left behind.
  @Test
  void detachingInTheMiddleOfAnOperationLeavesNoLockBehind() throws InterruptedException {
    RefCount domain = Discipline.GLOBAL_LOCK.create(Map.of("hold", "work"));
    ThreadContext context = domain.enrol(0);
    ThreadContext other = domain.enrol(1);
    Counted object = Heap.of(domain, true).allocate(context);
    domain.increment(context, object);
    domain.detach(context);

    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    domain.increment(other, object);
                    domain.detach(other);
                  } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(domain.count(object)).isEqualTo(3);
  }
}
