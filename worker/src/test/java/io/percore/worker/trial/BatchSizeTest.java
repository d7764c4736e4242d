package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private final BatchSize size = new BatchSize();

  /// Records `rounds` judgements of batches whose duration depends on their size.
  private void judge(int rounds, LongUnaryOperator nanosOfOperations) {
    for (int i = 0; i < rounds * BatchSize.TRIES; i++) {
      size.record(nanosOfOperations.applyAsLong(size.operations()));
    }
  }

  @Test
  void growsUntilABatchTakesTwentyMicroseconds() {
    judge(30, operations -> 10 * operations);

    assertThat(size.operations()).isEqualTo(2_048);
  }

  @Test
  void shrinksUntilABatchTakesAHundredMicroseconds() {
    judge(30, operations -> operations);
    assertThat(size.operations()).isEqualTo(32_768);

    judge(30, operations -> 100 * operations);
    assertThat(size.operations()).isEqualTo(512);
  }

  @Test
  void neverFallsBelowOneOperation() {
    judge(10, _ -> 5_000_000);

    assertThat(size.operations()).isEqualTo(1);
  }

  @Test
  void waitingDoesNotShrinkIt() {
    judge(30, operations -> 10 * operations);
    int settled = size.operations();

    for (int i = 0; i < 100 * BatchSize.TRIES; i++) {
      boolean waited = i % BatchSize.TRIES != 0;
      size.record(10L * settled + (waited ? 5_000_000 : 0));
    }

    assertThat(size.operations()).isEqualTo(settled);
  }

  @Test
  void isJudgedOnlyAfterSeveralBatches() {
    for (int i = 1; i < BatchSize.TRIES; i++) {
      size.record(1);
      assertThat(size.operations()).isEqualTo(1);
    }
    size.record(1);
    assertThat(size.operations()).isEqualTo(2);
  }

  @Test
  void stopsChangingOnceFixed() {
    size.fix(300);
    judge(10, _ -> 1);

    assertThat(size.operations()).isEqualTo(300);
  }
}
