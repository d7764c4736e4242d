package io.percore.coordinator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.doctor.Finding.Severity;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.measurement.Environment.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine of eight cores that is set up for measuring, and one thing at a time that is not.
class ExaminationTest {
  private static final Load IDLE = new Load(0.005, 0, List.of());

  @TempDir private Path root;

  private int cores = 8;
  private int online = 8;
  private String quota = "none";
  private String virtual = "no";
  private boolean canPin = true;

  @BeforeEach
  void wellKeptMachine() throws IOException {
    file("sys/devices/system/cpu/smt/active", "0");
    for (int cpu = 0; cpu < cores; cpu++) {
      governor(cpu, "performance");
    }
    file("sys/devices/system/cpu/intel_pstate/no_turbo", "1");
    file("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
    file("proc/sys/kernel/numa_balancing", "0");
    file("proc/self/schedstat", "1 2 3");
    file(
        "proc/meminfo",
        """
        MemTotal: 32000000 kB
        MemAvailable: 30000000 kB
        SwapTotal: 1000000 kB
        SwapFree: 1000000 kB\
        """);
  }

  private void file(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content + "\n");
  }

  private void governor(int cpu, String name) throws IOException {
    file("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor", name);
  }

  private List<Finding> examine(@Nullable Load load) {
    List<Cpu> cpus = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      cpus.add(new Cpu(i, i, 0, 0));
    }
    Environment environment =
        new Environment(
            "host",
            "Linux",
            "6.1",
            "a processor",
            "amd64",
            1L << 34,
            online,
            cpus,
            quota,
            List.of(new Reading("virtual machine", virtual, "cpuinfo", true)),
            "boot",
            "time:[1]",
            "25",
            "vendor",
            "home",
            List.of(),
            "hash",
            canPin,
            canPin ? "" : "EPERM (not permitted)");
    return Examination.of(environment, new MachineFiles(root), load);
  }

  private Finding only(Severity severity, String word) {
    List<Finding> findings = examine(IDLE);
    assertThat(findings).hasSize(1);
    Finding finding = findings.getFirst();
    assertThat(finding.cause()).contains(word);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.size()).isNotBlank();
    assertThat(finding.fix()).isNotBlank();
    return finding;
  }

  @Test
  void nothingIsWrongWithAWellKeptMachine() {
    assertThat(examine(IDLE)).isEmpty();
    assertThat(examine(null)).isEmpty();
  }

  @Test
  void oneCoreCannotScale() {
    cores = online = 1;
    only(Severity.SERIOUS, "one core");
    assertThat(Examination.fit(examine(IDLE))).isFalse();
  }

  @Test
  void twoCoresAreFewForALaw() {
    cores = online = 2;
    only(Severity.WARNING, "2 cores");
    assertThat(Examination.fit(examine(IDLE))).isTrue();
  }

  @Test
  void processorsThatAreNotOursAreNamed() {
    online = 16;
    only(Severity.NOTE, "8 of 16");
  }

  @Test
  void aQuotaStopsThreads() {
    quota = "1.5";
    // The quota leaves one core.
    assertThat(examine(IDLE)).extracting(Finding::cause).anyMatch(cause -> cause.contains("1.5"));
  }

  @Test
  void virtualMachinesHaveNeighbours() {
    virtual = "yes";
    only(Severity.WARNING, "virtual machine");
  }

  @Test
  void threadsThatCannotBeBoundWander() {
    canPin = false;
    only(Severity.WARNING, "EPERM");
  }

  @Test
  void siblingsAreNamed() throws IOException {
    file("sys/devices/system/cpu/smt/active", "1");
    only(Severity.NOTE, "multithreading");
  }

  @Test
  void anyOtherGovernorIsFound() throws IOException {
    governor(5, "powersave");
    only(Severity.WARNING, "performance, powersave");
  }

  @Test
  void turboIsFoundOnBothKindsOfDriver() throws IOException {
    file("sys/devices/system/cpu/intel_pstate/no_turbo", "0");
    only(Severity.WARNING, "turbo");
    file("sys/devices/system/cpu/intel_pstate/no_turbo", "1");
    file("sys/devices/system/cpu/cpufreq/boost", "1");
    only(Severity.WARNING, "turbo");
  }

  @Test
  void withoutCpufreqTheClockIsUnknown() throws IOException {
    for (int cpu = 0; cpu < cores; cpu++) {
      Files.delete(root.resolve("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor"));
    }
    only(Severity.NOTE, "clock is unknown");
  }

  @Test
  void aSlowClockSourceIsFound() throws IOException {
    file("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");
    only(Severity.WARNING, "hpet");
  }

  @Test
  void aSchedulerThatDoesNotCountIsFound() throws IOException {
    Files.delete(root.resolve("proc/self/schedstat"));
    only(Severity.WARNING, "schedstat");
  }

  @Test
  void littleMemoryAndSwapAreFound() throws IOException {
    file(
        "proc/meminfo",
        """
        MemAvailable: 1000000 kB
        SwapTotal: 9000 kB
        SwapFree: 4000 kB\
        """);
    assertThat(examine(IDLE))
        .extracting(Finding::cause)
        .containsExactly("976 MiB of memory are available", "4 MiB are swapped out");
  }

  @Test
  void whatRunsIsNamedWithItsShare() throws IOException {
    file("proc/stat", "cpu  100 0 100 9000 0 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1");
    file("proc/7/stat", "7 (a (b) c) S 1 7 7 0 -1 0 0 0 0 0 100 50 0 0 20 0");
    file("proc/8/stat", "8 (percore) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0");
    Load.Counters before = Load.read(new MachineFiles(root), 0);
    file("proc/stat", "cpu  130 0 120 9300 0 0 0 10 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1");
    file("proc/7/stat", "7 (a (b) c) S 1 7 7 0 -1 0 0 0 0 0 120 60 0 0 20 0");
    file("proc/8/stat", "8 (percore) S 1 7 7 0 -1 0 0 0 0 0 10 10 0 0 20 0");
    Load load = Load.between(before, Load.read(new MachineFiles(root), 2_000_000_000L), 8);

    assertThat(load.programs()).containsExactly(new Load.Program(7, "a (b) c", 0.15));
    assertThat(load.busyProcessors()).isEqualTo(0.15);
    assertThat(load.stolenProcessors()).isEqualTo(0.05);
    assertThat(examine(load))
        .extracting(Finding::cause)
        .containsExactly(
            "others keep 15 % of a processor busy: a (b) c (7) 15 %",
            "the hypervisor gives 5 % of a processor to others");
  }
}
