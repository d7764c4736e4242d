package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.percore.worker.platform.Surroundings.CpuTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path root = Path.of("");

  /// user, nice, system, idle, iowait, irq, softirq, steal, guest and guest_nice in hundredths of a
  /// second.
  private static RecordedMachine stat(RecordedMachine machine, int user, int steal) {
    return machine.file(
        "proc/stat",
        "cpu  9999 0 0 0 0 0 0 0 0 0\n"
            + "cpu2 %d 20 30 4000 500 60 70 %d 90 10\n".formatted(user, steal)
            + "cpu3 1 0 0 0 0 0 0 0 0 0\nintr 5 cpu");
  }

  @Test
  void countsWhatProcessorsRanAndWhatWasTaken() {
    stat(RecordedTree.unpack("container-1.5", root), 100, 80);
    assertThat(SurroundingsProbe.at(root, List.of(2, 7)).read().cpus())
        .containsExactly(
            new CpuTime(2, (100 + 20 + 30 + 60 + 70) * SECOND / 100, 80 * SECOND / 100),
            new CpuTime(7, -1, -1));
  }

  @Test
  void withoutProcessorsThoseOfTheMaskAreWatched() {
    stat(RecordedTree.unpack("container-1.5", root), 100, 80);
    assertThat(SurroundingsProbe.at(root, List.of()).read().cpus().stream().map(CpuTime::cpu))
        .containsExactly(2, 3, 6);
  }

  @Test
  void pressureAndThrottlingOfTheGroupAndThoseAboveIt() {
    RecordedTree.unpack("container-1.5", root)
        .file(
            "proc/pressure/cpu", "some avg10=1.00 avg60=0.00 avg300=0.00 total=1234\nfull total=9")
        .file("sys/fs/cgroup/pod/main/cpu.pressure", "some avg10=0.00 total=567")
        .file("sys/fs/cgroup/pod/main/cpu.stat", "usage_usec 5\nnr_throttled 3\nthrottled_usec 70")
        .file("sys/fs/cgroup/pod/cpu.stat", "usage_usec 5\nnr_throttled 2\nthrottled_usec 30");
    Surroundings read = SurroundingsProbe.at(root, List.of(2)).read();
    assertThat(read.pressureNanos()).isEqualTo(1_234_000);
    assertThat(read.groupPressureNanos()).isEqualTo(567_000);
    assertThat(read.throttledPeriods()).isEqualTo(5);
    assertThat(read.throttledNanos()).isEqualTo(100_000);
  }

  @Test
  void versionOneCountsThrottlingInNanosecondsAndKnowsNoPressure() {
    RecordedTree.unpack("virtual-machine-2", root)
        .file("sys/fs/cgroup/cpu/cpu.stat", "nr_periods 9\nnr_throttled 4\nthrottled_time 1234567");
    Surroundings read = SurroundingsProbe.at(root, List.of(0)).read();
    assertThat(read.throttledPeriods()).isEqualTo(4);
    assertThat(read.throttledNanos()).isEqualTo(1_234_567);
    assertThat(read.groupPressureNanos()).isEqualTo(-1);
  }

  @Test
  void differencesKeepWhatIsUnknown() {
    Surroundings before =
        new Surroundings(
            5, List.of(new CpuTime(0, 10, 1), new CpuTime(1, -1, -1)), 100, -1, 1, -1, 50);
    Surroundings after =
        new Surroundings(
            25, List.of(new CpuTime(0, 40, 3), new CpuTime(1, -1, -1)), 160, -1, 4, 7, 90);
    assertThat(after.since(before))
        .isEqualTo(
            new Surroundings(
                20, List.of(new CpuTime(0, 30, 2), new CpuTime(1, -1, -1)), 60, -1, 3, -1, 40));
  }

  @Test
  void nothingToReadIsUnknown() {
    Surroundings read = SurroundingsProbe.at(root, List.of(0)).read();
    assertThat(read.cpus()).containsExactly(new CpuTime(0, -1, -1));
    assertThat(read.pressureNanos()).isEqualTo(-1);
    assertThat(read.throttledNanos()).isEqualTo(-1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatThisThreadDoesMakesItsProcessorsBusy() {
    SurroundingsProbe probe = SurroundingsProbe.of(List.of());
    Surroundings before = probe.read();
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              long until = System.nanoTime() + 20_000_000;
              while (System.nanoTime() < until) {
                Thread.onSpinWait();
              }
              return probe.read().since(before).cpus().stream().mapToLong(CpuTime::busyNanos).sum()
                  >= 50_000_000;
            });
  }
}
