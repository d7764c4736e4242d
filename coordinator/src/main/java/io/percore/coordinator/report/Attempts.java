package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
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
  private final Map<Program, Point> points = new HashMap<>();
  private final List<Attempt> all;

  /// A point, of those with its program the last.
  ///
  /// @param usedRates the rates that its figures, or those of another of these, rest on
  private record Point(PointSummary summary, Set<Double> usedRates) {}

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
      Program program = point.point().program();
      Point other = points.get(program);
      Set<Double> rates = other == null ? new HashSet<>() : other.usedRates();
      rates.addAll(point.forkThroughputs());
      points.put(program, new Point(point, rates));
    }
    List<TrialRecord> records =
        report.trials().stream()
            .filter(record -> !record.trial().program().onEachMachine())
            .sorted(Comparator.comparingInt(TrialRecord::sequence))
            .toList();
    List<Attempt> backwards = new ArrayList<>();
    Map<Integer, Integer> next = new HashMap<>();
    for (int i = records.size() - 1; i >= 0; i--) {
      TrialRecord record = records.get(i);
      Integer replacement = next.put(record.trial().index(), i);
      backwards.add(attempt(record, replacement == null ? -1 : replacement));
    }
    all = backwards.reversed();
  }

  /// All of them, in order.
  List<Attempt> all() {
    return all;
  }

  /// Whether some point has two trials that can be held against each other.
  boolean comparable() {
    return points.values().stream().anyMatch(point -> point.summary().forks() > 1);
  }

  private Attempt attempt(TrialRecord record, int replacement) {
    Measurement measurement =
        switch (record.outcome()) {
          case Completed completed -> completed.measurement();
          case Invalidated invalidated -> invalidated.measurement();
          case Failed _, TimedOut _ -> null;
        };
    Program program = record.trial().program();
    Point point = points.get(program);
    Double rate = measurement == null ? null : measurement.operationsPerSecond();
    Double median = point == null ? null : point.summary().throughputMedian();
    // The summary says which figures it rests on; a trial may be sound by itself and yet too fast
    // beside the others of its block.
    boolean used =
        record.outcome() instanceof Completed
            && rate != null
            && point != null
            && point.usedRates().contains(rate);
    String reason = PageTrials.reason(record.outcome());
    return new Attempt(
        record,
        rate == null || median == null ? null : rate / median,
        rate,
        used ? reason.isEmpty() ? Standing.COUNTS : Standing.MARKED : Standing.NOT_COUNTED,
        note(reason, used, point == null ? List.of() : point.summary().defects()),
        replacement);
  }

  private static String note(String reason, boolean used, List<String> defects) {
    if (used) {
      return reason.isEmpty() ? "" : "kept, the last attempt, although " + reason;
    }
    if (!reason.isEmpty()) {
      return "not used: " + reason;
    }
    return defects.isEmpty()
        ? "not used: a later attempt at it counts"
        : "not used: " + String.join("; ", defects);
  }
}
