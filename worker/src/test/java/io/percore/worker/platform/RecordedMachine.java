package io.percore.worker.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a machine, below a directory that stands for its root.
record RecordedMachine(Path root) {
  RecordedMachine file(String path, String text) {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return this;
  }

  RecordedMachine mask(String list) {
    return file("proc/self/status", "Name:\tjava\nPid:\t7\nCpus_allowed_list:\t" + list);
  }

  RecordedMachine cpu(int id, int socket, String siblings) {
    String directory = "sys/devices/system/cpu/cpu" + id + "/topology/";
    return file(directory + "physical_package_id", String.valueOf(socket))
        .file(directory + "thread_siblings_list", siblings);
  }

  /// Two sockets with 64 cores each and two hardware threads a core, numbered as Linux does on such
  /// servers: first all cores, then their second threads. A node for each socket.
  static RecordedMachine serverWithTwoSockets(Path root) {
    RecordedMachine machine = new RecordedMachine(root).mask("0-255");
    for (int cpu = 0; cpu < 256; cpu++) {
      int core = cpu % 128;
      machine.cpu(cpu, core / 64, core + "," + (core + 128));
    }
    return machine
        .file("sys/devices/system/cpu/online", "0-255")
        .file("sys/devices/system/node/node0/cpulist", "0-63,128-191")
        .file("sys/devices/system/node/node1/cpulist", "64-127,192-255")
        .file("proc/sys/kernel/hostname", "big")
        .file("proc/sys/kernel/osrelease", "6.1.0-18-amd64")
        .file("proc/cpuinfo", "processor\t: 0\nmodel name\t: Example CPU 9000\ncache size\t: 1 KB")
        .file("proc/meminfo", "MemTotal:       528280576 kB\nMemFree:        1 kB")
        .file("proc/self/cgroup", "0::/user.slice/session-1.scope")
        .file(
            "proc/self/mountinfo",
            "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate")
        .file("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids")
        .file("sys/fs/cgroup/user.slice/cgroup.controllers", "cpu memory")
        .file("sys/fs/cgroup/user.slice/cpu.max", "max 100000");
  }

  /// A container on four cores with two threads each: three processors by cpuset, and a quota of
  /// 1.5. Its control group namespace is its own.
  static RecordedMachine container(Path root) {
    RecordedMachine machine = new RecordedMachine(root).mask("2-3,6");
    for (int cpu = 0; cpu < 8; cpu++) {
      machine.cpu(cpu, 0, (cpu % 4) + "," + (cpu % 4 + 4));
    }
    return machine
        .file("sys/devices/system/cpu/online", "0-7")
        .file("sys/devices/system/node/node0/cpulist", "0-7")
        .file("proc/self/cgroup", "0::/")
        .file(
            "proc/self/mountinfo",
            """
            600 599 0:60 / /proc rw - proc proc rw
            610 609 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate\
            """)
        .file("sys/fs/cgroup/cgroup.controllers", "cpuset cpu memory")
        .file("sys/fs/cgroup/cpu.max", "150000 100000");
  }

  /// A small virtual machine with control groups of version 1 and a version 2 hierarchy beside
  /// them.
  static RecordedMachine virtualMachine(Path root) {
    return new RecordedMachine(root)
        .mask("0-1")
        .cpu(0, 0, "0")
        .cpu(1, 0, "1")
        .file("sys/devices/system/cpu/online", "0-1")
        .file("sys/devices/system/node/node0/cpulist", "0-1")
        .file("proc/sys/kernel/random/boot_id", "52ad9bcd-5da4-4bd2-8f1e-f6b4a1a84a3b")
        .file("proc/self/cgroup", "4:memory:/jobs/17\n2:cpuacct:/\n1:cpu:/jobs/17\n0::/")
        .file(
            "proc/self/mountinfo",
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
            33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\
            """)
        .file("sys/fs/cgroup/unified/cgroup.controllers", "")
        .file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1")
        .file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000")
        .file("sys/fs/cgroup/cpu/jobs/cpu.cfs_quota_us", "-1")
        .file("sys/fs/cgroup/cpu/jobs/cpu.cfs_period_us", "100000")
        .file("sys/fs/cgroup/cpu/jobs/17/cpu.cfs_quota_us", "-1")
        .file("sys/fs/cgroup/cpu/jobs/17/cpu.cfs_period_us", "100000");
  }
}
