package io.percore.worker.session;

import io.percore.proto.ProcessSample;
import io.percore.proto.Result;

/// Keeps results below the size that a message may have.
final class Results {
  private Results() {}

  /// The same result with slices as coarse as it takes to need at most `maximumBytes`. The sums
  /// stay the same.
  ///
  /// @throws IllegalArgumentException when it is too large without any detail, too
  static Result fit(Result result, int maximumBytes) {
    Result fitted = result;
    while (fitted.getSerializedSize() > maximumBytes) {
      if (fitted.getProcess().getSliceOperationsCount() <= 1) {
        throw new IllegalArgumentException(
            "a result of "
                + fitted.getThreadsCount()
                + " threads needs "
                + fitted.getSerializedSize()
                + " bytes; a message may have "
                + maximumBytes);
      }
      fitted = fitted.toBuilder().setProcess(coarser(fitted.getProcess())).build();
    }
    return fitted;
  }

  private static ProcessSample coarser(ProcessSample sample) {
    ProcessSample.Builder coarse =
        sample.toBuilder().clearSliceOperations().setSliceNanos(2 * sample.getSliceNanos());
    int slices = sample.getSliceOperationsCount();
    for (int slice = 0; slice < slices; slice += 2) {
      long second = slice + 1 < slices ? sample.getSliceOperations(slice + 1) : 0;
      coarse.addSliceOperations(sample.getSliceOperations(slice) + second);
    }
    return coarse.build();
  }
}
