package io.percore.coordinator.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a trial executes, down to the last thing that can change its speed. Two points with equal
/// programs share their trials.
///
/// @param discipline id of the discipline
/// @param sharing who shares an object; always {@link Sharing#PROCESS} with one thread in each
///   process, where the two are the same
/// @param layout processes and threads
/// @param pinned whether each thread is bound to one processor
/// @param collector of the workers; null where it is that of the run's JVM arguments
/// @param onEachMachine whether one process runs on each machine; else machines are filled one
///   after the other
public record Program(
    String discipline,
    Sharing sharing,
    Layout layout,
    boolean pinned,
    @Nullable Collector collector,
    boolean onEachMachine) {
  public Program {
    Objects.requireNonNull(discipline);
    Objects.requireNonNull(layout);
    sharing = layout.threadsPerProcess() == 1 ? Sharing.PROCESS : Objects.requireNonNull(sharing);
  }

  /// A program that fills machines one after the other.
  public Program(
      String discipline,
      Sharing sharing,
      Layout layout,
      boolean pinned,
      @Nullable Collector collector) {
    this(discipline, sharing, layout, pinned, collector, false);
  }

  /// The same under the collector of the run's JVM arguments.
  public Program(String discipline, Sharing sharing, Layout layout, boolean pinned) {
    this(discipline, sharing, layout, pinned, null);
  }

  /// As a record has it. But that is made when it is first asked for, which takes a hundredth of a
  /// whole report, and every trial is looked up by its program.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Program program
        && discipline.equals(program.discipline)
        && sharing == program.sharing
        && layout.processes() == program.layout.processes()
        && layout.threadsPerProcess() == program.layout.threadsPerProcess()
        && pinned == program.pinned
        && collector == program.collector
        && onEachMachine == program.onEachMachine;
  }

  @Override
  public int hashCode() {
    int hash = discipline.hashCode();
    hash = 31 * hash + sharing.hashCode();
    hash = 31 * hash + layout.processes();
    hash = 31 * hash + layout.threadsPerProcess();
    hash = 31 * hash + Boolean.hashCode(pinned);
    hash = 31 * hash + Objects.hashCode(collector);
    return 31 * hash + Boolean.hashCode(onEachMachine);
  }

  /// One thread of its discipline in a process on each machine: what every machine does at N = 1.
  ///
  /// @param machines how many there are, at least 1
  public Program aloneOnEach(int machines) {
    return new Program(
        discipline, Sharing.PROCESS, new Layout(machines, 1), pinned, collector, true);
  }

  /// `discipline@PxT`, as messages name it.
  public String name() {
    return discipline + "@" + layout + (onEachMachine ? " on each machine" : "");
  }

  /// Threads that do the work, over all processes.
  public int parallelism() {
    return layout.parallelism();
  }
}
