package io.percore.coordinator.stats.steady;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The rate of a whole trial over time: operations of all processes in slices of equal length,
/// first those of the warm-up and then those of the window. The time between them, in which the
/// threads wait for the common start, is left out.
///
/// Slices that processes cut at different times are put onto one grid by linear interpolation of
/// their running totals. Of the warm-up only the time counts in which all processes were in it.
///
/// Immutable.
public final class RateSeries {
  /// With more slices than this they are made longer.
  static final int MOST = 2_500;

  private static final RateSeries NONE = new RateSeries(1, 0, new double[0]);

  private final long sliceNanos;
  private final int warmUpSlices;
  private final double[] operations;

  private RateSeries(long sliceNanos, int warmUpSlices, double[] operations) {
    this.sliceNanos = sliceNanos;
    this.warmUpSlices = warmUpSlices;
    this.operations = operations;
  }

  /// Length of a slice, positive.
  public long sliceNanos() {
    return sliceNanos;
  }

  /// How many of the slices are of the warm-up: the first ones.
  public int warmUpSlices() {
    return warmUpSlices;
  }

  /// Operations in each slice.
  public double[] operations() {
    return operations.clone();
  }

  /// The series of a trial.
  ///
  /// @return without slices for fixed work, of which those of the last round alone are kept, and
  ///   when a process has no warm-up or no window in slices
  public static RateSeries of(Measurement measurement) {
    List<ProcessSample> processes = measurement.processes();
    List<RunningTotal> warmUps =
        processes.stream()
            .map(ProcessSample::warmUp)
            .filter(Objects::nonNull)
            .map(w -> RunningTotal.of(w.startNanos(), w.sliceNanos(), w.operations()))
            .toList();
    if (processes.stream().anyMatch(p -> p.sliceNanos() <= 0)) {
      return NONE;
    }
    // All windows begin at the same T0.
    List<RunningTotal> windows =
        processes.stream()
            .map(p -> RunningTotal.of(0, p.sliceNanos(), p.sliceOperations()))
            .toList();
    if (!measurement.scoredRounds().isEmpty()
        || warmUps.isEmpty()
        || warmUps.size() < processes.size()) {
      return NONE;
    }
    long slice = slice(warmUps, windows);
    double[] warmUp = together(warmUps, slice).toArray();
    return new RateSeries(
        slice,
        warmUp.length,
        DoubleStream.concat(Arrays.stream(warmUp), together(windows, slice)).toArray());
  }

  private static long slice(List<RunningTotal> warmUps, List<RunningTotal> windows) {
    long coarsest =
        Stream.concat(warmUps.stream(), windows.stream())
            .mapToLong(RunningTotal::sliceNanos)
            .max()
            .orElseThrow();
    long length = end(warmUps) - begin(warmUps) + end(windows) - begin(windows);
    return coarsest * Math.max(1, Math.ceilDiv(length, coarsest * MOST));
  }

  /// Operations of all processes in whole slices of the time that they have in common.
  private static DoubleStream together(List<RunningTotal> parts, long slice) {
    long begin = begin(parts);
    long slices = Math.max(0, end(parts) - begin) / slice;
    return LongStream.range(0, slices)
        .mapToDouble(i -> between(parts, begin + i * slice, begin + (i + 1) * slice));
  }

  private static double between(List<RunningTotal> parts, long from, long to) {
    double operations = 0;
    for (RunningTotal part : parts) {
      operations += part.at(to) - part.at(from);
    }
    return operations;
  }

  private static long begin(List<RunningTotal> parts) {
    return parts.stream().mapToLong(RunningTotal::startNanos).max().orElseThrow();
  }

  private static long end(List<RunningTotal> parts) {
    return parts.stream().mapToLong(RunningTotal::endNanos).min().orElseThrow();
  }
}
