package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Model checking with Lincheck: two threads with some retains and releases each, switched at every
/// access to shared memory, up to a bound. What they are told must be explained by some order in
/// which the operations could have come one after another, and the count must say who owns what.
///
/// The model is sequentially consistent, so this finds no missing memory ordering. It has no clock
/// either, which leaves out disciplines whose threads give way after a while. Those that may find
/// zero later than in a release have [LateInterleavingTest].
@Tag("model-checking")
class InterleavingTest {
  /// Lincheck numbers them from 1.
  static final int THREADS = 2;

  /// What the next [References] are counted with.
  private static Variant underTest = new Variant(Discipline.RACY, Map.of());

  static List<Variant> variants() {
    return Variant.freeingAtOnce().stream()
        .filter(variant -> !variant.attachedThreadExcludesOthers())
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("variants")
  void everyInterleavingIsExplainedBySomeOrder(Variant variant) {
    check(variant);
  }

  @Test
  void theUnprotectedCountIsFoundWrong() {
    Variant racy = new Variant(Discipline.RACY, Map.of());
    assertThatThrownBy(() -> check(racy)).isInstanceOf(LincheckAssertionError.class);
  }

  private static void check(Variant variant) {
    underTest = variant;
    options().sequentialSpecification(Ledger.class).check(References.class);
  }

  /// How far is searched.
  static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(THREADS)
        .actorsBefore(0)
        .actorsPerThread(3)
        .actorsAfter(0)
        .iterations(15)
        .invocationsPerIteration(250)
        .minimizeFailedScenario(false);
  }

  /// The threads share an object, and each begins with one reference. A thread that owns nothing
  /// does nothing.
  public static final class References {
    private final RefCount domain = underTest.discipline().create(underTest.given());
    private final ThreadContext[] contexts = new ThreadContext[THREADS];
    private final int[] owned = new int[THREADS];
    private final Counted object;

    public References() throws InterruptedException {
      for (int thread = 0; thread < THREADS; thread++) {
        contexts[thread] = domain.enrol(thread);
        owned[thread] = 1;
      }
      object = Heap.of(domain, false).allocate(contexts[0]);
      domain.attach(contexts[0]);
      for (int others = 1; others < THREADS; others++) {
        domain.retain(contexts[0], object);
        domain.afterOperation(contexts[0]);
      }
      domain.detach(contexts[0]);
    }

    @Operation
    public void retain(@Param(gen = ThreadIdGen.class) int number) throws InterruptedException {
      int thread = number - 1;
      if (owned[thread] > 0) {
        ThreadContext context = contexts[thread];
        domain.attach(context);
        domain.retain(context, object);
        domain.afterOperation(context);
        domain.detach(context);
        owned[thread]++;
      }
    }

    @Operation
    public boolean release(@Param(gen = ThreadIdGen.class) int number) throws InterruptedException {
      int thread = number - 1;
      if (owned[thread] == 0) {
        return false;
      }
      owned[thread]--;
      ThreadContext context = contexts[thread];
      domain.attach(context);
      boolean last = domain.release(context, object);
      domain.afterOperation(context);
      domain.detach(context);
      return last;
    }

    @Validate
    public void theCountSaysWhatIsOwned() {
      int references = 0;
      for (int ofOneThread : owned) {
        references += ofOneThread;
      }
      if (domain.count(object) != references) {
        throw new IllegalStateException(
            "the count is " + domain.count(object) + ", but " + references + " are owned");
      }
    }
  }

  /// The same, one operation after another.
  public static final class Ledger {
    private final int[] owned = new int[THREADS];
    private int references = THREADS;

    public Ledger() {
      Arrays.fill(owned, 1);
    }

    public void retain(int number) {
      int thread = number - 1;
      if (owned[thread] > 0) {
        owned[thread]++;
        references++;
      }
    }

    public boolean release(int number) {
      int thread = number - 1;
      if (owned[thread] == 0) {
        return false;
      }
      owned[thread]--;
      references--;
      return references == 0;
    }
  }
}
