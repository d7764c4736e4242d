package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.MachineScaling;
import io.percore.coordinator.stats.MachineScaling.Baseline;
import io.percore.coordinator.stats.MachineScaling.Part;
import io.percore.coordinator.stats.PointSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/// Reads back what a report of several machines says of each of them.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class MachineClaims {
  private static final int LISTED = 4;

  /// `3.9x [3.8, 4.0] with 4 threads on node-a`.
  private static final Pattern PART =
      Pattern.compile("(\\S+x)( \\[[^]]*]| \\(no interval\\)) with (\\d+) thread(s?) on (.*)");

  private static final Pattern BASE =
      Pattern.compile(
          "at N = 1 with ([a-z-]+), (.*?)(, the farthest off,)? does"
              + " (\\S+x)( \\[[^]]*]| \\(no interval\\)) of what (.*) does");

  private final RunReport report;
  private final MachineScaling scaling;
  private final List<String> hosts;
  private final Grammar grammar;

  MachineClaims(RunReport report, Map<String, Integer> reached) {
    this.report = report;
    this.scaling =
        MachineScaling.of(
            report.experiment(),
            report.catalogue(),
            report.machines().size(),
            report.summary().points().stream().map(PointSummary::point).toList(),
            report.trials());
    this.hosts = MachineReport.names(report.machines());
    this.grammar = new Grammar("machines", new Facts(report).names(), reached);
    parts();
    agreement();
    others();
  }

  void read(List<String> sentences) {
    sentences.forEach(grammar::read);
    assertThat(sentences).doesNotHaveDuplicates();
  }

  private void parts() {
    grammar
        .form(
            "At N = {int:n} {name:a} does, of N = 1 on the same machine, {rest:least}, which is"
                + " least for each thread, and {rest:most}, which is most.",
            c -> {
              List<Part> shown = shown(c);
              assertThat(shown).hasSizeGreaterThan(LISTED);
              Comparator<Part> order =
                  Comparator.comparingDouble(part -> part.efficiency().value());
              assertThat(each(part(c.text("least"), shown)))
                  .isEqualTo(each(shown.stream().min(order).orElseThrow()));
              assertThat(each(part(c.text("most"), shown)))
                  .isEqualTo(each(shown.stream().max(order).orElseThrow()));
            })
        .form(
            "At N = {int:n} {name:a} does, of N = 1 on the same machine, {rest:parts}.",
            c -> {
              List<Part> shown = shown(c);
              assertThat(shown).hasSizeBetween(2, LISTED);
              // A host may be called "a, and b": each part is looked for by its ratio.
              String[] parts = c.text("parts").split(", and (?=[0-9.e+-]+x )", -1);
              assertThat(parts).hasSize(shown.size());
              for (int i = 0; i < parts.length; i++) {
                assertThat(part(parts[i], shown)).isEqualTo(shown.get(i));
              }
            });
  }

  private static double each(Part part) {
    return part.speedup().value() / part.threads();
  }

  /// The parts of the point that is claimed, which no other counted point within the machines
  /// exceeds in size.
  private List<Part> shown(Claim claim) {
    int n = claim.number("n");
    assertThat(n).isLessThanOrEqualTo(report.environment().hardwareThreads());
    assertThat(counted(claim.text("a"))).isTrue();
    scaling.parts().stream()
        .filter(part -> counted(part.point().strategy().name()))
        .filter(part -> part.point().parallelism() > n)
        .filter(part -> part.point().parallelism() <= report.environment().hardwareThreads())
        .map(Part::point)
        .distinct()
        .forEach(
            larger ->
                assertThat(scaling.parts())
                    .filteredOn(part -> part.point().equals(larger))
                    .anyMatch(part -> part.speedup() == null));
    return scaling.parts().stream()
        .filter(part -> part.point().parallelism() == n)
        .filter(part -> part.point().strategy().name().equals(claim.text("a")))
        .toList();
  }

  /// Whether it counts references, and has to count them exactly.
  private boolean counted(String strategy) {
    return new Facts(report)
        .curve(strategy).stream().allMatch(p -> p.exactRequired() && p.referenceCount());
  }

  /// The part of which a text tells the truth.
  private Part part(String text, List<Part> among) {
    Matcher words = PART.matcher(text);
    assertThat(words.matches()).as(text).isTrue();
    Part part =
        among.stream()
            .filter(p -> hosts.get(p.machine()).equals(words.group(5)))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no part ran on " + words.group(5)));
    Facts.ratio(words.group(1), words.group(2), part.speedup());
    assertThat(part.threads()).isEqualTo(Integer.parseInt(words.group(3)));
    Grammar.plural(words.group(4), part.threads());
    return part;
  }

  private void agreement() {
    grammar
        .form(
            "The machines are not alike: {rest:claim}.",
            c -> {
              assertThat(kinds()).isGreaterThan(1);
              base(c);
            })
        .form(
            "The machines are alike; {rest:claim}.",
            c -> {
              assertThat(kinds()).isEqualTo(1);
              assertThat(base(c).interval()).isNull();
            })
        .form(
            "The machines are alike, and yet {rest:claim}: what they do at larger N rests on"
                + " different bases.",
            c -> {
              assertThat(kinds()).isEqualTo(1);
              assertThat(holdsOne(base(c))).isFalse();
            })
        .form(
            "The machines are alike, and were not told apart: {rest:claim}.",
            c -> {
              assertThat(kinds()).isEqualTo(1);
              assertThat(holdsOne(base(c))).isTrue();
            })
        .form(
            "The machines are alike, and differ by little: {rest:claim}.",
            c -> {
              assertThat(kinds()).isEqualTo(1);
              Estimate ratio = base(c);
              assertThat(holdsOne(ratio)).isFalse();
              assertThat(ratio.interval().low()).isLessThan(1.031);
              assertThat(ratio.interval().high()).isGreaterThan(0.969);
            });
  }

  private static boolean holdsOne(Estimate ratio) {
    Interval interval = ratio.interval();
    return interval.low() <= 1 && interval.high() >= 1;
  }

  private long kinds() {
    return report.machines().stream().map(MachineClaims::kind).distinct().count();
  }

  private static List<Object> kind(Environment machine) {
    return List.of(machine.cpuModel(), machine.architecture(), machine.onlineCpus());
  }

  /// The ratio that is claimed of a machine at N = 1, which is the farthest from 1.
  private Estimate base(Claim claim) {
    Matcher words = BASE.matcher(claim.text("claim"));
    assertThat(words.matches()).as(claim.text("claim")).isTrue();
    assertThat(words.group(6)).isEqualTo(hosts.getFirst());
    assertThat(words.group(3) != null).as("of several").isEqualTo(hosts.size() > 2);
    List<Baseline> candidates =
        scaling.baselines().stream()
            .filter(base -> base.program().discipline().equals(words.group(1)))
            .filter(base -> base.overFirst() != null)
            .toList();
    Estimate farthest = farthest(candidates.stream().map(Baseline::overFirst));
    assertThat(candidates)
        .filteredOn(base -> base.overFirst().equals(farthest))
        .extracting(base -> hosts.get(base.machine()))
        .contains(words.group(2));
    Facts.ratio(words.group(4), words.group(5), farthest);
    return farthest;
  }

  private static Estimate farthest(Stream<Estimate> ratios) {
    return ratios
        .max(Comparator.comparingDouble(ratio -> Math.abs(Math.log(ratio.value()))))
        .orElseThrow();
  }

  private void others() {
    grammar
        .form(
            "Speedups of all machines together are over N = 1 on {rest:host}, the machine that is"
                + " filled first.",
            c -> assertThat(c.text("host")).isEqualTo(hosts.getFirst()))
        .form(
            "While the other machines run a thread each, {rest:host} does {ratio:r}{ends:i} of what"
                + " it does without them, with {rest:d}: they share something.",
            c -> {
              assertThat(c.text("host")).isEqualTo(hosts.getFirst());
              Estimate ratio =
                  farthest(
                      scaling.baselines().stream()
                          .filter(base -> base.program().discipline().equals(c.text("d")))
                          .map(Baseline::overAlone)
                          .filter(Objects::nonNull));
              Facts.ratio(c.text("r"), c.text("i"), ratio);
              assertThat(holdsOne(ratio)).isFalse();
            })
        .form(
            "The machines read one clock; {rest:late}",
            c -> {
              assertThat(trials().map(Measurement::clockBoundNanos)).containsOnlyNulls();
              late(c);
            })
        .form(
            "The clocks of the machines were known to {time:t} or better; {rest:late}",
            c -> {
              Shown.is(c.text("t"), largest(Measurement::clockBoundNanos) / 1e9);
              late(c);
            });
  }

  private void late(Claim claim) {
    Matcher words =
        Pattern.compile("the last thread began at most (.*) after the moment that was set\\.")
            .matcher(claim.text("late"));
    assertThat(words.matches()).isTrue();
    Shown.is(
        words.group(1),
        largest(m -> m.threads().stream().mapToLong(ThreadSample::startSkewNanos).max().orElse(0))
            / 1e9);
  }

  private double largest(Function<Measurement, Long> value) {
    return trials().map(value).filter(Objects::nonNull).mapToLong(l -> l).max().orElseThrow();
  }

  private Stream<Measurement> trials() {
    return report.trials().stream()
        .map(trial -> trial.outcome() instanceof Completed done ? done.measurement() : null)
        .filter(Objects::nonNull);
  }
}
