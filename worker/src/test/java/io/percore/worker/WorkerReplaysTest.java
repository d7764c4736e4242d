package io.percore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Replay;
import org.junit.jupiter.api.Test;

class WorkerReplaysTest {
  @Test
  void aReplayThatFailsIsLeftOutAndTheOthersStay() throws InterruptedException {
    assertThat(
            Worker.replays(
                discipline -> {
                  if (discipline == Discipline.RACY) {
                    throw new IllegalStateException("a replayed thread failed");
                  }
                  return Replay.of(discipline);
                }))
        .extracting(Replay::discipline)
        .containsExactly(Discipline.ATOMIC);
  }
}
