package io.percore.worker.platform;

import java.lang.reflect.Method;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// For how long this JVM has held all of its threads, for whatever reason.
///
/// HotSpot counts that, and tells it through a bean of a package that is not exported: the worker's
/// jar asks for that package in its manifest. Where the JVM is another one, was started in another
/// way, or keeps no such counters (`-XX:-UsePerfData`), it is unknown.
final class Safepoints {
  private Safepoints() {}

  /// Up to now, in steps of a millisecond; empty when unknown.
  static OptionalLong nanos() {
    try {
      Class<?> helper = Class.forName("sun.management.ManagementFactoryHelper");
      Object runtime = helper.getMethod("getHotspotRuntimeMBean").invoke(null);
      Method total =
          Class.forName("sun.management.HotspotRuntimeMBean").getMethod("getTotalSafepointTime");
      long millis = (Long) total.invoke(runtime);
      return millis < 0
          ? OptionalLong.empty()
          : OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(millis));
    } catch (ReflectiveOperationException notHere) {
      return OptionalLong.empty();
    }
  }
}
