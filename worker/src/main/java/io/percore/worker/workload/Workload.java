package io.percore.worker.workload;

import io.percore.worker.refcount.Capability;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Parameter;
import io.percore.worker.refcount.Parameters;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The registry of workloads. To add one: a class, a constant and an arm of [#create].
public enum Workload {
  /// Increments of a shared object.
  COUNTER(
      "counter",
      "Shared counter",
      "each thread increments one shared object",
      EnumSet.of(Capability.INCREMENT),
      true,
      List.of(work())),
  /// Pairs on a shared object.
  HOT(
      "hot",
      "One hot object",
      "each thread retains and releases one shared object; a pair is two operations",
      EnumSet.of(Capability.RETAIN_RELEASE),
      true,
      List.of(work())),
  /// Pairs on a shared object, its retains and releases counted apart.
  HOT_SPLIT(
      "hot-split",
      "One hot object, retains and releases counted apart",
      "as hot, but retains and releases increment a count each, so that losses cannot cancel",
      EnumSet.of(Capability.INCREMENT),
      true,
      List.of(work())),
  /// Pairs on objects of their own.
  PRIVATE(
      "private",
      "Private objects",
      "each thread retains and releases an object of its own; a pair is two operations",
      EnumSet.of(Capability.RETAIN_RELEASE),
      false,
      List.of(
          work(),
          Parameter.choice(
              "padded",
              "whether each count has its cache line to itself; if not, neighbours usually share"
                  + " one",
              "true",
              "false")));

  private final String id;
  private final String title;
  private final String contract;

  // Never written and never handed out.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Capability> needs;

  private final boolean sharedObject;

  // The list comes from List.of and its elements are records of the same kind.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Parameter> parameters;

  Workload(
      String id,
      String title,
      String contract,
      Set<Capability> needs,
      boolean sharedObject,
      List<Parameter> parameters) {
    this.id = id;
    this.title = title;
    this.contract = contract;
    this.needs = needs;
    this.sharedObject = sharedObject;
    this.parameters = parameters;
  }

  /// The workload with this id.
  ///
  /// @throws IllegalArgumentException in one line, when there is none
  public static Workload byId(String id) {
    for (Workload workload : values()) {
      if (workload.id.equals(id)) {
        return workload;
      }
    }
    throw new IllegalArgumentException("there is no workload '" + id + "'");
  }

  /// The workloads that a discipline fits, in the order of this registry.
  public static Set<Workload> fitting(Discipline discipline) {
    Set<Workload> fitting = EnumSet.noneOf(Workload.class);
    for (Workload workload : values()) {
      if (workload.fits(discipline)) {
        fitting.add(workload);
      }
    }
    return Collections.unmodifiableSet(fitting);
  }

  /// Whether the discipline offers what this workload needs.
  public boolean fits(Discipline discipline) {
    return discipline.offers().containsAll(needs);
  }

  /// A kernel for each thread of the team. Loads the class of this workload and of no other.
  ///
  /// @param given parameters by name; defaults stand in for the rest
  /// @throws IllegalArgumentException in one line, when the parameters are not allowed
  public List<Kernel> create(Map<String, String> given, Team team) {
    Parameters chosen = check(given);
    int steps = (int) chosen.number("work");
    return switch (this) {
      case COUNTER -> CounterKernel.team(team, steps);
      case HOT -> PairKernel.onSharedObjects(team, steps);
      case HOT_SPLIT -> SplitPairKernel.team(team, steps);
      case PRIVATE ->
          PairKernel.onOwnObjects(team, steps, Boolean.parseBoolean(chosen.text("padded")));
    };
  }

  /// The parameters that [#create] would use.
  ///
  /// @throws IllegalArgumentException in one line, when they are not allowed
  public Parameters check(Map<String, String> given) {
    return Parameters.of(id, parameters, given);
  }

  /// Name in commands and files.
  public String id() {
    return id;
  }

  /// Name for people.
  public String title() {
    return title;
  }

  /// One line: what a thread does.
  public String contract() {
    return contract;
  }

  /// What it can be told.
  public List<Parameter> parameters() {
    return parameters;
  }

  /// What it asks of a discipline.
  public Set<Capability> needs() {
    return Collections.unmodifiableSet(needs);
  }

  /// Whether it only increments, so that lost updates can be counted exactly.
  public boolean incrementsOnly() {
    return needs.contains(Capability.INCREMENT);
  }

  /// Whether the threads of a process share the object.
  public boolean sharedObject() {
    return sharedObject;
  }

  private static Parameter work() {
    return Parameter.number("work", "dependent 64-bit steps after each operation", 0, 0, 1_000_000);
  }
}
