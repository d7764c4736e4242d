package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class CompiledCodeTest {
  private static final String LIST =
      """
      65 4 1 a.b.C.batch(I)V [0x00007fa7f3ece508, 0x00007fa7f3ece600 - 0x00007fa7f3ece7c0]
      123 4 0 a.b.c.D.take()V [0x00007fa7f3ee9608, 0x00007fa7f3ee9700 - 0x00007fa7f3ee9a30]
      63 3 1 a.b.C.batch(I)V [0x00007fa7ec405788, 0x00007fa7ec4058a0 - 0x00007fa7ec406f78]
      64 4 0 a.bc.C.batch(I)V [0x00007fa7ec407008, 0x00007fa7ec407120 - 0x00007fa7ec408790]
      """;

  @Test
  void countsTheOptimizingCompilersOwnAndNoOther() {
    assertThat(CompiledCode.count(LIST, "a.b")).isEqualTo(2);
    assertThat(CompiledCode.count(LIST, "a.b", "a.bc")).isEqualTo(3);
    assertThat(CompiledCode.count(LIST, "a")).isEqualTo(3);
    assertThat(CompiledCode.count(LIST, "b")).isZero();
    assertThat(CompiledCode.count("", "a")).isZero();
  }

  @Test
  void seesAMethodThatHasBecomeHot() {
    String here = CompiledCodeTest.class.getPackageName();
    int before = CompiledCode.compilations(here);
    assertThat(before).isNotNegative();

    await()
        .until(
            () -> {
              long sum = 0;
              for (int i = 0; i < 100_000; i++) {
                sum += hot(i);
              }
              return sum != 0 && CompiledCode.compilations(here) > before;
            });
  }

  private static int hot(int x) {
    int y = x;
    for (int i = 0; i < 100; i++) {
      y = y * 31 + i;
    }
    return y | 1;
  }
}
