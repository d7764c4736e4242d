package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;

/// A thread as an owner: its merge queue, which others write to, and the flag that tells it of
/// them.
final class BiasedContext extends BiasedContextFields {
  private static final VarHandle RAISED;

  static {
    try {
      RAISED =
          MethodHandles.lookup().findVarHandle(BiasedContextFields.class, "raised", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  private BiasedContext(int thread, int slot) {
    super(thread, slot);
  }

  static ThreadContext create(int thread, int slot) {
    return new BiasedContext(thread, slot);
  }

  /// Tells the owner that there is something in its queue. Holding the queue's monitor.
  void raise() {
    RAISED.setOpaque(this, true);
  }

  /// Holding the queue's monitor.
  void lower() {
    RAISED.setOpaque(this, false);
  }

  boolean isRaised() {
    return (boolean) RAISED.getOpaque(this);
  }
}

/// 128 bytes before what others write.
abstract class PaddingBeforeBiasedContext extends ThreadContext {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;

  PaddingBeforeBiasedContext(int thread, int slot) {
    super(thread, slot);
  }
}

/// What a thread is as an owner.
abstract class BiasedContextFields extends PaddingBeforeBiasedContext {
  /// Objects with one reference each that is the queue's. Guarded by its own monitor.
  final ArrayDeque<BiasedCounted> queue = new ArrayDeque<>();

  /// What was taken out of the queue and is being merged. The owner's own.
  final ArrayDeque<BiasedCounted> batch = new ArrayDeque<>();

  /// Whether the owner will look at its queue. Guarded by the queue's monitor.
  boolean registered;

  /// Accessed through RAISED only. Read at every safepoint of the owner, and written when something
  /// is queued.
  boolean raised;

  BiasedContextFields(int thread, int slot) {
    super(thread, slot);
  }
}
