package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LimboTest {
  private final RefCount domain = Discipline.ATOMIC.create(Map.of());

  @Test
  void isFirstInFirstOutHoweverOftenItGrows() {
    Limbo limbo = new Limbo();
    Counted[] objects = new Counted[3000];
    int polled = 0;
    for (int i = 0; i < objects.length; i++) {
      objects[i] = domain.newObject(false);
      limbo.add(objects[i], i);
      if (i % 3 == 0) {
        assertThat(limbo.firstEpoch()).isEqualTo(polled);
        assertThat(limbo.poll()).isSameAs(objects[polled]);
        polled++;
      }
    }
    Limbo other = new Limbo();
    limbo.moveTo(other);
    assertThat(limbo.isEmpty()).isTrue();
    assertThat(limbo.poll()).isNull();
    for (; polled < objects.length; polled++) {
      assertThat(other.firstEpoch()).isEqualTo(polled);
      assertThat(other.poll()).isSameAs(objects[polled]);
    }
    assertThat(other.isEmpty()).isTrue();
  }
}
