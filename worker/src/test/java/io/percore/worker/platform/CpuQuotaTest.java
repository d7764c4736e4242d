package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuQuotaTest {
  @TempDir private Path root = Path.of("");

  @Test
  void noLimitIsTrustworthyWhereAGroupIsSeen() {
    RecordedMachine.serverWithTwoSockets(root);
    assertThat(CpuQuota.read(root).value()).isEqualTo("none");
    assertThat(CpuQuota.read(root).trustworthy()).isTrue();
  }

  @Test
  void containerWithAQuota() {
    RecordedMachine.container(root);
    assertThat(CpuQuota.read(root)).isEqualTo(new Reading("1.5", "/sys/fs/cgroup/cpu.max", true));
  }

  @Test
  void theSmallestQuotaOfTheAncestorsCounts() {
    RecordedMachine.serverWithTwoSockets(root)
        .file("sys/fs/cgroup/user.slice/cpu.max", "400000 100000")
        .file("sys/fs/cgroup/user.slice/session-1.scope/cpu.max", "1000000 100000");
    assertThat(CpuQuota.read(root))
        .isEqualTo(new Reading("4", "/sys/fs/cgroup/user.slice/cpu.max", true));
  }

  @Test
  void versionOneWithoutALimit() {
    RecordedMachine.virtualMachine(root);
    assertThat(CpuQuota.read(root).value()).isEqualTo("none");
    assertThat(CpuQuota.read(root).trustworthy()).isTrue();
  }

  @Test
  void versionOneWithALimitOfAnAncestor() {
    RecordedMachine.virtualMachine(root).file("sys/fs/cgroup/cpu/jobs/cpu.cfs_quota_us", "25000");
    assertThat(CpuQuota.read(root))
        .isEqualTo(new Reading("0.25", "/sys/fs/cgroup/cpu/jobs/cpu.cfs_quota_us", true));
  }

  @Test
  void versionOneInAContainerThatSeesItsOwnGroupAsTheRootOfTheMount() {
    RecordedMachine.virtualMachine(root)
        .file("proc/self/cgroup", "3:cpu,cpuacct:/docker/abc")
        .file(
            "proc/self/mountinfo",
            "9 8 0:1 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct")
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "200000")
        .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
    assertThat(CpuQuota.read(root).value()).isEqualTo("2");
  }

  @Test
  void aGroupOutsideOfTheNamespaceIsNotFollowed() {
    RecordedMachine.container(root).file("proc/self/cgroup", "0::/../../host");
    assertThat(CpuQuota.read(root).value()).isEqualTo("1.5");
  }

  @Test
  void nothingToReadIsNotTrustworthy() {
    assertThat(CpuQuota.read(root))
        .isEqualTo(new Reading("none", "no CPU control group is visible", false));
  }
}
