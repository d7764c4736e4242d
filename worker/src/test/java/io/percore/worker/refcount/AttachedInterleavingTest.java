package io.percore.worker.refcount;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Model checking as in [InterleavingTest], of disciplines that may find zero late and of threads
/// that stay attached: what is left for later has to be found at safepoints, since nobody rests. In
/// scenarios that are given, for few of all that are possible come to that.
@Tag("model-checking")
class AttachedInterleavingTest {
  private static final int THREADS = 2;
  private static final int OBJECTS = 2;

  /// More than any discipline needs to find what is dead.
  private static final int ROUNDS = 8;

  /// What the next [References] are counted with.
  private static Variant underTest = new Variant(Discipline.BIASED, Map.of());

  static List<Variant> variants() {
    return Variant.exactAndShared().stream()
        .filter(variant -> !Variant.freeingAtOnce().contains(variant))
        .toList();
  }

  /// One object is given up while the maker works off what was given up before.
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("variants")
  void whatIsGivenUpDuringASafepointIsFoundAtALaterOne(Variant variant) {
    check(
        variant,
        List.of(act("retire", 1, 0), act("retire", 1, 1), act("retire", 2, 0)),
        List.of(act("pause", 1)),
        List.of(act("retire", 2, 1)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("variants")
  void twoThatRetireOneObjectEndItsLifeOnce(Variant variant) {
    check(
        variant,
        List.of(act("retain", 1, 0)),
        List.of(act("retire", 1, 0), act("pause", 1)),
        List.of(act("retire", 2, 0), act("pause", 2)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("variants")
  void whatALeavingThreadLeavesBehindIsFoundByTheOther(Variant variant) {
    check(
        variant,
        List.of(act("retire", 1, 0), act("retire", 2, 0)),
        List.of(act("leave", 1)),
        List.of(act("pause", 2)));
  }

  /// The second thread has made known that it gave a reference up, and the first one has the other
  /// reference in mind only.
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("variants")
  void whatALeavingThreadOwnsLives(Variant variant) {
    check(
        variant,
        List.of(act("retire", 2, 0), act("pause", 2), act("pause", 2)),
        List.of(act("leave", 1)),
        List.of(act("pause", 2), act("pause", 2), act("pause", 2), act("pause", 2)));
  }

  private static Actor act(String name, Object... arguments) {
    for (Method method : References.class.getMethods()) {
      if (method.getName().equals(name)) {
        return new Actor(method, List.of(arguments));
      }
    }
    throw new AssertionError("there is no act " + name);
  }

  private static void check(
      Variant variant, List<Actor> before, List<Actor> first, List<Actor> second) {
    underTest = variant;
    new ModelCheckingOptions()
        .sequentialSpecification(Unasked.class)
        .threads(THREADS)
        .addCustomScenario(new ExecutionScenario(before, List.of(first, second), List.of(), null))
        .iterations(0)
        .invocationsPerIteration(100)
        .minimizeFailedScenario(false)
        .check(References.class);
  }

  /// Each thread begins with a reference to each object; the first one has made them.
  @Param(name = "thread", gen = ThreadIdGen.class)
  @Param(name = "object", gen = IntGen.class, conf = "0:1")
  public static final class References {
    private final RefCount domain = underTest.discipline().create(underTest.given());
    private final ThreadContext[] contexts = new ThreadContext[THREADS];
    private final boolean[] attached = new boolean[THREADS];
    private final Counted[] objects = new Counted[OBJECTS];
    private final int[][] owned = new int[OBJECTS][THREADS];
    private final Heap heap;

    public References() throws InterruptedException {
      for (int thread = 0; thread < THREADS; thread++) {
        contexts[thread] = domain.enrol(thread);
        attached[thread] = true;
      }
      heap = Heap.of(domain, false);
      for (ThreadContext context : contexts) {
        domain.attach(context);
      }
      for (int number = 0; number < OBJECTS; number++) {
        objects[number] = heap.allocate(contexts[0]);
        domain.retain(contexts[0], objects[number]);
        Arrays.fill(owned[number], 1);
      }
    }

    @Operation
    public void retain(@Param(name = "thread") int thread, @Param(name = "object") int object)
        throws InterruptedException {
      domain.retain(contexts[thread - 1], objects[object]);
      owned[object][thread - 1]++;
    }

    @Operation
    public void retire(@Param(name = "thread") int thread, @Param(name = "object") int object)
        throws InterruptedException {
      owned[object][thread - 1]--;
      ThreadContext context = contexts[thread - 1];
      if (domain.retire(context, objects[object])) {
        heap.free(context, objects[object]);
      }
    }

    @Operation
    public void pause(@Param(name = "thread") int thread) throws InterruptedException {
      domain.safepoint(contexts[thread - 1]);
    }

    @Operation
    public void leave(@Param(name = "thread") int thread) throws InterruptedException {
      domain.detach(contexts[thread - 1]);
      attached[thread - 1] = false;
    }

    /// And so it is when those who are still there give up what they own.
    @Validate
    public void whatIsDeadIsFoundAndNothingElse() throws InterruptedException {
      expectTheLivingOnly();
      for (int thread = 0; thread < THREADS; thread++) {
        for (int number = 0; attached[thread] && number < OBJECTS; number++) {
          while (owned[number][thread] > 0) {
            retire(thread + 1, number);
          }
        }
      }
      expectTheLivingOnly();
    }

    private void expectTheLivingOnly() throws InterruptedException {
      for (int round = 0; round < ROUNDS; round++) {
        for (int thread = 0; thread < THREADS; thread++) {
          if (attached[thread]) {
            domain.safepoint(contexts[thread]);
          }
        }
      }
      long living = Arrays.stream(owned).filter(owners -> Arrays.stream(owners).sum() > 0).count();
      if (heap.live() != living || heap.doubleFrees() != 0) {
        throw new IllegalStateException(
            "%d live instead of %d, freed twice: %d"
                .formatted(heap.live(), living, heap.doubleFrees()));
      }
    }
  }

  /// Nothing is answered, so nothing is wrong.
  public static final class Unasked {
    public void retain(int thread, int object) {}

    public void retire(int thread, int object) {}

    public void pause(int thread) {}

    public void leave(int thread) {}
  }
}
