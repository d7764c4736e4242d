package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/// Tells when every thread has passed a safepoint since some moment, without any thread waiting for
/// another: epoch-based reclamation (K. Fraser, "Practical lock-freedom", 2004, 5.2.3), with one
/// difference. There a thread announces the epoch with each operation and fences it; here it does
/// so at its safepoints, some ten thousand times a second, and what it read since then is covered.
/// A thread that does not come to a safepoint holds all others' garbage back.
///
/// | field | access | written by |
/// |---|---|---|
/// | current epoch | volatile; compare-and-set | whoever finds that all attached threads have announced it |
/// | a thread's announcement | volatile | that thread: at a safepoint, when it attaches, when it detaches |
///
/// **What a grace period gives.** If a thread, attached or alone, changes something and then reads
/// epoch e, then whoever reads e + [#GRACE] or later knows two things. Every thread that is
/// attached has seen the change ever since some safepoint of its own; and all that it did before
/// that safepoint is visible to the reader.
///
/// *Why.* The epoch leaves e + 1 only after all attached threads have announced e + 1, the changer
/// among them and after its change. Their announcements happen before the step to e + 2, and that
/// before their reading e + 2, which they have all announced before the step to e + 3. Two steps
/// are enough where each access to what was changed is volatile; the third makes happens-before of
/// it, so that cheaper accesses will do.
///
/// A thread that attaches meanwhile announces the epoch and looks again whether it is still the
/// current one. Either the scan that follows sees the announcement, or the thread sees the step.
final class Epochs {
  /// Steps of the epoch after which a change is known to everybody.
  static final long GRACE = 3;

  /// What a detached thread has announced.
  static final long DETACHED = 0;

  private static final VarHandle CURRENT;

  static {
    try {
      CURRENT = MethodHandles.lookup().findVarHandle(EpochValue.class, "current", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final EpochLine line = new EpochLine();

  /// The epoch, from 1. With its reading begins what [#passed] asks for.
  long current() {
    return (long) CURRENT.getVolatile(line);
  }

  /// Whether a grace period has passed since `epoch` was read.
  boolean passed(long epoch) {
    return current() - epoch >= GRACE;
  }

  /// Begins to wait for this thread.
  void enter(EpochContext thread) {
    long seen;
    do {
      seen = current();
      thread.announce(seen);
    } while (current() != seen);
  }

  /// Stops waiting for this thread.
  void leave(EpochContext thread) {
    thread.announce(DETACHED);
  }

  /// A safepoint of this thread: announces the epoch that it has seen, and begins the next one if
  /// all others have announced that, too.
  ///
  /// @param seen what the thread has read from [#current], before it did what has to be done before
  ///   the announcement. Not read again here: the epoch may have stepped since, and then nothing
  ///   has been done for the new one
  void pass(EpochContext thread, long seen, List<ThreadContext> all) {
    if (thread.announced() != seen) {
      thread.announce(seen);
    }
    for (ThreadContext context : all) {
      long announced = ((EpochContext) context).announced();
      if (announced != DETACHED && announced != seen) {
        return;
      }
    }
    CURRENT.compareAndSet(line, seen, seen + 1);
  }
}

/// 128 bytes before the epoch.
abstract class PaddingBeforeEpoch {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// The epoch, which all read and few write.
abstract class EpochValue extends PaddingBeforeEpoch {
  /// Accessed through CURRENT only.
  long current = 1;
}

/// 128 bytes after the epoch.
final class EpochLine extends EpochValue {
  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;
}
