package io.percore.worker.platform;

/// Subtraction in which -1 stands for "unknown" and stays so.
final class Difference {
  private Difference() {}

  static long of(long later, long earlier) {
    return later < 0 || earlier < 0 ? -1 : later - earlier;
  }
}
