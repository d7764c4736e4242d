package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.MemoryParts;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Memory trials of every shape for a run, each from its seed: of one program or of many, of equal
/// and of unequal sizes, with ties, with unknown parts or wholes, and with mishaps.
final class AnyMemory {
  private final RunReport run;
  private final Random random;
  private final long usual;
  private final double spread;

  private AnyMemory(RunReport run, long seed) {
    this.run = run;
    this.random = new Random(37 * seed + 11);
    this.usual = (long) Math.pow(10, List.of(1, 4, 8, 8, 8, 11).get(random.nextInt(6)));
    this.spread = List.of(0.0, 0.0004, 0.004, 1.0, 4.0).get(random.nextInt(5));
  }

  /// The run with memory trials beside what it has.
  static RunReport addedTo(RunReport run, long seed) {
    SideTrials aside = run.aside();
    List<TrialRecord> memory = new AnyMemory(run, seed).trials();
    return Asides.with(
        run, new SideTrials(aside.watched(), memory, aside.called(), aside.logged()));
  }

  /// Of most strategies at their largest size, as in a real run; some at another.
  private List<TrialRecord> trials() {
    List<Program> programs = new ArrayList<>();
    boolean one = random.nextInt(5) == 0;
    boolean anySize = random.nextInt(3) == 0;
    for (Curve curve : Curve.all(run.summary())) {
      List<PointSummary> points = curve.points();
      int which = anySize ? random.nextInt(points.size()) : points.size() - 1;
      programs.add(points.get(which).point().program());
    }
    Collections.shuffle(programs, random);
    int count = random.nextInt(6) == 0 ? 0 : one ? 1 : 1 + random.nextInt(programs.size());
    List<TrialRecord> trials = new ArrayList<>();
    for (Program program : programs.subList(0, count).stream().distinct().toList()) {
      for (int attempt = 1; attempt <= 1 + random.nextInt(8) / 7; attempt++) {
        trials.add(Asides.attempt(trials.size(), program, attempt, outcome(program)));
      }
    }
    return trials;
  }

  private TrialOutcome outcome(Program program) {
    return random.nextInt(12) == 0
        ? new Failed("worker 1 was lost", "Killed")
        : new Completed(measurement(program), List.of());
  }

  private Measurement measurement(Program program) {
    int workers = program.layout().processes();
    boolean unknown = random.nextInt(12) == 0;
    boolean divided = random.nextInt(4) > 0;
    long each = Math.round(usual * Math.pow(10, spread * random.nextDouble()));
    return new Measurement(
        1_000_000,
        1,
        List.of(new ThreadSample(0, 0, 1, 0, 0, 1, 1, 1_000_000, 0, 0, 0, 0)),
        IntStream.range(0, workers)
            .mapToObj(
                slot ->
                    process(
                        slot,
                        unknown && slot == workers - 1 ? null : each + random.nextInt(3),
                        divided ? parts(each) : null))
            .toList(),
        new Verification(1, 1L, 1L, 0, 0, 0, 0, 0, true),
        List.of(),
        1,
        null,
        null,
        null,
        null);
  }

  /// Some are more than the whole, some nothing, and of some the files are unknown.
  private MemoryParts parts(long whole) {
    double most = random.nextInt(10) == 0 ? 1.0 : 0.2;
    return new MemoryParts(
        part(whole, most),
        part(whole, most),
        part(whole, most),
        random.nextInt(10) == 0 ? null : Long.valueOf(part(whole, most)));
  }

  private long part(long whole, double most) {
    return random.nextInt(8) == 0 ? 0 : (long) (whole * most * random.nextDouble());
  }

  private static ProcessSample process(
      int slot, @Nullable Long proportional, @Nullable MemoryParts parts) {
    return new ProcessSample(
        slot,
        1,
        1,
        1,
        true,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "Serial",
        1,
        List.of(),
        null,
        null,
        null,
        null,
        proportional,
        parts,
        null);
  }
}
