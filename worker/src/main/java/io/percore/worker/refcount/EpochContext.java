package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A thread that announces epochs, and what it has put off. The announcement has its line to
/// itself, since others read it; the limbo is the thread's own.
abstract class EpochContext extends AnnouncedEpoch {
  private static final VarHandle ANNOUNCED;

  static {
    try {
      ANNOUNCED = MethodHandles.lookup().findVarHandle(AnnouncedEpoch.class, "epoch", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  /// What this thread is to look at once everybody has passed a safepoint. Plain: its own.
  final Limbo limbo = new Limbo();

  EpochContext(int thread, int slot) {
    super(thread, slot);
  }

  /// Says which epoch this thread has seen. Volatile; see [Epochs].
  final void announce(long seen) {
    ANNOUNCED.setVolatile(this, seen);
  }

  /// The epoch that this thread has said it saw, or [Epochs#DETACHED].
  final long announced() {
    return (long) ANNOUNCED.getVolatile(this);
  }
}

/// 128 bytes before the announcement.
abstract class PaddingBeforeAnnounced extends ThreadContext {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;

  PaddingBeforeAnnounced(int thread, int slot) {
    super(thread, slot);
  }
}

/// The announcement.
abstract class AnnouncedEpoch extends PaddingBeforeAnnounced {
  /// Accessed through ANNOUNCED only.
  long epoch = Epochs.DETACHED;

  AnnouncedEpoch(int thread, int slot) {
    super(thread, slot);
  }
}
