package io.percore.coordinator.doctor;

import io.percore.coordinator.doctor.Finding.Severity;
import io.percore.coordinator.measurement.Environment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Examines a machine. Pure but for the files that it is given.
public final class Examination {
  /// Below this many sizes no law can be fitted.
  private static final int CORES_FOR_A_LAW = 4;

  private static final double BUSY_IS_SERIOUS = 0.10;
  private static final double BUSY_IS_WORTH_A_WORD = 0.02;
  private static final double STEAL_IS_SERIOUS = 0.02;
  private static final long LITTLE_MEMORY_KIB = 2L << 20;

  private final Environment environment;
  private final MachineFiles files;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(Environment environment, MachineFiles files) {
    this.environment = environment;
    this.files = files;
  }

  /// What there is to say of a machine, the worst first.
  ///
  /// @param environment what a worker sees of it
  /// @param files what its kernel says
  /// @param load what runs on it just now; null when nobody has looked
  public static List<Finding> of(Environment environment, MachineFiles files, @Nullable Load load) {
    Examination examination = new Examination(environment, files);
    examination.processors();
    examination.clock();
    examination.kernel();
    examination.memory();
    if (load != null) {
      examination.load(load);
    }
    return examination.findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }

  /// Whether one may measure on it: nothing serious was found.
  public static boolean fit(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.SERIOUS);
  }

  private void processors() {
    int cores = environment.physicalCores();
    if (cores < 2) {
      findings.add(
          Finding.serious(
              "workers may use one core only",
              "no scaling can be seen",
              "a larger machine, or a wider mask (taskset, cpuset, --cpus of the container)"));
    } else if (cores < CORES_FOR_A_LAW) {
      findings.add(
          Finding.warning(
              "workers may use " + cores + " cores",
              "too few sizes for a scaling law, which takes six",
              "a larger machine, or read the speedups alone"));
    }
    int ours = environment.cpus().size();
    if (ours < environment.onlineCpus()) {
      findings.add(
          Finding.note(
              "workers may use " + ours + " of " + environment.onlineCpus() + " processors",
              "who uses the others shares caches, memory and clock with them",
              "nothing, if the others are idle"));
    }
    if (!environment.quotaCpus().equals("none")) {
      findings.add(
          Finding.warning(
              "a control group allows " + environment.quotaCpus() + " processors (cpu.max)",
              "beyond that all threads are stopped for the rest of each period, 100 ms as a rule",
              "take the quota away, or give whole processors by a cpuset"));
    }
    boolean virtual =
        environment.readings().stream()
            .anyMatch(r -> r.name().equals("virtual machine") && r.value().equals("yes"));
    if (virtual) {
      findings.add(
          Finding.warning(
              "this is a virtual machine",
              "unknown: neighbours slow it down, and its own counters need not show that",
              "a machine of its own, or dedicated processors; more forks, at different times"));
    }
    if (files.text("sys/devices/system/cpu/smt/active").orElse("").equals("1")) {
      findings.add(
          Finding.note(
              "simultaneous multithreading is on (smt/active)",
              "two threads of a core share its units: N beyond the cores scales less",
              "nothing: cores are filled first; or echo off >"
                  + " /sys/devices/system/cpu/smt/control"));
    }
    if (!environment.canPin()) {
      findings.add(
          Finding.warning(
              "threads cannot be bound to processors: " + environment.cannotPinReason(),
              "unknown: the scheduler is measured, too",
              "allow sched_setaffinity"));
    }
  }

  private void clock() {
    List<String> governors = files.ofEachCpu("cpufreq/scaling_governor");
    if (governors.isEmpty()) {
      findings.add(
          Finding.note(
              "the clock is unknown: there is no cpufreq",
              "unknown: a clock that drops as more cores work looks like bad scaling",
              "look at the host, where there is one"));
    } else if (!governors.equals(List.of("performance"))) {
      findings.add(
          Finding.warning(
              "the clock follows the load (governor " + String.join(", ", governors) + ")",
              "unknown: short trials may begin at a low clock",
              "cpupower frequency-set -g performance"));
    }
    boolean boost =
        files.text("sys/devices/system/cpu/cpufreq/boost").orElse("").equals("1")
            || files.text("sys/devices/system/cpu/intel_pstate/no_turbo").orElse("").equals("0");
    if (boost) {
      findings.add(
          Finding.warning(
              "turbo is on",
              "one core runs faster than many do together: efficiency at large N looks worse",
              "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo, or echo 0 >"
                  + " /sys/devices/system/cpu/cpufreq/boost"));
    }
    files
        .text("sys/devices/system/clocksource/clocksource0/current_clocksource")
        .filter(source -> !List.of("tsc", "arch_sys_counter", "kvm-clock").contains(source))
        .ifPresent(
            source ->
                findings.add(
                    Finding.warning(
                        "the clock source is " + source,
                        "reading the time is a system call; trials read it once a batch",
                        "boot with clocksource=tsc where the processor allows it")));
  }

  private void kernel() {
    if (files.text("proc/sys/kernel/numa_balancing").orElse("0").equals("1")
        && environment.nodes() > 1) {
      findings.add(
          Finding.warning(
              "the kernel moves memory between NUMA nodes (numa_balancing)",
              "unknown: pages are unmapped and faulted in again while trials run",
              "sysctl kernel.numa_balancing=0"));
    }
    if (environment.os().equals("Linux") && files.text("proc/self/schedstat").isEmpty()) {
      findings.add(
          Finding.warning(
              "the scheduler does not say how long threads waited (/proc/self/schedstat)",
              "what other programs take from a trial is not seen",
              "a kernel with CONFIG_SCHED_INFO"));
    }
  }

  private void memory() {
    OptionalLong available = files.number("proc/meminfo", "MemAvailable");
    if (available.isPresent() && available.getAsLong() < LITTLE_MEMORY_KIB) {
      findings.add(
          Finding.serious(
              (available.getAsLong() >> 10) + " MiB of memory are available",
              "workers touch their heaps beforehand, each process its own: they may be killed",
              "free some, or smaller N for processes"));
    }
    long swap =
        files.number("proc/meminfo", "SwapTotal").orElse(0)
            - files.number("proc/meminfo", "SwapFree").orElse(0);
    if (swap > 0) {
      findings.add(
          Finding.warning(
              (swap >> 10) + " MiB are swapped out",
              "unknown: what is swapped in meanwhile takes processor and memory time",
              "swapoff -a"));
    }
  }

  private void load(Load load) {
    if (load.busyProcessors() >= BUSY_IS_WORTH_A_WORD) {
      String who =
          load.programs().stream()
              .limit(3)
              .map(p -> p.name() + " (" + p.pid() + ") " + share(p.processors()))
              .collect(Collectors.joining(", "));
      findings.add(
          new Finding(
              load.busyProcessors() >= BUSY_IS_SERIOUS ? Severity.SERIOUS : Severity.WARNING,
              "others keep "
                  + share(load.busyProcessors())
                  + " of a processor busy"
                  + (who.isEmpty() ? "" : ": " + who),
              "trials that use all processors lose as much; above 1.25 % they are run again",
              "stop them, or bind them to processors that workers may not use"));
    }
    if (load.stolenProcessors() >= STEAL_IS_SERIOUS) {
      findings.add(
          Finding.serious(
              "the hypervisor gives "
                  + share(load.stolenProcessors())
                  + " of a processor to others",
              "trials lose as much",
              "a machine of its own, or dedicated processors"));
    }
  }

  private static String share(double processors) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * processors);
  }
}
