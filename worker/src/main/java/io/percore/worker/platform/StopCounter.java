package io.percore.worker.platform;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts the times that this process was continued after having been stopped. A stop and continue can be shorter
/// than any timeout, and a stopped process cannot notice; but the kernel delivers SIGCONT when it goes on.
public final class StopCounter {
  /// Written by the JVM's signal threads, read by whoever asks. Atomic, because the JVM runs each delivery in a
  /// thread of its own; monotonic, so a reader needs no more than its latest value.
  private static final AtomicInteger STOPS = new AtomicInteger();

  private StopCounter() {}

  /// Starts counting. Calling it again changes nothing that can be seen.
  ///
  /// `sun.misc.Signal` of the supported module jdk.unsupported is the one way to a signal in Java; javac warns of it.
  ///
  /// @return whether this JVM lets the signal be handled
  public static boolean install() {
    try {
      sun.misc.Signal.handle(new sun.misc.Signal("CONT"), _ -> STOPS.incrementAndGet());
      return true;
    } catch (IllegalArgumentException notHere) {
      return false;
    }
  }

  /// Continue signals seen since [#install].
  public static int count() {
    return STOPS.get();
  }
}
