package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class HeapTest {
  private static final int THREADS = 2;

  @Test
  void aLifeBeginsWithoutALink() throws InterruptedException {
    RefCount domain = Discipline.PLAIN.create(Map.of());
    ThreadContext context = domain.enrol(0);
    Heap heap = Heap.of(domain, false);
    Counted owned = heap.allocate(context);
    Counted owner = heap.allocate(context);
    owner.link(owned);
    heap.free(context, owner);
    assertThat(heap.live()).isZero();

    assertThat(heap.allocate(context).link()).isNull();
    assertThat(heap.allocate(context).link()).isNull();
  }

  /// However many: also what has gone to the depot and come back.
  @Test
  void whatIsFreedLivesAgain() throws InterruptedException {
    RefCount domain = Discipline.PLAIN.create(Map.of());
    ThreadContext context = domain.enrol(0);
    Heap heap = Heap.of(domain, false);
    List<Counted> first = allocate(heap, context);
    for (Counted object : first) {
      heap.free(context, object);
    }

    assertThat(allocate(heap, context)).containsExactlyInAnyOrderElementsOf(first);
  }

  private static List<Counted> allocate(Heap heap, ThreadContext context) {
    return Stream.generate(() -> heap.allocate(context)).limit(1_000).toList();
  }

  /// As they do under a discipline that tells both of zero.
  @Test
  void ofSeveralThatFreeOneLifeOneEndsItAndTheOthersAreCounted() {
    new ModelCheckingOptions()
        .sequentialSpecification(Unasked.class)
        .threads(THREADS)
        .actorsBefore(0)
        .actorsPerThread(1)
        .actorsAfter(0)
        .iterations(1)
        .invocationsPerIteration(200)
        .minimizeFailedScenario(false)
        .check(Frees.class);
  }

  @Param(name = "thread", gen = ThreadIdGen.class)
  public static final class Frees {
    private final RefCount domain = Discipline.RACY.create(Map.of());
    private final List<ThreadContext> contexts = List.of(domain.enrol(0), domain.enrol(1));
    private final Heap heap = Heap.of(domain, false);
    private final Counted object = heap.allocate(contexts.getFirst());

    @Operation
    public void free(@Param(name = "thread") int thread) throws InterruptedException {
      heap.free(contexts.get(thread - 1), object);
    }

    @Validate
    public void oneHasEndedIt() {
      if (heap.live() != 0 || heap.doubleFrees() != THREADS - 1) {
        throw new IllegalStateException(heap.live() + " live, freed twice: " + heap.doubleFrees());
      }
    }
  }

  /// Nothing is answered, so nothing is wrong.
  public static final class Unasked {
    public void free(int thread) {}
  }
}
