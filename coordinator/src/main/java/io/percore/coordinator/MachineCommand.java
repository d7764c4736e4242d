package io.percore.coordinator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.measurement.Environment.Reading;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.plan.Parallelisms;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `percore machine`: the processors that workers may use, where each fact was read, and what a run
/// makes of them. It judges nothing.
@Command(
    name = "machine",
    description =
        "Prints which processors workers may use, where that was read and whether to believe it,"
            + " and in which order a run fills them.")
final class MachineCommand implements Callable<Integer> {
  @Option(
      names = "--place",
      paramLabel = "pack|spread",
      defaultValue = "pack",
      description = "The order to print: pack or spread, as for percore run (default: pack).")
  private Place place = Place.PACK;

  @Mixin private OutputOptions output = new OutputOptions();

  /// What is printed.
  ///
  /// @param cpuModel processor as it names itself
  /// @param physicalCores cores that workers may use
  /// @param efficiencyCores those of them that are built for less power
  /// @param hardwareThreads processors that workers may use
  /// @param numaNodes their NUMA nodes
  /// @param onlineCpus processors of the machine, ours or not
  /// @param readings what was read where
  /// @param cpus the processors of the affinity mask and the cpuset
  /// @param placement numbers of those that workers may use, in the order in which they are filled
  /// @param sizes values of N of a default run
  record Machine(
      String cpuModel,
      int physicalCores,
      int efficiencyCores,
      int hardwareThreads,
      int numaNodes,
      int onlineCpus,
      List<Reading> readings,
      List<Cpu> cpus,
      List<Integer> placement,
      List<Integer> sizes) {
    Machine {
      readings = List.copyOf(readings);
      cpus = List.copyOf(cpus);
      placement = List.copyOf(placement);
      sizes = List.copyOf(sizes);
    }

    static Machine of(Environment environment, Place place) {
      return new Machine(
          environment.cpuModel(),
          environment.physicalCores(),
          environment.efficiencyCores(),
          environment.hardwareThreads(),
          environment.nodes(),
          environment.onlineCpus(),
          environment.readings(),
          environment.cpus(),
          environment.placement(place),
          Parallelisms.standard(environment.steps(place), environment.hardwareThreads()));
    }

    String text() {
      StringBuilder text = new StringBuilder();
      line(text, "processor", cpuModel);
      line(text, "cores", physicalCores + ", of which for efficiency " + efficiencyCores);
      line(text, "threads", hardwareThreads + ", of " + onlineCpus + " in the machine");
      line(text, "NUMA nodes", String.valueOf(numaNodes));
      line(text, "filled", joined(placement, " "));
      line(text, "sizes", joined(sizes, ","));
      text.append(System.lineSeparator());
      for (Reading reading : readings) {
        String doubt = reading.trustworthy() ? "" : "; not to be relied on";
        line(text, reading.name(), reading.value() + "  (" + reading.source() + doubt + ")");
      }
      return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
      text.append("%-17s %s%n".formatted(name, value));
    }

    private static String joined(List<Integer> numbers, String separator) {
      return numbers.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Environment environment = WorkerSetup.survey(new RunOptions()).survey().environment();
    Machine machine = Machine.of(environment, place);
    if (output.json()) {
      System.out.println(
          JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(machine));
    } else {
      System.out.print(machine.text());
    }
    return ExitCode.OK;
  }
}
