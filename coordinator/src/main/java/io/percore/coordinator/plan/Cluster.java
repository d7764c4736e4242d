package io.percore.coordinator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The machines that a run may use, and which of them each process of a layout goes to. Pure.
///
/// Machines are filled one after the other, in their order: a process goes to the first that still
/// has processors for all of its threads. Where none has, it goes to the machine with the fewest
/// threads for its processors: that is oversubscription, and spread evenly.
///
/// @param processors of each machine that workers may use, each at least 1
public record Cluster(List<Integer> processors) {
  public Cluster {
    processors = List.copyOf(processors);
    if (processors.isEmpty() || processors.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("a cluster has machines, and each has processors");
    }
  }

  /// One machine.
  public static Cluster of(int processors) {
    return new Cluster(List.of(processors));
  }

  /// How many machines there are.
  public int machines() {
    return processors.size();
  }

  /// Processors of all machines.
  public int hardwareThreads() {
    return processors.stream().mapToInt(Integer::intValue).sum();
  }

  /// Processors of the machine that has most.
  public int largestMachine() {
    return processors.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /// Where a process goes.
  ///
  /// @param machine index of the machine
  /// @param firstProcessor the number of threads that were placed on the machine before it
  public record Seat(int machine, int firstProcessor) {}

  /// Seats of the processes of a program, in the order of their slots.
  public List<Seat> seats(Program program) {
    return program.onEachMachine()
        ? IntStream.range(0, program.layout().processes())
            .mapToObj(machine -> new Seat(machine, 0))
            .toList()
        : seats(program.layout());
  }

  /// Seats of the processes of a layout that fills one machine after the other, in the order of
  /// their slots.
  public List<Seat> seats(Layout layout) {
    int threads = layout.threadsPerProcess();
    int[] used = new int[processors.size()];
    List<Seat> seats = new ArrayList<>();
    for (int slot = 0; slot < layout.processes(); slot++) {
      int machine = withRoom(used, threads);
      if (machine < 0) {
        machine = leastLoaded(used);
      }
      seats.add(new Seat(machine, used[machine]));
      used[machine] += threads;
    }
    return List.copyOf(seats);
  }

  /// Whether each thread of a layout has a processor, with each process on one machine.
  public boolean fits(Layout layout) {
    long room = processors.stream().mapToLong(count -> count / layout.threadsPerProcess()).sum();
    return layout.processes() <= room;
  }

  /// Whether a layout makes sense here: it fits, or has more threads than there are processors for.
  /// What only fits because its processes lie badly, or has a process larger than any machine while
  /// there are several, would say nothing of either.
  public boolean canHold(Layout layout) {
    return machines() == 1
        || fits(layout)
        || (layout.threadsPerProcess() <= largestMachine()
            && layout.parallelism() > hardwareThreads());
  }

  private int withRoom(int[] used, int threads) {
    for (int machine = 0; machine < used.length; machine++) {
      if (used[machine] + threads <= processors.get(machine)) {
        return machine;
      }
    }
    return -1;
  }

  private int leastLoaded(int[] used) {
    int least = 0;
    for (int machine = 1; machine < used.length; machine++) {
      if ((long) used[machine] * processors.get(least)
          < (long) used[least] * processors.get(machine)) {
        least = machine;
      }
    }
    return least;
  }
}
