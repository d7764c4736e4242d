package io.percore.worker.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelTest {
  private static final Map<String, String> SOME_WORK = Map.of("work", "3");

  @ParameterizedTest
  @EnumSource
  void doesExactlyTheOperationsAskedForAndTheirWork(Workload workload) throws InterruptedException {
    Kernel kernel = kernels(workload, SOME_WORK, domain()).getFirst();
    long start = kernel.value();
    int done = 0;
    for (int count : new int[] {0, 1, 2, 7, 100, 1, 1}) {
      kernel.batch(count);
      done += count;
      assertThat(kernel.operations()).isEqualTo(done);
      assertThat(kernel.value()).isEqualTo(DependentWork.jump(start, done * 3L));
    }
  }

  @Test
  void anOddNumberOfPairOperationsLeavesAReferenceThatTheAuditExpects()
      throws InterruptedException {
    RefCount domain = domain();
    Kernel kernel = kernels(Workload.HOT, Map.of(), domain).getFirst();

    kernel.batch(7);
    assertThat(domain.count(object(kernel))).isEqualTo(2);
    assertThat(Audit.of(List.of(kernel)).netError()).isZero();

    kernel.batch(1);
    assertThat(domain.count(object(kernel))).isEqualTo(1);
    assertThat(Audit.of(List.of(kernel)).netError()).isZero();
  }

  /// Each workload with its defaults, and with each other choice that it offers.
  static Stream<Arguments> choices() {
    return Arrays.stream(Workload.values())
        .flatMap(
            workload ->
                Stream.concat(
                    Stream.of(Arguments.of(workload, Map.of())),
                    workload.parameters().stream()
                        .flatMap(
                            parameter ->
                                parameter.choices().stream()
                                    .skip(1)
                                    .map(
                                        choice ->
                                            Arguments.of(
                                                workload, Map.of(parameter.name(), choice))))));
  }

  /// Each kernel in turn, every discipline with which it fits: nothing is lost, leaked or freed
  /// twice.
  @ParameterizedTest
  @MethodSource("choices")
  void everyReferenceIsAccountedFor(Workload workload, Map<String, String> given)
      throws InterruptedException {
    for (Discipline discipline : Discipline.values()) {
      if (workload.fits(discipline)) {
        int threads = discipline.singleThreaded() ? 1 : 2;
        RefCount domain = discipline.create(Map.of());
        List<Kernel> kernels =
            kernels(workload, given, Collections.nCopies(threads, domain).toArray(RefCount[]::new));
        Audit before = Audit.of(kernels);
        for (int turn = 0; turn < 40; turn++) {
          for (Kernel kernel : kernels) {
            domain.attach(kernel.context());
            kernel.batch(501);
            domain.safepoint(kernel.context());
            domain.detach(kernel.context());
          }
        }
        Audit.quiesce(kernels);
        Audit after = Audit.of(kernels);

        assertThat(after.netError()).as("%s: net error", discipline).isZero();
        assertThat(after.prematureFrees()).as("%s: premature frees", discipline).isZero();
        assertThat(after.doubleFrees()).as("%s: double frees", discipline).isZero();
        assertThat(after.usesAfterFree()).as("%s: uses after free", discipline).isZero();
        assertThat(after.leaks()).as("%s: leaks", discipline).isZero();
        assertThat(after.operations() - before.operations()).isEqualTo(threads * 40L * 501);
      }
    }
  }

  @Test
  void threadsOfOneDomainShareAnObjectUnlessItIsPrivate() {
    RefCount shared = domain();

    assertThat(objects(Workload.COUNTER, shared, shared)).isEqualTo(1);
    assertThat(objects(Workload.HOT, shared, shared)).isEqualTo(1);
    assertThat(objects(Workload.PRIVATE, shared, shared)).isEqualTo(2);
    assertThat(objects(Workload.COUNTER, domain(), domain())).isEqualTo(2);
    assertThat(objects(Workload.HOT, domain(), domain())).isEqualTo(2);
  }

  @Test
  void theAuditFindsLostUpdates() throws InterruptedException {
    RefCount domain = domain();
    Kernel kernel = kernels(Workload.COUNTER, Map.of(), domain).getFirst();
    kernel.batch(10);
    domain.release(kernel.context(), object(kernel));
    domain.release(kernel.context(), object(kernel));

    Audit audit = Audit.of(List.of(kernel));

    assertThat(audit.expectedUpdates()).isEqualTo(10);
    assertThat(audit.observedUpdates()).isEqualTo(8);
  }

  @Test
  void theAuditFindsNetErrorsAndFrees() throws InterruptedException {
    RefCount domain = domain();
    Kernel kernel = kernels(Workload.HOT, Map.of(), domain).getFirst();
    // As if another thread's updates had been lost: the creator's reference is gone.
    domain.release(kernel.context(), object(kernel));
    kernel.batch(6);

    Audit audit = Audit.of(List.of(kernel));

    assertThat(audit.netError()).isEqualTo(-1);
    assertThat(audit.prematureFrees()).isEqualTo(1);
    assertThat(audit.doubleFrees()).isEqualTo(2);
    assertThat(audit.expectedUpdates()).isZero();
  }

  @Test
  void theAuditFindsLeaksAndUsesAfterFree() throws InterruptedException {
    Kernel kernel = kernels(Workload.HOT, Map.of(), domain()).getFirst();
    Heap heap = kernel.heap();
    Counted dropped = heap.allocate(kernel.context());
    Counted freed = heap.allocate(kernel.context());
    int life = heap.access(kernel.context(), freed);
    heap.recheck(kernel.context(), freed, life);
    assertThat(Audit.of(List.of(kernel)).usesAfterFree()).isZero();
    assertThat(Audit.of(List.of(kernel)).leaks()).isEqualTo(2);

    heap.free(kernel.context(), freed);
    heap.recheck(kernel.context(), freed, life);
    heap.access(kernel.context(), freed);
    assertThat(heap.allocate(kernel.context())).isSameAs(freed);
    heap.recheck(kernel.context(), freed, life);

    assertThat(Audit.of(List.of(kernel)).usesAfterFree()).isEqualTo(3);
    assertThat(Audit.of(List.of(kernel)).leaks()).isEqualTo(2);
    heap.free(kernel.context(), dropped);
    heap.free(kernel.context(), freed);
    assertThat(Audit.of(List.of(kernel)).leaks()).isZero();
    assertThat(Audit.of(List.of(kernel)).doubleFrees()).isZero();
  }

  @Test
  void errorsOfTwoObjectsDoNotCancel() throws InterruptedException {
    RefCount domain = domain();
    List<Kernel> kernels = kernels(Workload.PRIVATE, Map.of(), domain, domain);
    Kernel first = kernels.getFirst();
    Kernel second = kernels.getLast();
    domain.retain(first.context(), object(first));
    domain.release(second.context(), object(second));

    assertThat(Audit.of(kernels).netError()).isEqualTo(2);
  }

  private static RefCount domain() {
    return Discipline.PLAIN.create(Map.of());
  }

  private static List<Kernel> kernels(
      Workload workload, Map<String, String> parameters, RefCount... domains) {
    return workload.create(parameters, new Team(List.of(domains), 1));
  }

  private static long objects(Workload workload, RefCount... domains) {
    return kernels(workload, Map.of(), domains).stream()
        .flatMap(kernel -> references(kernel).stream())
        .distinct()
        .count();
  }

  private static List<Counted> references(Kernel kernel) {
    List<Counted> references = new ArrayList<>();
    kernel.references(references::add);
    return references;
  }

  /// The one object of a kernel that is the only one of its domain.
  private static Counted object(Kernel kernel) {
    return references(kernel).getFirst();
  }
}
