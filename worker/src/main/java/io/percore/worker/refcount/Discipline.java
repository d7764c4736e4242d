package io.percore.worker.refcount;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The registry of disciplines. To add one: a class, a constant and an arm of [#create].
///
/// An arm calls a static method that is declared to return a [RefCount], rather than `new`: the
/// verifier loads every class that it must prove to be one, so with `new` a process would load all
/// disciplines, and calls in its kernel would no longer have one target only.
public enum Discipline {
  /// One thread, load and store.
  PLAIN(
      "plain",
      "Plain count",
      "one thread only: a load and a store, nothing to protect it",
      Safety.ONE_THREAD,
      Guarantees.exact().borrowing(true, "without care: no other thread is there"),
      Counting.OF_64_BITS,
      List.of()),
  /// Several threads, load and store.
  RACY(
      "racy",
      "Unprotected count",
      "a load and a store that others may come between: loses updates, frees early",
      Safety.NONE,
      Guarantees.exact()
          .lossy()
          .borrowing(false, "what is loaded may be gone before it is counted"),
      Counting.OF_64_BITS,
      List.of()),
  /// CPython's lock.
  GIL(
      "gil",
      "Global interpreter lock",
      "a thread counts while it holds CPython's interpreter lock, and gives it up when asked",
      Safety.EXACT,
      Guarantees.exact().borrowing(true, "while holding the lock"),
      Counting.OF_64_BITS,
      List.of(
          Parameter.number(
              "switch-interval",
              "microseconds that a waiter waits before it asks the holder to give up",
              5_000,
              1,
              10_000_000),
          Parameter.choice(
                  "checkpoint",
                  "where the holder looks for requests: once at the end of an operation, or also"
                      + " between its load and its store",
                  "backward-jump",
                  "every-op")
              .inexactWith("every-op"))),
  /// One lock.
  GLOBAL_LOCK(
      "global-lock",
      "One lock per operation",
      "one lock for all objects, acquired for each operation",
      Safety.EXACT,
      Guarantees.exact().borrowing(true, "loads and counts under the lock"),
      Counting.OF_64_BITS,
      List.of(
          Parameter.choice("lock", "kind of the lock", "reentrant", "synchronized"),
          // A monitor is held for one block.
          Parameter.choice(
                  "hold",
                  "how long it is held: for the count alone, or for the operation's work too",
                  "op",
                  "work")
              .onlyWith("work", "lock", "reentrant"))),
  /// A lock for each object.
  OBJECT_LOCK(
      "object-lock",
      "One lock per object",
      "each object has a lock of its own, acquired for each operation",
      Safety.EXACT,
      Guarantees.exact(),
      Counting.OF_64_BITS,
      List.of(Parameter.choice("lock", "kind of the locks", "synchronized", "reentrant"))),
  /// Fetch-and-add.
  ATOMIC(
      "atomic",
      "Atomic count",
      "one atomic read-modify-write for each operation",
      Safety.EXACT,
      Guarantees.exact(),
      Counting.OF_64_BITS,
      List.of()),
  /// Compare-and-set.
  CAS(
      "cas",
      "Count by compare-and-set",
      "a loop around a compare-and-set that retains only what is not zero",
      Safety.EXACT,
      Guarantees.exact()
          .rejectingResurrection()
          .borrowing(true, "retains if not zero, then looks at the pointer again"),
      Counting.OF_64_BITS,
      List.of()),
  /// Netty's own class.
  NETTY(
      "netty",
      "Netty's RefCnt",
      "io.netty.util.internal.RefCnt itself, from outside",
      Safety.EXACT,
      Guarantees.exact().rejectingResurrection(),
      Counting.OF_31_BITS,
      List.of()),
  /// Owner plain, others atomic.
  BIASED(
      "biased",
      "Biased count",
      "plain for the thread that made the object, atomic for all others, with a queue"
          + " between them",
      Safety.EXACT,
      Guarantees.deferred(
          "by the owner's next safepoint, or at once when the owner has gone",
          "the owner, or the last to release once both counts are merged"),
      Counting.OF_64_BITS,
      List.of()),
  /// Not counted.
  IMMORTAL(
      "immortal",
      "Immortal objects",
      "no count: looks at the object and finds that it need not be counted",
      Safety.EXACT,
      Guarantees.none("no store to a pointer could ever free what it had"),
      Counting.NONE,
      List.of()),
  /// A slot for each thread until retired.
  PERCPU(
      "percpu",
      "Count per thread until retired",
      "a slot for each thread, and one atomic count once the object has been retired",
      Safety.EXACT,
      Guarantees.deferred(
          "three safepoints of every thread after it was retired, and at rest what never was",
          "who retired it, or the last to release after that"),
      Counting.OF_64_BITS,
      List.of()),
  /// Changes cached by each thread.
  REFCACHE(
      "refcache",
      "Cached changes",
      "each thread caches its changes for an epoch; zero is looked at twice",
      Safety.EXACT,
      Guarantees.deferred(
          "three epochs after the last change is known, an epoch being a safepoint of every"
              + " thread",
          "the thread whose change made it zero, at a safepoint"),
      Counting.OF_64_BITS,
      List.of()),
  /// Pointers that are read without counting.
  DEFERRED(
      "deferred",
      "Deferred decrements",
      "an atomic count, and pointers that are borrowed from without counting",
      Safety.EXACT,
      Guarantees.deferred(
              "at once, or three safepoints of every thread after it was taken out of a pointer",
              "the last to release, or who took it out of the pointer")
          .borrowing(true, "without counting, until the next safepoint"),
      Counting.OF_64_BITS,
      List.of()),
  /// A statistics counter.
  STRIPED(
      "striped",
      "Striped sum",
      "a java.util.concurrent LongAdder: an exact sum at rest, and nobody learns of zero",
      Safety.EXACT,
      Guarantees.none("nobody would free what a pointer had"),
      Counting.SUM_OF_64_BITS,
      List.of());

  private enum Safety {
    ONE_THREAD,
    NONE,
    EXACT
  }

  private final String id;
  private final String title;
  private final String contract;
  private final Safety safety;
  private final Counting counting;

  // A record of enums and texts.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Guarantees guarantees;

  // The list comes from List.of and its elements are records of the same kind.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Parameter> parameters;

  Discipline(
      String id,
      String title,
      String contract,
      Safety safety,
      Guarantees guarantees,
      Counting counting,
      List<Parameter> parameters) {
    this.id = id;
    this.title = title;
    this.contract = contract;
    this.safety = safety;
    this.guarantees = guarantees;
    this.counting = counting;
    this.parameters = parameters;
  }

  /// The discipline with this id.
  ///
  /// @throws IllegalArgumentException in one line, when there is none
  public static Discipline byId(String id) {
    for (Discipline discipline : values()) {
      if (discipline.id.equals(id)) {
        return discipline;
      }
    }
    throw new IllegalArgumentException("there is no discipline '" + id + "'");
  }

  /// A new domain of this discipline. Loads the class of this discipline and of no other.
  ///
  /// @param given parameters by name; defaults stand in for the rest
  /// @throws IllegalArgumentException in one line, when the parameters are not allowed
  public RefCount create(Map<String, String> given) {
    Parameters chosen = check(given);
    return switch (this) {
      case PLAIN -> Plain.create();
      case RACY -> Racy.create();
      case GIL -> gil(chosen, null);
      case GLOBAL_LOCK ->
          chosen.text("lock").equals("synchronized")
              ? GlobalMonitor.create()
              : globalLock(chosen, null);
      case OBJECT_LOCK -> objectLock(chosen);
      case ATOMIC -> Atomic.create();
      case CAS -> Cas.create();
      case NETTY -> Netty.create();
      case BIASED -> Biased.create();
      case IMMORTAL -> Immortal.create();
      case PERCPU -> Percpu.create();
      case REFCACHE -> Refcache.create();
      case DEFERRED -> Deferred.create();
      case STRIPED -> Striped.create();
    };
  }

  /// A new domain of the same kind, in which threads that contend get in each other's way soon.
  ///
  /// @param given parameters by name; defaults stand in for the rest
  public RefCount createForRehearsal(Map<String, String> given) {
    Map<String, String> impatient = new HashMap<>(given);
    if (this == GIL) {
      impatient.put("switch-interval", "500");
    }
    return create(impatient);
  }

  /// As [#create], where all of a domain's objects have one lock that can be watched.
  ///
  /// @param watch told of each time that a thread holds it
  /// @return empty where there is no such lock: a monitor is the JVM's own business
  public Optional<RefCount> createWatched(Map<String, String> given, LockWatch watch) {
    Parameters chosen = check(given);
    return switch (this) {
      case GIL -> Optional.of(gil(chosen, watch));
      case GLOBAL_LOCK ->
          chosen.text("lock").equals("synchronized")
              ? Optional.empty()
              : Optional.of(globalLock(chosen, watch));
      default -> Optional.empty();
    };
  }

  /// Whether [#createWatched] makes a domain, at least with some parameters.
  public boolean watchable() {
    return this == GIL || this == GLOBAL_LOCK;
  }

  private static RefCount gil(Parameters chosen, @Nullable LockWatch watch) {
    return Gil.create(
        Duration.of(chosen.number("switch-interval"), ChronoUnit.MICROS),
        chosen.text("checkpoint").equals("every-op"),
        watch);
  }

  private static RefCount globalLock(Parameters chosen, @Nullable LockWatch watch) {
    return GlobalLock.create(chosen.text("hold").equals("work"), watch);
  }

  private static RefCount objectLock(Parameters chosen) {
    return chosen.text("lock").equals("synchronized")
        ? ObjectMonitor.create()
        : ObjectLock.create();
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

  /// One line: what it guarantees and how.
  public String contract() {
    return contract;
  }

  /// What it can be told.
  public List<Parameter> parameters() {
    return parameters;
  }

  /// Whether counts are exact with the default parameters; false only for negative controls.
  public boolean exact() {
    return safety != Safety.NONE;
  }

  /// Whether it is safe with one thread only.
  public boolean singleThreaded() {
    return safety == Safety.ONE_THREAD;
  }

  /// What it promises about the ends of objects' lives.
  public Guarantees guarantees() {
    return guarantees;
  }

  /// Loads of the count that one operation performs at the least.
  public int loadsPerOperation() {
    return 1;
  }

  /// Stores of the count that one operation performs at the least.
  public int storesPerOperation() {
    return counting == Counting.NONE ? 0 : 1;
  }

  /// Width of the count; 0 where there is none.
  public int countBits() {
    return counting.bits();
  }

  /// What workloads may ask of it.
  public Set<Capability> offers() {
    return counting.capabilities();
  }
}
