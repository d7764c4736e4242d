package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UsageTest {
  @Test
  void cpuTimeOfAThreadGrowsWithItsWork() {
    ThreadUsage before = ThreadUsage.ofCurrentThread();
    long sink = 0;
    while (ThreadUsage.ofCurrentThread().since(before).cpuNanos() < 20_000_000) {
      for (int i = 0; i < 10_000; i++) {
        sink = sink * 31 + i;
      }
    }
    ThreadUsage used = ThreadUsage.ofCurrentThread().since(before);
    assertThat(sink).isNotZero();
    assertThat(used.cpuNanos()).isBetween(20_000_000L, 10_000_000_000L);
    assertThat(used.runQueueWaitNanos()).isNotNegative();
    assertThat(used.involuntarySwitches()).isNotNegative();
  }

  @Test
  void sleepingIsAVoluntarySwitch() {
    ThreadUsage before = ThreadUsage.ofCurrentThread();
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              LockSupport.parkNanos(1_000_000);
              return ThreadUsage.ofCurrentThread().since(before).voluntarySwitches() >= 5;
            });
  }

  @Test
  void unknownStaysUnknown() {
    ThreadUsage unknown = new ThreadUsage(-1, -1, -1, -1, -1);
    assertThat(ThreadUsage.ofCurrentThread().since(unknown)).isEqualTo(unknown);
    assertThat(unknown.since(new ThreadUsage(5, 5, 5, 5, 5))).isEqualTo(unknown);
  }

  @Test
  void collectionsAreCounted() {
    ProcessUsage before = ProcessUsage.now();
    System.gc();
    ProcessUsage used = ProcessUsage.now().since(before);
    assertThat(used.gcCount()).isPositive();
    assertThat(used.gcNanos()).isNotNegative();
    assertThat(used.compilationNanos()).isNotNegative();
  }

  @Test
  void timeInWhichAllThreadsAreHeldIsCounted() {
    ProcessUsage before = ProcessUsage.now();
    await()
        .pollInSameThread()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return ProcessUsage.now().since(before).safepointNanos() > 0;
            });
  }

  @Test
  void namesTheCollector() {
    assertThat(ProcessUsage.collector()).isIn("Serial", "Parallel", "G1", "ZGC", "Shenandoah");
  }

  @Test
  void memoryHasParts() {
    byte[][] kept = new byte[16][1 << 20];
    MemoryUse use = MemoryUse.now();
    assertThat(use.residentBytes()).isBetween(10L << 20, 64L << 30);
    assertThat(use.proportionalBytes()).isBetween(10L << 20, 64L << 30);
    assertThat(use.fileBytes()).isBetween(1L << 20, use.proportionalBytes());
    assertThat(use.heapBytes()).isBetween((long) kept.length << 20, 64L << 30);
    assertThat(use.metaspaceBytes()).isBetween(1L << 18, use.proportionalBytes());
    assertThat(use.codeBytes()).isBetween(1L << 18, use.proportionalBytes());
  }

  @Test
  void memoryThatTheKernelDoesNotTellIsUnknown(@TempDir Path empty) {
    MemoryUse use = MemoryUse.now(SystemFiles.at(empty));
    assertThat(use.residentBytes()).isEqualTo(-1);
    assertThat(use.proportionalBytes()).isEqualTo(-1);
    assertThat(use.fileBytes()).isEqualTo(-1);
    assertThat(use.heapBytes()).isPositive();
  }

  @Test
  void everyContinueSignalIsCounted() throws Exception {
    assertThat(StopCounter.install()).isTrue();
    int before = ProcessUsage.now().stops();
    for (int i = 1; i <= 2; i++) {
      int expected = before + i;
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(ProcessUsage.now().stops()).isEqualTo(expected));
    }
  }
}
