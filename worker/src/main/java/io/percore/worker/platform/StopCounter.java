package io.percore.worker.platform;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the times that this process was continued after having been stopped. A stop and continue
/// can be shorter than any timeout, and a stopped process cannot notice; but the kernel delivers
/// SIGCONT when it goes on.
///
/// The one way to a signal in Java is `sun.misc.Signal` of the supported module jdk.unsupported. It
/// is called by name, because javac warns of that package in a way that cannot be suppressed.
public final class StopCounter {
  /// Written by the JVM's signal threads, read by whoever asks. Atomic, because the JVM runs each
  /// delivery in a thread of its own; monotonic, so a reader needs no more than its latest value.
  private static final AtomicInteger STOPS = new AtomicInteger();

  private StopCounter() {}

  /// Starts counting. Calling it again changes nothing that can be seen.
  ///
  /// @return whether this JVM lets the signal be handled
  public static boolean install() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle count =
          MethodHandles.lookup().bind(STOPS, "incrementAndGet", MethodType.methodType(int.class));
      Object counter =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(count, 0, signal));
      Object cont = signal.getConstructor(String.class).newInstance("CONT");
      signal.getMethod("handle", signal, handler).invoke(null, cont, counter);
      return true;
    } catch (ReflectiveOperationException notHere) {
      // No such class, or this JVM does not give the signal away.
      return false;
    }
  }

  /// Continue signals seen since [#install].
  public static int count() {
    return STOPS.get();
  }
}
