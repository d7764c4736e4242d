package io.percore.worker.refcount;

/// Each thread gathers its changes to counts in a cache and applies them once in an epoch; an
/// object whose count has come to zero is looked at again when everybody's changes of that time are
/// known for certain: Refcache (Clements, Kaashoek and Zeldovich, "RadixVM: Scalable address spaces
/// for multithreaded applications", EuroSys 2013, 3.1), a successor of sloppy counters
/// (Boyd-Wickizer et al., OSDI 2010).
///
/// Retain and release touch nothing shared while the object is in the thread's cache. The price is
/// that nobody learns of zero at once: [#release] always returns false, and whoever applied the
/// change that made the count zero frees later, at a safepoint.
///
/// **State of an object**, one word that is written by compare-and-set (acquire and release):
///
/// | bits | meaning |
/// |---|---|
/// | 2 and up | the global count. It may be wrong, and even negative, by what is in caches |
/// | 0, `REVIEW` | the object is in exactly one limbo |
/// | 1, `DIRTY` | a change was applied since it was put there, or looked at |
///
/// **Invariants.** The references that there are number the global count plus all cached changes.
/// An object is in a limbo exactly while `REVIEW` is set, which it is when the count comes to zero.
/// It is freed when the count is zero and not dirty a grace period after it was put there: every
/// thread has applied all that it had cached then, none of it touched the object, so nothing of it
/// is cached anywhere, and the zero is true. A true zero stays, for nobody has a reference to
/// retain by.
///
/// A change of nothing counts as a change: a thread that retained by another one's reference and
/// then released that reference has a cached change of zero, and its object was alive meanwhile.
/// The paper's pseudocode leaves it open; a search of a model of it shows that an object is freed
/// too early when such an entry is dropped.
///
/// | where it differs | why |
/// |---|---|
/// | The paper locks the object to change count, flag and list membership together | they are one word here |
/// | The paper's epoch is driven by a 10 ms timer on each core, and an object is looked at two epochs later | epochs are those of safepoints, some ten thousand a second, and one more of them is waited for: see [Epochs] |
/// | The paper has weak references, which revive what is under review | no workload needs them |
public final class Refcache extends EpochRefCount {
  private static final long REVIEW = 1;
  private static final long DIRTY = 2;
  private static final int COUNT_SHIFT = 2;

  private Refcache() {}

  static RefCount create() {
    return new Refcache();
  }

  @Override
  ThreadContext newContext(int thread, int slot) {
    return RefcacheContext.create(thread, slot);
  }

  @Override
  void beginLife(ThreadContext context, Counted object) {
    object.storeOpaque(1L << COUNT_SHIFT);
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    change((RefcacheContext) context, object, 1);
  }

  /// Always returns false: zero is found later.
  @Override
  public boolean release(ThreadContext context, Counted object) {
    change((RefcacheContext) context, object, -1);
    return false;
  }

  private void change(RefcacheContext own, Counted object, long by) {
    if (!own.add(object, by)) {
      Counted evicted = own.evictFor(object);
      if (evicted != null) {
        apply(own, evicted, own.takeEvicted());
      }
      own.add(object, by);
    }
  }

  @Override
  void publish(EpochContext context) {
    RefcacheContext own = (RefcacheContext) context;
    for (Counted object = own.next(); object != null; object = own.next()) {
      apply(own, object, own.takeEvicted());
    }
  }

  /// Applies a cached change to the global count.
  private void apply(EpochContext context, Counted object, long by) {
    while (true) {
      long word = object.loadOpaque();
      long count = (word >> COUNT_SHIFT) + by;
      boolean reviewed = (word & REVIEW) != 0;
      long flags = reviewed ? REVIEW | DIRTY : count == 0 ? REVIEW : 0;
      if (object.compareAndSet(word, (count << COUNT_SHIFT) | flags)) {
        if (!reviewed && count == 0) {
          putOff(context, object);
        }
        return;
      }
    }
  }

  /// Looks at an object again whose count was zero a grace period ago.
  @Override
  void settle(EpochContext context, Counted object) throws InterruptedException {
    while (true) {
      long word = object.loadOpaque();
      long count = word >> COUNT_SHIFT;
      boolean dirty = (word & DIRTY) != 0;
      long next = count == 0 && dirty ? REVIEW : count << COUNT_SHIFT;
      if (object.compareAndSet(word, next)) {
        if (count == 0 && dirty) {
          putOff(context, object);
        } else if (count == 0) {
          reclaim(context, object);
        }
        return;
      }
    }
  }

  @Override
  public long count(Counted object) {
    return object.loadOpaque() >> COUNT_SHIFT;
  }
}
