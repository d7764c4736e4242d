package io.percore.coordinator.report;

import io.percore.coordinator.stats.BreakEven;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.JobCost;
import io.percore.coordinator.stats.ProcessCost;
import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the figures of calls and of jobs say, a sentence each.
///
/// A sentence rests on medians or means, whose intervals may hold 1. So one on all sizes gives the
/// ratio that speaks least for it, one on some sizes that which speaks most for it, and each says
/// when even that is not enough.
final class ProcessCostSentences {
  /// The least sure to be above 1 comes first.
  private static final Comparator<Shown> BY_LOW =
      Comparator.comparingDouble(Shown::low).thenComparingDouble(shown -> shown.ratio().value());

  /// The least sure to be below 1 comes last.
  private static final Comparator<Shown> BY_HIGH =
      Comparator.comparingDouble(Shown::high).thenComparingDouble(shown -> shown.ratio().value());

  private ProcessCostSentences() {}

  /// What calls cost, and from which size on they do more than threads.
  static List<String> of(ProcessCost cost) {
    Piece smallest = cost.pieces().getFirst();
    Words words = new Words("Calls to " + cost.strategy(), "size", ProcessCostPanel::operations);
    List<Work> sizes =
        cost.pieces().stream().map(p -> new Work((double) p.operations(), p.against())).toList();
    String first =
        "With %s at N = %d a call of %s takes %s, the work included (%s)."
            .formatted(
                cost.strategy(),
                cost.parallelism(),
                ProcessCostPanel.operations((double) smallest.operations()),
                Quantities.nanos(smallest.callNanos()),
                forks(smallest.forks()));
    return sentences(first, words, sizes, cost::breakEven);
  }

  /// What a start costs, and from which length of a job on it is worth it.
  static List<String> of(JobCost cost) {
    Words words =
        new Words(
            "Started for a job, the workers of " + cost.strategy(), "length", JobCostPanel::length);
    List<Work> lengths =
        cost.jobs().stream().map(job -> new Work(job.nanos(), job.against())).toList();
    String first =
        "Starting the workers of %s at N = %d takes %s (%s)."
            .formatted(
                cost.strategy(),
                cost.parallelism(),
                Quantities.nanos(cost.startNanos()),
                forks(cost.forks()));
    return sentences(first, words, lengths, cost::breakEven);
  }

  /// How a sentence speaks of sizes.
  ///
  /// @param subject what does more or less than threads
  /// @param dimension in which the work varies
  /// @param size a size for people, with its unit
  private record Words(String subject, String dimension, DoubleFunction<String> size) {}

  /// Work of one size, over each strategy of threads.
  private record Work(double size, Map<String, Estimate> against) {}

  /// A ratio that a sentence rests on.
  ///
  /// @param size that it is of
  /// @param words the same for people
  private record Shown(Estimate ratio, double size, String words) {
    double low() {
      return ratio.interval() == null ? Double.NEGATIVE_INFINITY : ratio.interval().low();
    }

    double high() {
      return ratio.interval() == null ? Double.POSITIVE_INFINITY : ratio.interval().high();
    }

    @Override
    public String toString() {
      String interval = ratio.interval() == null ? " (no interval)" : "";
      return Quantities.ratio(ratio) + interval + " at " + words;
    }
  }

  private static List<String> sentences(
      String first,
      Words words,
      List<Work> works,
      Function<String, Optional<BreakEven>> breakEven) {
    List<String> sentences = new ArrayList<>(List.of(first));
    for (String other : works.getFirst().against().keySet()) {
      List<Shown> ratios = works.stream().flatMap(work -> shown(words, other, work)).toList();
      breakEven.apply(other).ifPresent(even -> sentences.add(claim(words, other, ratios, even)));
    }
    return sentences;
  }

  private static Stream<Shown> shown(Words words, String other, Work work) {
    Estimate ratio = work.against().get(other);
    return ratio == null
        ? Stream.empty()
        : Stream.of(new Shown(ratio, work.size(), words.size().apply(work.size())));
  }

  /// @param ratios over the other strategy at every size, ascending
  private static String claim(Words words, String other, List<Shown> ratios, BreakEven even) {
    List<Shown> above = ratios.stream().filter(shown -> shown.ratio().value() > 1).toList();
    return switch (even) {
      case BreakEven.Always() ->
          "%s do more than %s at every %s: ".formatted(words.subject(), other, words.dimension())
              + evidence(Collections.min(ratios, BY_LOW));
      case BreakEven.NotUpTo(_) when above.isEmpty() ->
          "%s do not do more than %s at any %s: "
                  .formatted(words.subject(), other, words.dimension())
              + evidence(Collections.max(ratios, BY_HIGH));
      case BreakEven.NotUpTo(_) ->
          "%s do more than %s at some %ss, but not at the largest: "
                  .formatted(words.subject(), other, words.dimension())
              + evidence(Collections.max(above, BY_LOW), ratios.getLast());
      case BreakEven.Between(double size, double last, double first) -> {
        List<Shown> before = ratios.stream().filter(shown -> shown.size() <= last).toList();
        List<Shown> beyond = ratios.stream().filter(shown -> shown.size() >= first).toList();
        yield "%s do more than %s from about %s on: "
                .formatted(words.subject(), other, words.size().apply(size))
            + evidence(before.getLast(), Collections.min(beyond, BY_LOW));
      }
    };
  }

  /// The ratios, and whether they are evidence by the digits that are shown.
  private static String evidence(Shown... ratios) {
    String said = Stream.of(ratios).map(Shown::toString).collect(Collectors.joining(", and "));
    if (Stream.of(ratios).anyMatch(shown -> shown.ratio().interval() == null)) {
      return said + ". Without an interval this is not established.";
    }
    return Stream.of(ratios)
            .anyMatch(
                shown ->
                    Quantities.rounded(shown.low()) <= 1 && Quantities.rounded(shown.high()) >= 1)
        ? said + ". An interval holds 1: this is not established."
        : said + ".";
  }

  private static String forks(int forks) {
    return forks == 1 ? "one fork" : "median of " + Quantities.plural(forks, "fork");
  }
}
