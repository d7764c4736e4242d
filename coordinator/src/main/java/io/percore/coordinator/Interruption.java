package io.percore.coordinator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What SIGINT, SIGTERM and SIGHUP do: the first ends the trials in order, the second ends
/// everything at once.
///
/// The main thread is interrupted only between {@link #enter} and {@link #leave}, where it waits
/// for workers. Elsewhere it writes results, and an interrupt would close the file under its hands.
final class Interruption {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

  private record Handled(String name, int exitCode) {}

  private static final List<Handled> SIGNALS =
      List.of(
          new Handled("INT", ExitCode.INTERRUPTED),
          new Handled("TERM", ExitCode.TERMINATED),
          new Handled("HUP", ExitCode.HUNG_UP));

  private final Thread main = Thread.currentThread();

  /// Guarded by `this`: exit code of the first signal, 0 before it.
  private int exitCode;

  /// Guarded by `this`: whether the main thread may be interrupted.
  private boolean waiting;

  /// Handles the signals from now on, on behalf of the calling thread. Where the platform does not
  /// let a signal be handled, it keeps its usual effect.
  static Interruption install() {
    Interruption interruption = new Interruption();
    for (Handled handled : SIGNALS) {
      try {
        handle(handled.name(), () -> interruption.signalled(handled.exitCode()));
      } catch (ReflectiveOperationException e) {
        LOG.info("SIG{} cannot be handled here: {}", handled.name(), e.toString());
      }
    }
    return interruption;
  }

  /// Java's one way to a signal is `sun.misc.Signal` of the supported module jdk.unsupported, whose
  /// every mention javac warns of; reflection mentions it without.
  private static void handle(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(action);
    Object proxy =
        MethodHandleProxies.asInterfaceInstance(
            handler, MethodHandles.dropArguments(run, 0, signal));
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }

  private synchronized void signalled(int code) {
    if (exitCode != 0) {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(code);
    }
    exitCode = code;
    if (waiting) {
      main.interrupt();
    }
  }

  /// From here on a signal interrupts the main thread. One that came before does so now.
  synchronized void enter() {
    waiting = true;
    if (exitCode != 0) {
      main.interrupt();
    }
  }

  /// From here on it does not, and an interrupt that is pending is taken back.
  synchronized void leave() {
    waiting = false;
    Thread.interrupted();
  }

  /// Exit code of the first signal, if there was one.
  synchronized OptionalInt exitCode() {
    return exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }
}
