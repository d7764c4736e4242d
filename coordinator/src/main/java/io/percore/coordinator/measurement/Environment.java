package io.percore.coordinator.measurement;

import io.percore.coordinator.plan.Experiment.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The machine and the JVM that a run was measured on, as its workers saw them.
///
/// @param hostName name of the host
/// @param os operating system
/// @param kernel its version
/// @param cpuModel processor as it names itself
/// @param architecture instruction set
/// @param memoryBytes memory of the machine, 0 when unknown
/// @param onlineCpus processors of the machine, ours or not
/// @param cpus processors that workers may run on
/// @param quotaCpus the control group's CPU quota in processors, or `none`
/// @param readings where the affinity mask, the cpuset, the topology and the quota were read from,
///   and which of that is to be believed
/// @param bootId of the kernel
/// @param timeNamespace of the workers
/// @param jvm version of the workers' JVM
/// @param jvmVendor its vendor
/// @param javaHome its directory
/// @param jvmArguments given to every worker
/// @param workerJarSha256 hash of the worker's jar
/// @param canPin whether threads can be bound to processors
/// @param cannotPinReason why not, or empty
public record Environment(
    String hostName,
    String os,
    String kernel,
    String cpuModel,
    String architecture,
    long memoryBytes,
    int onlineCpus,
    List<Cpu> cpus,
    String quotaCpus,
    List<Reading> readings,
    String bootId,
    String timeNamespace,
    String jvm,
    String jvmVendor,
    String javaHome,
    List<String> jvmArguments,
    String workerJarSha256,
    boolean canPin,
    String cannotPinReason) {
  /// Name of the reading that has the highest clock of the processors that workers may use.
  public static final String HIGHEST_CLOCK = "highest clock";

  public Environment {
    cpus = List.copyOf(cpus);
    readings = List.copyOf(readings);
    jvmArguments = List.copyOf(jvmArguments);
  }

  /// The same environment with other JVM arguments.
  public Environment withJvmArguments(List<String> arguments) {
    return new Environment(
        hostName,
        os,
        kernel,
        cpuModel,
        architecture,
        memoryBytes,
        onlineCpus,
        cpus,
        quotaCpus,
        readings,
        bootId,
        timeNamespace,
        jvm,
        jvmVendor,
        javaHome,
        arguments,
        workerJarSha256,
        canPin,
        cannotPinReason);
  }

  /// The same machine with no more than some of the processors that workers may use: those that are
  /// filled first.
  public Environment limitedTo(int processors) {
    return new Environment(
        hostName,
        os,
        kernel,
        cpuModel,
        architecture,
        memoryBytes,
        onlineCpus,
        usableCpus().stream().limit(processors).toList(),
        quotaCpus,
        readings,
        bootId,
        timeNamespace,
        jvm,
        jvmVendor,
        javaHome,
        jvmArguments,
        workerJarSha256,
        canPin,
        cannotPinReason);
  }

  /// What trials of two times must have in common to be compared: the first such thing that is not
  /// what it was, in words with both values. Nothing where only the machine was restarted.
  ///
  /// @param before the environment as it was
  public Optional<String> changedSince(Environment before) {
    return Stream.of(
            changed("host", before.hostName, hostName),
            changed("kernel", before.os + " " + before.kernel, os + " " + kernel),
            changed(
                "processor",
                before.cpuModel + ", " + before.architecture,
                cpuModel + ", " + architecture),
            changed(
                "number of processors that workers may use",
                String.valueOf(before.cpus.size()),
                String.valueOf(cpus.size())),
            otherProcessor(before),
            changed("quota of processors", before.quotaCpus, quotaCpus),
            changed("JVM", before.jvm + ", " + before.jvmVendor, jvm + ", " + jvmVendor),
            changed("worker's jar", before.workerJarSha256, workerJarSha256),
            changed("binding of threads", before.binding(), binding()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The same of several machines, each in its place: they are filled in their order.
  ///
  /// @param before the machines as they were
  /// @param now as they are
  public static Optional<String> changedSince(List<Environment> before, List<Environment> now) {
    if (before.size() != now.size()) {
      return Optional.of("it had " + before.size() + " machines and now has " + now.size());
    }
    return IntStream.range(0, before.size())
        .mapToObj(
            i ->
                now.get(i)
                    .changedSince(before.get(i))
                    .map(change -> "machine " + i + ": " + change))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Why threads may take longer for the same work on another machine than on this: the first
  /// difference, with the value here and the value there.
  ///
  /// @param other the environment of another machine
  public Optional<String> unlike(Environment other) {
    return Stream.of(
            unlike("processor", cpuModel, other.cpuModel),
            unlike("architecture", architecture, other.architecture),
            unlike(HIGHEST_CLOCK, highestClock(), other.highestClock()),
            unlike("threads of a core", threadsOfACore(), other.threadsOfACore()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> unlike(String what, String here, String there) {
    return here.equals(there)
        ? Optional.empty()
        : Optional.of(what + " (" + here + "; " + there + ")");
  }

  private String highestClock() {
    return readings.stream()
        .filter(reading -> reading.name().equals(HIGHEST_CLOCK))
        .map(Reading::value)
        .findFirst()
        .orElse("unknown");
  }

  private String threadsOfACore() {
    return String.valueOf(hardwareThreads() / (double) physicalCores());
  }

  private static Optional<String> changed(String what, String was, String is) {
    return was.equals(is)
        ? Optional.empty()
        : Optional.of("the " + what + " was " + was + " and is " + is);
  }

  private Optional<String> otherProcessor(Environment before) {
    return IntStream.range(0, Math.min(cpus.size(), before.cpus.size()))
        .filter(i -> !cpus.get(i).equals(before.cpus.get(i)))
        .mapToObj(
            i ->
                "a processor was "
                    + before.cpus.get(i).inWords()
                    + " and is "
                    + cpus.get(i).inWords())
        .findFirst();
  }

  private String binding() {
    return canPin ? "possible" : "impossible: " + cannotPinReason;
  }

  /// Several machines as one: the processors that workers may use of each, on sockets and nodes of
  /// their own. Numbers of processors are those of their machines, and no two need differ.
  ///
  /// @param machines at least one, with the same JVM and jar
  public static Environment together(List<Environment> machines) {
    Environment first = machines.getFirst();
    if (machines.size() == 1) {
      return first;
    }
    List<Cpu> all = new ArrayList<>();
    int sockets = 0;
    int nodes = 0;
    for (Environment machine : machines) {
      for (Cpu cpu : machine.usableCpus()) {
        all.add(
            new Cpu(
                cpu.id(),
                cpu.core(),
                sockets + cpu.socket(),
                nodes + cpu.node(),
                cpu.efficiency()));
      }
      sockets += 1 + machine.cpus.stream().mapToInt(Cpu::socket).max().orElse(0);
      nodes += 1 + machine.cpus.stream().mapToInt(Cpu::node).max().orElse(0);
    }
    return new Environment(
        joined(machines, Environment::hostName),
        joined(machines, Environment::os),
        joined(machines, Environment::kernel),
        joined(machines, Environment::cpuModel),
        joined(machines, Environment::architecture),
        machines.stream().mapToLong(Environment::memoryBytes).sum(),
        machines.stream().mapToInt(Environment::onlineCpus).sum(),
        all,
        "none",
        machines.stream().flatMap(machine -> machine.readings.stream()).distinct().toList(),
        first.bootId,
        first.timeNamespace,
        first.jvm,
        first.jvmVendor,
        first.javaHome,
        first.jvmArguments,
        first.workerJarSha256,
        machines.stream().allMatch(Environment::canPin),
        machines.stream()
            .map(Environment::cannotPinReason)
            .filter(why -> !why.isEmpty())
            .findFirst()
            .orElse(""));
  }

  private static String joined(List<Environment> machines, Function<Environment, String> fact) {
    return machines.stream().map(fact).distinct().collect(Collectors.joining(", "));
  }

  /// One processor.
  ///
  /// @param id number of the processor
  /// @param core physical core within its package
  /// @param socket package
  /// @param node NUMA node
  /// @param efficiency whether it is built for less power than others of the machine, and slower
  public record Cpu(int id, int core, int socket, int node, boolean efficiency) {
    /// A processor of a machine whose cores are all of one kind.
    public Cpu(int id, int core, int socket, int node) {
      this(id, core, socket, node, false);
    }

    private String inWords() {
      return "%d (core %d, package %d, node %d%s)"
          .formatted(id, core, socket, node, efficiency ? ", efficiency" : "");
    }

    /// Names its physical core on the whole machine.
    String physicalCore() {
      return socket + ":" + core;
    }

    /// Whether two processors have the same memory nearest; a package counts where the kernel does
    /// not know nodes.
    boolean neighbours(Cpu other) {
      return node == other.node && socket == other.socket;
    }
  }

  /// Where a fact comes from.
  ///
  /// @param name what was read
  /// @param value what it said
  /// @param source the file or call
  /// @param trustworthy false for a fallback
  public record Reading(String name, String value, String source, boolean trustworthy) {}

  /// Physical cores among the processors that workers may use.
  public int physicalCores() {
    return (int) usableCpus().stream().map(Cpu::physicalCore).distinct().count();
  }

  /// Processors that workers may use: those of the affinity mask, and no more of them than the
  /// control group's quota grants, since cores that are not ours do not exist.
  public int hardwareThreads() {
    return usableCpus().size();
  }

  /// NUMA nodes of the processors that workers may use.
  public int nodes() {
    return (int) usableCpus().stream().mapToInt(Cpu::node).distinct().count();
  }

  /// Physical cores that are efficiency cores, among those that workers may use.
  public int efficiencyCores() {
    return (int)
        usableCpus().stream().filter(Cpu::efficiency).map(Cpu::physicalCore).distinct().count();
  }

  /// Numbers of the processors in the order in which workers fill them.
  public List<Integer> placement(Place place) {
    return usable(place).stream().map(Cpu::id).toList();
  }

  /// Numbers of threads at which the processors of one sort are used up: performance cores, the
  /// cores of the node that is filled first, physical cores. Ascending.
  public List<Integer> steps(Place place) {
    int cores = physicalCores();
    List<Cpu> filled = usable(place).subList(0, cores);
    long performance = filled.stream().filter(cpu -> !cpu.efficiency()).count();
    long together = filled.stream().takeWhile(cpu -> cpu.neighbours(filled.getFirst())).count();
    return Stream.of((int) performance, place == Place.PACK ? (int) together : 0, cores)
        .filter(size -> size > 0)
        .distinct()
        .sorted()
        .toList();
  }

  private List<Cpu> usableCpus() {
    return usable(Place.PACK);
  }

  private List<Cpu> usable(Place place) {
    long granted =
        quotaCpus.equals("none")
            ? cpus.size()
            : Math.max(1, (long) Math.floor(Double.parseDouble(quotaCpus)));
    return Placement.order(cpus, place).stream().limit(granted).toList();
  }
}
