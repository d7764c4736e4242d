package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.report.chart.Strip.Standing;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every attempt of a run at a trial of a point, in the order in which they were made, each held
/// against the median of its own point.
final class Attempts {
  private final Map<Program, PointSummary> points = new HashMap<>();
  private final Map<Program, Set<Double>> usedRates = new HashMap<>();
  private final List<Attempt> all;

  /// One attempt.
  ///
  /// @param ofMedian its rate over the median of its point; null where either is unknown
  /// @param rate operations per second, or null
  /// @param note why it does not count, or with what reservation; else empty
  /// @param replacement position of the next attempt at the same trial; -1 when there is none
  record Attempt(
      TrialRecord record,
      @Nullable Double ofMedian,
      @Nullable Double rate,
      Standing standing,
      String note,
      int replacement) {
    boolean counts() {
      return standing != Standing.NOT_COUNTED;
    }

    Program program() {
      return record.trial().program();
    }
  }

  Attempts(RunReport report) {
    for (PointSummary point : report.summary().points()) {
      points.put(point.point().program(), point);
      usedRates
          .computeIfAbsent(point.point().program(), _ -> new HashSet<>())
          .addAll(point.forkThroughputs());
    }
    List<TrialRecord> records =
        report.trials().stream()
            .filter(record -> !record.trial().program().onEachMachine())
            .sorted(Comparator.comparingInt(TrialRecord::sequence))
            .toList();
    List<Attempt> backwards = new ArrayList<>();
    Map<Trial, Integer> next = new HashMap<>();
    for (int i = records.size() - 1; i >= 0; i--) {
      TrialRecord record = records.get(i);
      backwards.add(attempt(record, next.getOrDefault(record.trial(), -1)));
      next.put(record.trial(), i);
    }
    all = backwards.reversed();
  }

  /// All of them, in order.
  List<Attempt> all() {
    return all;
  }

  /// Whether some point has two trials that can be held against each other.
  boolean comparable() {
    return points.values().stream().anyMatch(point -> point.forks() > 1);
  }

  private Attempt attempt(TrialRecord record, int replacement) {
    Measurement measurement =
        switch (record.outcome()) {
          case Completed completed -> completed.measurement();
          case Invalidated invalidated -> invalidated.measurement();
          case Failed _, TimedOut _ -> null;
        };
    Program program = record.trial().program();
    PointSummary point = points.get(program);
    Double rate = measurement == null ? null : measurement.operationsPerSecond();
    Double median = point == null ? null : point.throughputMedian();
    // The summary says which figures it rests on; a trial may be sound by itself and yet too fast
    // beside the others of its block.
    boolean used =
        record.outcome() instanceof Completed
            && rate != null
            && usedRates.getOrDefault(program, Set.of()).contains(rate);
    return new Attempt(
        record,
        rate == null || median == null ? null : rate / median,
        rate,
        standing(record, used),
        note(record, used, point),
        replacement);
  }

  private static Standing standing(TrialRecord record, boolean used) {
    if (!used) {
      return Standing.NOT_COUNTED;
    }
    return PageTrials.reason(record.outcome()).isEmpty() ? Standing.COUNTS : Standing.MARKED;
  }

  private static String note(TrialRecord record, boolean used, @Nullable PointSummary point) {
    String reason = PageTrials.reason(record.outcome());
    if (used) {
      return reason.isEmpty() ? "" : "kept, the last attempt, although " + reason;
    }
    if (!reason.isEmpty()) {
      return "not used: " + reason;
    }
    return point == null || point.defects().isEmpty()
        ? "not used: a later attempt at it counts"
        : "not used: " + String.join("; ", point.defects());
  }
}
