package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.plan.Experiment.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The order in which threads are given processors. Pure.
///
/// One hardware thread of each physical core comes before any second one, since two that share a
/// core share its execution units; of those, performance cores before efficiency cores. Within
/// that, either the cores of one NUMA node after the other, or one of each node in turn. Nodes,
/// packages, cores and processors come in the order of their numbers.
final class Placement {
  private static final Comparator<Cpu> BY_NUMBERS =
      Comparator.comparingInt(Cpu::node)
          .thenComparingInt(Cpu::socket)
          .thenComparingInt(Cpu::core)
          .thenComparingInt(Cpu::id);

  private Placement() {}

  /// A processor and how often its core, or its node, has been given before it.
  private record Turn(Cpu cpu, int ofCore, int ofNode) {}

  /// What is filled alike: second hardware threads apart from first ones, kinds of cores, nodes. A
  /// package counts as a node where the kernel does not know nodes.
  private record Group(int sibling, boolean efficiency, int node, int socket) {}

  /// All of `cpus`, the first to be filled first.
  static List<Cpu> order(List<Cpu> cpus, Place place) {
    Map<String, Integer> ofCore = new HashMap<>();
    Map<Group, Integer> ofNode = new HashMap<>();
    return cpus.stream()
        .sorted(BY_NUMBERS)
        .map(cpu -> turn(cpu, ofCore, ofNode))
        .sorted(order(place))
        .map(Turn::cpu)
        .toList();
  }

  private static Turn turn(Cpu cpu, Map<String, Integer> ofCore, Map<Group, Integer> ofNode) {
    int sibling = ofCore.merge(cpu.physicalCore(), 1, Integer::sum);
    Group group = new Group(sibling, cpu.efficiency(), cpu.node(), cpu.socket());
    return new Turn(cpu, sibling, ofNode.merge(group, 1, Integer::sum));
  }

  private static Comparator<Turn> order(Place place) {
    Comparator<Turn> sorts =
        Comparator.comparingInt(Turn::ofCore).thenComparing(turn -> turn.cpu().efficiency());
    return switch (place) {
      case PACK -> sorts.thenComparing(Turn::cpu, BY_NUMBERS);
      case SPREAD -> sorts.thenComparingInt(Turn::ofNode).thenComparing(Turn::cpu, BY_NUMBERS);
    };
  }
}
