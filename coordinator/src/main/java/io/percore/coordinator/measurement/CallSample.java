package io.percore.coordinator.measurement;

/// What handing work to the processes of a trial piece by piece came to, with pieces of one size.
///
/// Every process has one call at a time: the coordinator sends the next one when the last was
/// answered. So the time of a call holds the way there and back, and whatever the coordinator needs
/// to attend to the other processes.
///
/// @param operationsPerCall size of a piece: what all threads of a process do in a call, at least 1
/// @param calls answered calls, over all processes, at least 1
/// @param nanos from the first call to the last answer, above 0
public record CallSample(long operationsPerCall, long calls, long nanos) {
  public CallSample {
    if (operationsPerCall < 1 || calls < 1 || nanos < 1) {
      throw new IllegalArgumentException("calls do something, and take time");
    }
  }

  /// Operations per second, over all processes.
  public double operationsPerSecond() {
    return (double) operationsPerCall * calls * 1e9 / nanos;
  }
}
