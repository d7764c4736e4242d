package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/// Reads back what a report says of the places where its run was resumed.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class ResumeClaims {
  private static final Pattern RATES =
      Pattern.compile(
          "; the medians of those used are (.*) and (.*) of the medians of their points");

  private final Facts facts;
  private final List<TrialRecord> trials;

  private ResumeClaims(Facts facts) {
    this.facts = facts;
    this.trials = facts.report().trials();
  }

  /// Adds their forms to those of a place.
  static void addTo(Grammar grammar, Facts facts) {
    ResumeClaims claims = new ResumeClaims(facts);
    grammar
        .form(
            "The run was resumed after attempt {int:k}{rest:how}, between two blocks.",
            c -> {
              int k = c.number("k");
              claims.resumed(k, c.text("how"));
              assertThat(claims.block(k)).isNotEqualTo(claims.block(k - 1));
            })
        .form(
            "The run was resumed after attempt {int:k}{rest:how}, within block {int:b}.",
            c -> {
              int k = c.number("k");
              claims.resumed(k, c.text("how"));
              assertThat(claims.block(k))
                  .isEqualTo(claims.block(k - 1))
                  .isEqualTo(c.number("b") - 1);
            })
        .form(
            "Block {int:b} compares {int:k} attempt{s:s} before attempt {int:next} with {int:m}"
                + " from there on{rest:rates}.",
            claims::compared);
  }

  private int block(int position) {
    return trials.get(position).trial().block();
  }

  private void resumed(int first, String how) {
    String boot = facts.report().environment().bootId();
    for (TrialRecord earlier : trials.subList(0, first)) {
      boot = earlier.resume() == null ? boot : earlier.resume().bootId();
    }
    assertThat(trials.get(first).resume()).isNotNull();
    assertThat(how.endsWith(", on a machine that had been restarted"))
        .isEqualTo(!trials.get(first).resume().bootId().equals(boot));
    TrialRecord last = trials.get(first - 1);
    boolean later = !trials.get(first).started().isBefore(last.started().plus(last.duration()));
    assertThat(how.contains(" later")).isEqualTo(later);
  }

  private void compared(Claim claim) {
    int first = claim.number("next") - 1;
    assertThat(trials.get(first).resume()).isNotNull();
    List<TrialRecord> members =
        trials.stream().filter(t -> t.trial().block() == claim.number("b") - 1).toList();
    List<TrialRecord> before = members.stream().filter(t -> t.sequence() < first).toList();
    assertThat(before).hasSize(claim.number("k")).isNotEmpty();
    Grammar.plural(claim.text("s"), claim.number("k"));
    assertThat(members).hasSize(claim.number("k") + claim.number("m"));
    List<Double> then = shares(members.subList(before.size(), members.size()));
    List<Double> once = shares(before);
    assertThat(claim.text("rates").isEmpty()).isEqualTo(once.isEmpty() || then.isEmpty());
    Matcher rates = RATES.matcher(claim.text("rates"));
    if (rates.matches()) {
      Shown.is(rates.group(1), middle(once));
      Shown.is(rates.group(2), middle(then));
    } else {
      assertThat(claim.text("rates")).isEmpty();
    }
  }

  /// What was used of them, each over the median of its point, in ascending order.
  private List<Double> shares(List<TrialRecord> attempts) {
    List<Double> shares = new ArrayList<>();
    for (TrialRecord attempt : attempts) {
      if (attempt.outcome() instanceof Completed completed) {
        double rate = completed.measurement().operationsPerSecond();
        facts.points().stream()
            .filter(p -> p.point().program().equals(attempt.trial().program()))
            .filter(p -> p.forkThroughputs().contains(rate))
            .map(PointSummary::throughputMedian)
            .filter(Objects::nonNull)
            .findFirst()
            .ifPresent(median -> shares.add(rate / median));
      }
    }
    return shares.stream().sorted().toList();
  }

  private static double middle(List<Double> sorted) {
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
