package io.percore.coordinator.measurement;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How an attempt at a trial ended.
public sealed interface TrialOutcome {
  /// It ran to its end. Its counts may still be wrong: then `defects` says so.
  ///
  /// @param measurement what it measured
  /// @param defects why it fails the run although it ran to its end: wrong counts where they must
  ///   be exact, or operations faster than a load and a store; empty when it is sound
  /// @param disturbance what disturbed it beyond its limit, when the last attempt was disturbed
  ///   like those before it and is kept all the same; else empty
  record Completed(Measurement measurement, List<String> defects, String disturbance)
      implements TrialOutcome {
    public Completed {
      Objects.requireNonNull(measurement);
      defects = List.copyOf(defects);
    }

    /// One that nothing disturbed.
    public Completed(Measurement measurement, List<String> defects) {
      this(measurement, defects, "");
    }
  }

  /// A worker failed or was lost.
  ///
  /// @param reason what happened, to which worker, in which phase
  /// @param stderrTail the end of what that worker wrote to its standard error, or empty
  record Failed(String reason, String stderrTail) implements TrialOutcome {}

  /// A deadline passed.
  ///
  /// @param reason which deadline, of which worker
  record TimedOut(String reason) implements TrialOutcome {}

  /// It ran, but for a reason that was declared beforehand its figures do not count.
  ///
  /// @param reason the reason
  /// @param measurement what it measured, where it ran to its end
  record Invalidated(String reason, @Nullable Measurement measurement) implements TrialOutcome {
    /// One that has measured nothing.
    public Invalidated(String reason) {
      this(reason, null);
    }
  }

  /// What it measured; null where it did not run to its end.
  default @Nullable Measurement measurement() {
    return null;
  }

  /// `completed`, `failed`, `timed-out` or `invalidated`, as the journal names it.
  default String label() {
    return switch (this) {
      case Completed _ -> "completed";
      case Failed _ -> "failed";
      case TimedOut _ -> "timed-out";
      case Invalidated _ -> "invalidated";
    };
  }
}
