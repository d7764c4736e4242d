package io.percore.worker.stress;

import static io.percore.worker.stress.References.CREATOR;
import static io.percore.worker.stress.References.DOMAIN;
import static io.percore.worker.stress.References.HEAP;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.SharedPointer;
import io.percore.worker.refcount.ThreadContext;
import org.jspecify.annotations.Nullable;

/// A shared pointer, which several threads read and store to. Its methods are whole operations of a
/// thread that is attached, unless they say something else.
final class Place {
  private final SharedPointer pointer;

  /// @param first whose only reference becomes the pointer's, or null
  Place(@Nullable Held first) {
    pointer = new SharedPointer(first == null ? null : first.object());
  }

  /// Stores, and retires what was there.
  ///
  /// @param replacement whose reference of the caller's becomes the pointer's, or null
  void put(ThreadContext context, @Nullable Held replacement) throws InterruptedException {
    Counted old =
        DOMAIN.exchange(context, pointer, replacement == null ? null : replacement.object());
    DOMAIN.afterOperation(context);
    if (old != null) {
      Held.retire(context, old);
    }
  }

  /// Borrows, looks twice at the object, and gives it back.
  void use(ThreadContext context) throws InterruptedException {
    Counted object = borrow(context);
    if (object != null) {
      int life = HEAP.access(context, object);
      HEAP.recheck(context, object, life);
      giveBack(context, object);
    }
  }

  /// Borrows the object, if there is one, and takes a reference of it.
  ///
  /// @return whether there was one
  boolean keep(ThreadContext context) throws InterruptedException {
    Counted object = borrow(context);
    if (object == null) {
      return false;
    }
    int life = HEAP.access(context, object);
    DOMAIN.retain(context, object);
    DOMAIN.afterOperation(context);
    giveBack(context, object);
    HEAP.recheck(context, object, life);
    return true;
  }

  /// Borrows the object and puts another one in its place, unless somebody else has done so
  /// meanwhile; retires the one that is not in the pointer then.
  ///
  /// @return whether it did
  boolean replace(ThreadContext context, Held replacement) throws InterruptedException {
    Counted object = borrow(context);
    if (object == null) {
      replacement.retire(context);
      return false;
    }
    int life = HEAP.access(context, object);
    boolean done = DOMAIN.replace(context, pointer, object, replacement.object());
    DOMAIN.afterOperation(context);
    HEAP.recheck(context, object, life);
    giveBack(context, object);
    Held.retire(context, done ? object : replacement.object());
    return done;
  }

  /// For an arbiter: empties the pointer.
  void clear() {
    synchronized (CREATOR) {
      References.act(
          CREATOR,
          () -> {
            put(CREATOR, null);
            return true;
          });
    }
  }

  private @Nullable Counted borrow(ThreadContext context) throws InterruptedException {
    Counted object = DOMAIN.borrow(context, pointer);
    DOMAIN.afterOperation(context);
    return object;
  }

  private static void giveBack(ThreadContext context, Counted object) throws InterruptedException {
    if (DOMAIN.giveBack(context, object)) {
      HEAP.free(context, object);
    }
    DOMAIN.afterOperation(context);
  }
}
