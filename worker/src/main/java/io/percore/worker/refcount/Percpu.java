package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts in a slot for each thread until the object is retired, and in one atomic count after
/// that: Linux's `percpu_ref` (`lib/percpu-refcount.c`, `include/linux/percpu-refcount.h`), with
/// threads for processors.
///
/// While it is spread over slots nobody can tell whether a count is zero. Somebody has to say when
/// it may become so: [#retire] is `percpu_ref_kill`, called with the reference that the object was
/// published with. An object that is never retired is found at rest.
///
/// The switch: the word says `RETIRED`, after which whoever looks counts atomically. A thread that
/// looked before may still write its slot, so the slots are added up a grace period later, as the
/// kernel does after `call_rcu`. Until then the atomic count is too high by `BIAS`, more than there
/// are references, and cannot come to zero.
///
/// | field | access | written by |
/// |---|---|---|
/// | a slot | opaque | its thread while the object is spread; once a grace period has passed since the switch, whoever adds it up |
/// | mode | opaque; compare-and-set to retire | whoever begins a life; one of those who retire; whoever quiesces |
/// | count | read-modify-write, acquire and release | as in [Atomic], once the mode says so |
/// | `objects` | plain | its monitor |
///
/// **Invariant.** The references are the slots plus the count, less `BIAS` while that is in it. The
/// mode of an object goes from spread to retired once in a life, so the slots are added up once.
/// What a thread did before it wrote its slot is visible to who adds up, since a safepoint or its
/// detaching lies in between; see [Epochs].
///
/// | where it differs | why |
/// |---|---|
/// | A slot belongs to a thread, not to a processor with preemption turned off | user threads cannot be kept from migrating |
/// | Retiring twice is a release the second time; the kernel warns | an object may be in several places |
/// | At rest all objects are switched, looked at, and switched back (`percpu_ref_resurrect`) | so that counts are exact at rest and nothing leaks that was never retired |
public final class Percpu extends EpochRefCount {
  /// Half of what is left of the range, as in the kernel, so that neither sums nor releases before
  /// the switch bring it near zero or over the edge.
  private static final long BIAS = 1L << 61;

  private final AtomicInteger indices = new AtomicInteger();
  private final List<Counted> objects = new ArrayList<>();

  private Percpu() {}

  static RefCount create() {
    return new Percpu();
  }

  @Override
  ThreadContext newContext(int thread, int slot) {
    return PercpuContext.create(thread, slot);
  }

  @Override
  Object newCompanion() {
    return new PercpuMode(indices.getAndIncrement());
  }

  @Override
  Counted newObject(boolean padded) {
    Counted object = super.newObject(padded);
    synchronized (objects) {
      objects.add(object);
    }
    return object;
  }

  @Override
  void beginLife(ThreadContext context, Counted object) {
    object.storeOpaque(BIAS + 1);
    mode(object).spread();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    PercpuMode mode = mode(object);
    if (mode.isSpread()) {
      ((PercpuContext) context).add(mode.index(), 1);
    } else {
      object.getAndAdd(1);
    }
  }

  /// Returns true only when the object was retired, and its slots have been added up.
  @Override
  public boolean release(ThreadContext context, Counted object) {
    PercpuMode mode = mode(object);
    if (mode.isSpread()) {
      ((PercpuContext) context).add(mode.index(), -1);
      return false;
    }
    return object.getAndAdd(-1) == 1;
  }

  @Override
  public boolean retire(ThreadContext context, Counted object) {
    if (mode(object).retire()) {
      putOff((EpochContext) context, object);
    }
    return object.getAndAdd(-1) == 1;
  }

  /// Every thread counts atomically by now. Adds the slots to the count and takes the bias out, in
  /// one step, so that exactly one thread sees zero: this one, or a later release.
  @Override
  void settle(EpochContext context, Counted object) throws InterruptedException {
    long change = takeSlots(object) - BIAS;
    if (object.getAndAdd(change) + change == 0) {
      reclaim(context, object);
    }
  }

  /// Switches all living objects, so that each free, and what follows from it, finds zeros; then
  /// switches back those that were not retired and live on.
  @Override
  public void quiesce(ThreadContext context) throws InterruptedException {
    super.quiesce(context);
    List<Counted> switched = new ArrayList<>();
    List<Counted> unreferenced = new ArrayList<>();
    for (Counted object : allObjects()) {
      if (Counted.isLive(object.life()) && mode(object).retire()) {
        long change = takeSlots(object) - BIAS;
        (object.getAndAdd(change) + change == 0 ? unreferenced : switched).add(object);
      }
    }
    for (Counted object : unreferenced) {
      reclaim(context, object);
    }
    for (Counted object : switched) {
      if (Counted.isLive(object.life())) {
        object.getAndAdd(BIAS);
        mode(object).spread();
      }
    }
    super.quiesce(context);
  }

  /// Not for a life in which an object has been retired and awaits its settling.
  @Override
  public long count(Counted object) {
    long slots = 0;
    for (ThreadContext thread : threads()) {
      slots += ((PercpuContext) thread).get(mode(object).index());
    }
    return object.loadOpaque() + slots - (mode(object).isSpread() ? BIAS : 0);
  }

  private List<Counted> allObjects() {
    synchronized (objects) {
      return List.copyOf(objects);
    }
  }

  private long takeSlots(Counted object) {
    long sum = 0;
    for (ThreadContext thread : threads()) {
      sum += ((PercpuContext) thread).take(mode(object).index());
    }
    return sum;
  }

  private static PercpuMode mode(Counted object) {
    return (PercpuMode) object.companion();
  }
}
