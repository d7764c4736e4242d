package io.percore.worker.refcount;

/// Where the counted objects of a domain come from and go to. It never gives memory back, so memory
/// is type-stable, and it marks each end of a life, so that what a discipline does wrong is
/// counted:
///
/// | fault | found when |
/// |---|---|
/// | double free | an object is freed that is free already |
/// | use after free | who uses an object, by its reference or borrowed, finds it free or in another life |
/// | premature free | a reference is held at rest to an object that is free |
/// | leak | at rest, an object lives that no reference leads to |
///
/// The last two need to know who holds what; see `Audit`. The first is found for every free, the
/// second where the workload looks, with [#access] and [#recheck]: neither costs a count anything.
///
/// Each thread has a pool of its own, last in, first out; it hands objects over to a common depot
/// by the magazine, and gets them back so, for threads that only allocate or only free (Bonwick and
/// Adams, "Magazines and Vmem", USENIX 2001). Set up by one thread; then each enrolled thread may
/// use it with its own context. Tallies are read at rest.
///
/// | field | access | guard and ordering |
/// |---|---|---|
/// | pools and their tallies | plain | the thread of that slot; at rest, whoever sees all that the threads did |
/// | magazines of the depot | plain | its lock; who deposits one writes to it no more |
///
/// Free objects are kept in arrays and not linked to each other: a thread that wrongly writes to
/// one cannot damage the pool, and so the fault is counted instead of a crash.
public final class Heap {
  private final RefCount domain;
  private final boolean padded;
  private final Pool[] pools;
  private final Depot depot = new Depot();

  private Heap(RefCount domain, boolean padded) {
    this.domain = domain;
    this.padded = padded;
    this.pools = new Pool[domain.threads().size()];
    for (int slot = 0; slot < pools.length; slot++) {
      pools[slot] = new Pool();
    }
  }

  /// The heap of a domain whose threads are all enrolled. It becomes the domain's reclaimer.
  ///
  /// @param padded whether each count has its cache line to itself
  public static Heap of(RefCount domain, boolean padded) {
    Heap heap = new Heap(domain, padded);
    domain.reclaimWith(heap::free);
    return heap;
  }

  /// A living object with one reference, that of the caller.
  public Counted allocate(ThreadContext context) {
    Pool pool = pools[context.slot()];
    Counted used = pool.pop(depot);
    Counted object = used == null ? domain.newObject(padded) : used;
    object.link(null);
    object.wake();
    domain.beginLife(context, object);
    pool.births++;
    return object;
  }

  /// Ends the life of an object for which [RefCount#release], [RefCount#retire] or
  /// [RefCount#giveBack] has returned true, retires the reference that it owns, and goes on with
  /// that object when it was the last one: iteratively, so that a long chain needs no stack. Part
  /// of the operation that returned true.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public void free(ThreadContext context, Counted object) throws InterruptedException {
    Pool pool = pools[context.slot()];
    Counted dead = object;
    while (dead.bury()) {
      pool.deaths++;
      Counted owned = dead.link();
      pool.push(dead, depot);
      if (owned == null) {
        return;
      }
      boolean last = domain.retire(context, owned);
      domain.afterOperation(context);
      if (!last) {
        return;
      }
      dead = owned;
    }
    pool.doubleFrees++;
  }

  /// Begins to use an object that the caller holds or has borrowed.
  ///
  /// @return its life, for [#recheck]
  public int access(ThreadContext context, Counted object) {
    int life = object.life();
    if (!Counted.isLive(life)) {
      pools[context.slot()].usesAfterFree++;
    }
    return life;
  }

  /// Finds out whether the object is still in the life that it was in before.
  public void recheck(ThreadContext context, Counted object, int life) {
    if (object.life() != life) {
      pools[context.slot()].usesAfterFree++;
    }
  }

  /// Objects that live now. At rest.
  public long live() {
    long live = 0;
    for (Pool pool : pools) {
      live += pool.births - pool.deaths;
    }
    return live;
  }

  /// Frees of objects that were free already, since it was made. At rest.
  public long doubleFrees() {
    long found = 0;
    for (Pool pool : pools) {
      found += pool.doubleFrees;
    }
    return found;
  }

  /// Uses of objects that were free or in another life, since it was made. At rest.
  public long usesAfterFree() {
    long found = 0;
    for (Pool pool : pools) {
      found += pool.usesAfterFree;
    }
    return found;
  }
}
