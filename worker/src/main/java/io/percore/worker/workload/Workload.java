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
      List.of(work(), maker())),
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
          maker(),
          Parameter.choice(
              "padded",
              "whether each count has its cache line to itself; if not, neighbours usually share"
                  + " one",
              "true",
              "false"))),
  /// Pairs on objects of a pool, some hotter than others.
  ZIPF(
      "zipf",
      "Objects of a pool, some hotter than others",
      "each thread draws shared objects by a Zipf law, retains and releases each; a pair is two"
          + " operations",
      EnumSet.of(Capability.RETAIN_RELEASE),
      true,
      List.of(
          work(),
          Parameter.number("objects", "objects in the pool", 1024, 1, 1 << 20),
          Parameter.choice(
              "skew", "exponent of the law: 0 draws all alike", "0.99", "0", "0.5", "1.5"))),
  /// Loads of and stores to shared pointers.
  SWAP(
      "swap",
      "Loads and stores of shared pointers",
      "each thread loads shared pointers and uses what it finds, or stores a new object and retires"
          + " the old one; each of both is one operation",
      EnumSet.of(Capability.RETAIN_RELEASE, Capability.RECLAIM, Capability.BORROW),
      true,
      List.of(
          work(),
          Parameter.number("pointers", "shared pointers", 1024, 1, 1 << 20),
          Parameter.number("stores", "percentage of operations that store", 10, 0, 100))),
  /// Pushes and pops.
  STACK(
      "stack",
      "Shared stacks",
      "each thread pushes to and pops from shared stacks, and drops a whole one now and then; each"
          + " of these is one operation",
      EnumSet.of(Capability.RETAIN_RELEASE, Capability.RECLAIM, Capability.BORROW),
      true,
      List.of(
          work(),
          Parameter.number("stacks", "stacks", 1, 1, 1 << 16),
          Parameter.number(
              "drops", "of a thousand operations how many drop a whole stack", 1, 0, 1000))),
  /// Objects made by one thread and freed by another.
  HANDOFF(
      "handoff",
      "Objects handed from thread to thread",
      "each thread makes objects that the next thread retires; one object made and one retired are"
          + " one operation",
      EnumSet.of(Capability.RETAIN_RELEASE, Capability.RECLAIM),
      true,
      List.of(
          work(),
          Parameter.choice(
              "capacity", "objects on their way between two threads", "256", "16", "4096")));

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
      case HOT -> PairKernel.onSharedObjects(team, steps, madeByBystander(chosen));
      case HOT_SPLIT -> SplitPairKernel.team(team, steps);
      case PRIVATE ->
          PairKernel.onOwnObjects(
              team, steps, Boolean.parseBoolean(chosen.text("padded")), madeByBystander(chosen));
      case ZIPF ->
          ZipfKernel.team(
              team, (int) chosen.number("objects"), Double.parseDouble(chosen.text("skew")), steps);
      case SWAP ->
          SwapKernel.team(
              team, (int) chosen.number("pointers"), (int) chosen.number("stores"), steps);
      case STACK ->
          StackKernel.team(
              team, (int) chosen.number("stacks"), (int) chosen.number("drops"), steps);
      case HANDOFF -> HandoffKernel.team(team, Integer.parseInt(chosen.text("capacity")), steps);
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

  /// Whether it is about threads that give objects to each other, so that it says nothing where
  /// each has its own.
  public boolean needsCompany() {
    return this == HANDOFF;
  }

  /// Whether its operations store references to objects, each of which costs what the collector
  /// asks for it: collectors differ in that.
  public boolean storesReferences() {
    return switch (this) {
      case SWAP, STACK, HANDOFF -> true;
      case COUNTER, HOT, HOT_SPLIT, PRIVATE, ZIPF -> false;
    };
  }

  /// Only a discipline that prefers an object's maker can tell the difference.
  private static Parameter maker() {
    return Parameter.choice(
        "maker",
        "who made the objects: a thread that counts, or a bystander that never runs",
        "counting",
        "bystander");
  }

  private static boolean madeByBystander(Parameters chosen) {
    return chosen.text("maker").equals("bystander");
  }

  private static Parameter work() {
    return Parameter.number("work", "dependent 64-bit steps after each operation", 0, 0, 1_000_000);
  }
}
