package io.percore.worker.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandoffQueueTest {
  private static final int CAPACITY = 8;

  private final HandoffQueue queue = new HandoffQueue(CAPACITY);
  private final List<Counted> objects = new ArrayList<>();

  HandoffQueueTest() {
    RefCount domain = Discipline.PLAIN.create(Map.of());
    ThreadContext context = domain.enrol(0);
    Heap heap = Heap.of(domain, false);
    for (int i = 0; i <= CAPACITY; i++) {
      objects.add(heap.allocate(context));
    }
  }

  @Test
  void holdsItsCapacityAndGivesThatOutInOrder() {
    for (int turn = 0; turn < 3; turn++) {
      for (Counted object : objects.subList(0, CAPACITY)) {
        assertThat(queue.offer(object)).isTrue();
      }
      assertThat(queue.offer(objects.getLast())).isFalse();
      List<Counted> inside = new ArrayList<>();
      queue.forEach(inside::add);
      assertThat(inside).containsExactlyInAnyOrderElementsOf(objects.subList(0, CAPACITY));

      for (Counted object : objects.subList(0, CAPACITY)) {
        assertThat(queue.poll()).isSameAs(object);
      }
      assertThat(queue.poll()).isNull();
    }
  }

  @Test
  void goesRoundWhenItIsNeverFull() {
    for (int i = 0; i < 5 * CAPACITY; i++) {
      Counted object = objects.get(i % objects.size());
      assertThat(queue.offer(object)).isTrue();
      assertThat(queue.poll()).isSameAs(object);
      assertThat(queue.poll()).isNull();
    }
  }
}
