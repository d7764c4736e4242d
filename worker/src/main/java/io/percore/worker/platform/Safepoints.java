package io.percore.worker.platform;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// For how long this JVM has held all of its threads, for whatever reason.
///
/// HotSpot counts that, and tells it through a bean of a package that is not exported: the worker's
/// jar asks for that package in its manifest. Where the JVM is another one, was started in another
/// way, or keeps no such counters (`-XX:-UsePerfData`), it is unknown.
final class Safepoints {
  private static final Optional<MethodHandle> TOTAL_MILLIS = find();

  private Safepoints() {}

  private static Optional<MethodHandle> find() {
    try {
      Class<?> helper = Class.forName("sun.management.ManagementFactoryHelper");
      Class<?> bean = Class.forName("sun.management.HotspotRuntimeMBean");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object runtime =
          lookup.findStatic(helper, "getHotspotRuntimeMBean", MethodType.methodType(bean)).invoke();
      return Optional.of(
          lookup
              .findVirtual(bean, "getTotalSafepointTime", MethodType.methodType(long.class))
              .bindTo(runtime));
    } catch (Throwable notHere) {
      return Optional.empty();
    }
  }

  /// Up to now, in steps of a millisecond; empty when unknown.
  static OptionalLong nanos() {
    if (TOTAL_MILLIS.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long millis = (long) TOTAL_MILLIS.get().invoke();
      return millis < 0
          ? OptionalLong.empty()
          : OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(millis));
    } catch (Throwable unexpected) {
      return OptionalLong.empty();
    }
  }
}
