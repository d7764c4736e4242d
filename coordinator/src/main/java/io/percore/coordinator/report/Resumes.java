package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Resume;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.Attempts.Attempt;
import io.percore.coordinator.stats.Median;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a run was resumed, and which blocks that went through: the ratios of such a block compare
/// trials from before with trials from after.
final class Resumes {
  private Resumes() {}

  /// A place where it was.
  ///
  /// @param attempts attempts before it
  /// @param began when the first attempt after it began
  /// @param idle time between the end of the last attempt before it and that; negative when the
  ///   clock was set back meanwhile
  /// @param restarted whether the machine was restarted since the last attempt before it
  /// @param block number of the block that it went through, from 0; null when it lay between two
  record Place(
      int attempts, Instant began, Duration idle, boolean restarted, @Nullable Integer block) {}

  /// All of them, in order.
  static List<Place> of(RunReport report) {
    List<Place> places = new ArrayList<>();
    String boot = report.environment().bootId();
    List<TrialRecord> trials = report.trials();
    for (int i = 0; i < trials.size(); i++) {
      TrialRecord first = trials.get(i);
      Resume resume = first.resume();
      if (resume == null) {
        continue;
      }
      if (i > 0) {
        TrialRecord last = trials.get(i - 1);
        int block = first.trial().block();
        places.add(
            new Place(
                i,
                first.started(),
                Duration.between(last.started().plus(last.duration()), first.started()),
                !resume.bootId().equals(boot),
                last.trial().block() == block ? block : null));
      }
      boot = resume.bootId();
    }
    return places;
  }

  /// All of them in words, with what a reader has to know of the blocks that they went through.
  static List<String> sentences(RunReport report) {
    List<Place> places = of(report);
    List<String> sentences = new ArrayList<>();
    for (Place place : places) {
      sentences.add(
          "The run was resumed after attempt "
              + place.attempts()
              + (place.idle().isNegative() ? "" : ", " + PageFacts.elapsed(place.idle()) + " later")
              + (place.restarted() ? ", on a machine that had been restarted" : "")
              + (place.block() == null
                  ? ", between two blocks."
                  : ", within block " + (place.block() + 1) + "."));
      if (place.block() != null) {
        sentences.add(within(report, place, place.block()));
      }
    }
    return sentences;
  }

  private static String within(RunReport report, Place place, int block) {
    List<Attempt> all =
        new Attempts(report)
            .all().stream().filter(a -> a.record().trial().block() == block).toList();
    List<Attempt> before =
        all.stream().filter(a -> a.record().sequence() < place.attempts()).toList();
    List<Attempt> after = all.subList(before.size(), all.size());
    return "Block "
        + (block + 1)
        + " compares "
        + attempts(before.size())
        + " before attempt "
        + (place.attempts() + 1)
        + " with "
        + after.size()
        + " from there on"
        + rates(before, after)
        + ".";
  }

  private static String attempts(int number) {
    return number + (number == 1 ? " attempt" : " attempts");
  }

  /// How fast either ran, where both are known.
  private static String rates(List<Attempt> before, List<Attempt> after) {
    Double first = median(before);
    Double then = median(after);
    return first == null || then == null
        ? ""
        : "; the medians of those used are "
            + Quantities.percent(first)
            + " and "
            + Quantities.percent(then)
            + " of the medians of their points";
  }

  private static @Nullable Double median(List<Attempt> attempts) {
    double[] used =
        attempts.stream()
            .filter(Attempt::counts)
            .map(Attempt::ofMedian)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return used.length == 0 ? null : Double.valueOf(Median.of(used));
  }
}
