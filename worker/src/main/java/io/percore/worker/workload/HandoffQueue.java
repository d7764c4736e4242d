package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A bounded queue with one thread at each end (L. Lamport, "Specifying concurrent program
/// modules", 1983), in the form that needs no shared indices: a place is free when it is null (J.
/// Giacomoni et al., "FastForward", PPoPP 2008). Each end's index is its own, and the places are
/// all that the threads share.
///
/// | field | access | why |
/// |---|---|---|
/// | a place | release store by the maker, acquire load by the taker | the taker sees the object as it was handed over |
/// | a place | release store of null by the taker, acquire load by the maker | the taker has done with the place before it is filled again |
/// | both indices | plain | one thread each; padded apart |
final class HandoffQueue extends TakerIndex {
  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Counted[].class);

  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  private final @Nullable Counted[] places;

  /// @param capacity a power of two
  HandoffQueue(int capacity) {
    places = new @Nullable Counted[capacity];
  }

  /// Puts an object in, or returns false when there is no room. By the maker.
  boolean offer(Counted object) {
    int place = made & (places.length - 1);
    if (PLACE.getAcquire(places, place) != null) {
      return false;
    }
    PLACE.setRelease(places, place, object);
    made++;
    return true;
  }

  /// Takes the oldest object out, or returns null when there is none. By the taker.
  @Nullable Counted poll() {
    int place = taken & (places.length - 1);
    Counted object = (Counted) PLACE.getAcquire(places, place);
    if (object != null) {
      PLACE.setRelease(places, place, (Counted) null);
      taken++;
    }
    return object;
  }

  /// At rest.
  void forEach(Consumer<Counted> each) {
    for (Counted object : places) {
      if (object != null) {
        each.accept(object);
      }
    }
  }
}

/// 128 bytes before the maker's index.
abstract class PaddingBeforeMaker {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// How many the maker has put in, modulo 2^32.
abstract class MakerIndex extends PaddingBeforeMaker {
  int made;
}

/// 128 bytes between the indices.
abstract class PaddingBeforeTaker extends MakerIndex {
  long m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15;
}

/// How many the taker has taken out, modulo 2^32.
abstract class TakerIndex extends PaddingBeforeTaker {
  int taken;
}
