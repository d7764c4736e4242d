package io.percore.coordinator.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the worker offers. For the coordinator the ids are data: a new discipline or workload needs
/// no edit here.
///
/// @param disciplines in the order in which the worker lists them
/// @param workloads in the order in which the worker lists them
/// @param replays interleavings that it has played; null in runs that were written down before it
///   did
public record Catalogue(
    List<Discipline> disciplines, List<Workload> workloads, @Nullable List<Replay> replays) {
  public Catalogue {
    disciplines = List.copyOf(disciplines);
    workloads = List.copyOf(workloads);
    replays = replays == null ? null : List.copyOf(replays);
  }

  /// A catalogue without replays.
  public Catalogue(List<Discipline> disciplines, List<Workload> workloads) {
    this(disciplines, workloads, null);
  }

  /// Whether all objects of this discipline have one lock of which ledgers can be kept.
  public boolean watchable(String discipline) {
    return discipline(discipline)
        .map(found -> Boolean.TRUE.equals(found.watchable()))
        .orElse(false);
  }

  /// The interleavings that the worker has played.
  public List<Replay> played() {
    return replays == null ? List.of() : replays;
  }

  /// A way of protecting a count.
  ///
  /// @param id for instance `atomic`
  /// @param title for people
  /// @param contract one line: what it guarantees and how
  /// @param exact counts are exact under concurrency with the default parameters
  /// @param singleThreaded safe with one thread only
  /// @param loadsPerOperation loads of the count that one operation performs at the least
  /// @param storesPerOperation stores, likewise
  /// @param countBits width of the count; 0 where there is none
  /// @param parameters its parameters
  /// @param workloads ids of the workloads that it fits
  /// @param guarantees what it promises about the ends of objects' lives; null in runs that were
  ///   written down before it was declared
  /// @param watchable whether all objects have one lock of which ledgers can be kept; null in runs
  ///   that were written down before it was declared
  public record Discipline(
      String id,
      String title,
      String contract,
      boolean exact,
      boolean singleThreaded,
      int loadsPerOperation,
      int storesPerOperation,
      int countBits,
      List<Parameter> parameters,
      List<String> workloads,
      @Nullable Guarantees guarantees,
      @Nullable Boolean watchable) {
    public Discipline {
      parameters = List.copyOf(parameters);
      workloads = List.copyOf(workloads);
    }

    /// Whether it is a reference count: somebody learns of zero. True where nothing is declared.
    public boolean referenceCount() {
      return guarantees == null || guarantees.referenceCount();
    }

    /// Width of the count for people.
    public String width() {
      return countBits == 0 ? "no count" : countBits + "-bit count";
    }
  }

  /// What is done with counted objects.
  ///
  /// @param id for instance `counter`
  /// @param title for people
  /// @param contract one line: what a thread does
  /// @param parameters its parameters
  /// @param incrementsOnly whether lost updates can be counted exactly
  /// @param sharedObject whether the threads of a process share the object
  /// @param needsCompany whether it says nothing where no two threads share objects
  /// @param storesReferences whether its operations store references, which collectors charge for
  ///   differently; null in runs that were written down before it was declared
  public record Workload(
      String id,
      String title,
      String contract,
      List<Parameter> parameters,
      boolean incrementsOnly,
      boolean sharedObject,
      boolean needsCompany,
      @Nullable Boolean storesReferences) {
    public Workload {
      parameters = List.copyOf(parameters);
    }

    /// Whether what it costs depends on the collector. False where nothing is declared.
    public boolean dependsOnCollector() {
      return Boolean.TRUE.equals(storesReferences);
    }
  }

  /// A parameter of either.
  ///
  /// @param name its name
  /// @param defaultValue used when none is given
  /// @param meaning one line
  /// @param choices allowed values; empty where any number in the range is
  /// @param minimum smallest number
  /// @param maximum largest number
  /// @param inexactChoices choices under which an otherwise exact discipline may lose updates
  /// @param requirements choices that go with one value of another parameter only
  public record Parameter(
      String name,
      String defaultValue,
      String meaning,
      List<String> choices,
      long minimum,
      long maximum,
      List<String> inexactChoices,
      List<Requirement> requirements) {
    public Parameter {
      choices = List.copyOf(choices);
      inexactChoices = List.copyOf(inexactChoices);
      requirements = List.copyOf(requirements);
    }
  }

  /// A choice that needs another parameter of the same owner to have one value.
  ///
  /// @param choice the choice that requires
  /// @param parameter name of the other parameter
  /// @param value what that must be
  public record Requirement(String choice, String parameter, String value) {}

  /// The discipline with this id.
  public Optional<Discipline> discipline(String id) {
    return disciplines.stream().filter(d -> d.id().equals(id)).findFirst();
  }

  /// The workload with this id.
  public Optional<Workload> workload(String id) {
    return workloads.stream().filter(w -> w.id().equals(id)).findFirst();
  }
}
