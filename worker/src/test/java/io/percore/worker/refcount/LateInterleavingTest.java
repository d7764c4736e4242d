package io.percore.worker.refcount;

import static io.percore.worker.refcount.InterleavingTest.THREADS;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Model checking as in [InterleavingTest] of disciplines that may find zero later than in a
/// release: nothing is asked but that in the end the object is freed, once, exactly when nobody
/// owns it.
@Tag("model-checking")
class LateInterleavingTest {
  /// What the next [LateReferences] are counted with.
  private static Variant underTest = new Variant(Discipline.RACY, Map.of());

  static List<Variant> lateVariants() {
    return Variant.exactAndShared().stream()
        .filter(variant -> !Variant.freeingAtOnce().contains(variant))
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lateVariants")
  void inEveryInterleavingTheObjectIsFreedWhenNobodyOwnsIt(Variant variant) {
    underTest = variant;
    InterleavingTest.options()
        .sequentialSpecification(LateLedger.class)
        .check(LateReferences.class);
  }

  /// As [InterleavingTest.References], whose answers are not looked at; the first thread is the
  /// maker.
  public static final class LateReferences {
    private final RefCount domain = underTest.discipline().create(underTest.given());
    private final ThreadContext[] contexts = new ThreadContext[THREADS];
    private final int[] owned = new int[THREADS];
    private final Heap heap;
    private final Counted object;

    public LateReferences() throws InterruptedException {
      for (int thread = 0; thread < THREADS; thread++) {
        contexts[thread] = domain.enrol(thread);
        owned[thread] = 1;
      }
      heap = Heap.of(domain, false);
      object = heap.allocate(contexts[0]);
      domain.attach(contexts[0]);
      domain.retain(contexts[0], object);
      domain.afterOperation(contexts[0]);
      domain.detach(contexts[0]);
    }

    @Operation
    public void retain(@Param(gen = ThreadIdGen.class) int number) throws InterruptedException {
      ThreadContext context = contexts[number - 1];
      if (owned[number - 1] > 0) {
        domain.attach(context);
        domain.retain(context, object);
        domain.afterOperation(context);
        domain.safepoint(context);
        domain.detach(context);
        owned[number - 1]++;
      }
    }

    @Operation
    public void release(@Param(gen = ThreadIdGen.class) int number) throws InterruptedException {
      ThreadContext context = contexts[number - 1];
      if (owned[number - 1] > 0) {
        owned[number - 1]--;
        domain.attach(context);
        if (domain.release(context, object)) {
          heap.free(context, object);
        }
        domain.afterOperation(context);
        domain.safepoint(context);
        domain.detach(context);
      }
    }

    @Validate
    public void itLivesAsLongAsItIsOwned() throws InterruptedException {
      domain.quiesce(contexts[0]);
      int references = Arrays.stream(owned).sum();
      if (heap.doubleFrees() != 0 || heap.live() != (references > 0 ? 1 : 0)) {
        throw new IllegalStateException(
            references
                + " are owned, "
                + heap.live()
                + " live, freed twice: "
                + heap.doubleFrees());
      }
      if (references > 0 && domain.count(object) != references) {
        throw new IllegalStateException(
            "the count is " + domain.count(object) + ", but " + references + " are owned");
      }
    }
  }

  /// Nothing is answered, so nothing is wrong.
  public static final class LateLedger {
    public void retain(int number) {}

    public void release(int number) {}
  }
}
