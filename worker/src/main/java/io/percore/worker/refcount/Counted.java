package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// An object with a reference count of 64 bits, in type-stable memory: it lives, is freed, and
/// lives again, and its memory never becomes anything else.
///
/// The access modes are here and the protocols in the disciplines, so that each protocol reads as
/// its memory orderings. A process creates objects of one layout only, so the calls are bound
/// statically by class hierarchy analysis and cost nothing.
///
/// | field | access | written by |
/// |---|---|---|
/// | `life` | opaque; compare-and-set to end it | whoever begins or ends the life. It detects, and orders nothing: under a correct discipline both ends of a life are ordered with each use of it by the count |
/// | `link` | plain | while it lives, its creator before it is published and whoever holds it alone; while it is free, the pool that it is in |
/// | `companion` | final | |
///
/// All three are read often and written seldom, and lie 128 bytes before a padded count.
public abstract class Counted {
  private static final VarHandle LIFE;

  static {
    try {
      LIFE = MethodHandles.lookup().findVarHandle(Counted.class, "life", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Generation: odd while the object lives, even while it is free, one more with each change. It
  /// is the poison, too: a free object's can be mistaken for no life's.
  private int life;

  private @Nullable Counted link;
  private final @Nullable Object companion;

  Counted(@Nullable Object companion) {
    this.companion = companion;
  }

  /// The life that it is in, or that it has left; see [#isLive].
  public final int life() {
    return (int) LIFE.getOpaque(this);
  }

  /// Whether this value of [#life] is that of a living object.
  public static boolean isLive(int life) {
    return (life & 1) != 0;
  }

  /// Begins the next life. The caller has taken the object from a pool.
  final void wake() {
    LIFE.setOpaque(this, life() + 1);
  }

  /// Ends its life, and returns false when that had ended already: of several threads that free the
  /// same life, one succeeds.
  final boolean bury() {
    int now = life();
    return isLive(now) && LIFE.compareAndSet(this, now, now + 1);
  }

  /// The object that this one refers to and owns a reference of, which is released when this one is
  /// freed.
  public final @Nullable Counted link() {
    return link;
  }

  /// Makes this object own the caller's reference to another one, or none. See the class for who
  /// may.
  public final void link(@Nullable Counted owned) {
    link = owned;
  }

  /// What the discipline keeps beside the object; see [RefCount#newCompanion].
  final Object companion() {
    if (companion == null) {
      throw new IllegalStateException("this discipline keeps nothing beside an object");
    }
    return companion;
  }

  /// Reads the count. Opaque: whole, in coherence order with other accesses to this count, never
  /// folded with them by the compiler; orders nothing else.
  abstract long loadOpaque();

  /// Writes the count. Opaque, as [#loadOpaque].
  abstract void storeOpaque(long count);

  /// Adds in one indivisible step and returns the count before it. Acquire and release: what a
  /// thread did before its step is visible to every thread whose step comes later.
  ///
  /// Weaker would do for most uses, but in HotSpot only this mode is one instruction on x86-64: the
  /// acquire and release variants are loops around a compare-and-set, twice as dear even without
  /// contention.
  abstract long getAndAdd(long delta);

  /// Writes the count if it is the expected one, in one indivisible step. Acquire and release, as
  /// [#getAndAdd]; never fails without reason.
  abstract boolean compareAndSet(long expected, long count);
}
