package io.percore.coordinator;

import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.KeptSlices;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.UsualClock;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.TrialConductor;
import io.percore.coordinator.session.TrialOrder;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.coordinator.stats.Exactness;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.Summaries;
import io.percore.coordinator.stats.steady.RateSeries;
import io.percore.coordinator.stats.steady.Steadiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Carries an experiment out: block after block, each trial written down before the next begins,
/// and what failed run again at the end of its block. Conducted by one thread.
final class ComparisonRun {
  /// Attempts at one trial in all.
  static final int ATTEMPTS = 3;

  /// Blocks at most when they are added until the intervals are narrow enough.
  static final int MAXIMUM_BLOCKS = 50;

  private final RunHeader header;
  private final Planner planner;
  private final TrialConductor conductor;
  private final RunJournal journal;
  private final Progress progress;
  private final Precision precise;
  private final List<TrialRecord> records = new ArrayList<>();
  private final List<TrialRecord> watched = new ArrayList<>();
  private final List<TrialRecord> memory = new ArrayList<>();
  private final List<TrialRecord> called = new ArrayList<>();
  private final List<TrialRecord> logged = new ArrayList<>();
  private final UsualClock usualClock;
  private final KeptSlices slices = new KeptSlices();
  private int blocks;

  /// @param header what is fixed beforehand
  /// @param planner of its experiment
  /// @param conductor of its trials
  /// @param journal that every attempt is written to
  /// @param progress told of every attempt
  /// @param precise whether the intervals are narrow enough; blocks are added until they are
  ComparisonRun(
      RunHeader header,
      Planner planner,
      TrialConductor conductor,
      RunJournal journal,
      Progress progress,
      Precision precise) {
    this.header = header;
    this.planner = planner;
    this.conductor = conductor;
    this.journal = journal;
    this.progress = progress;
    this.precise = precise;
    this.blocks = header.experiment().forks();
    this.usualClock = new UsualClock(header.environment().hardwareThreads());
  }

  /// Every attempt so far, in order. After an exception these are what is kept.
  List<TrialRecord> records() {
    return List.copyOf(records);
  }

  /// Runs all blocks.
  ///
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when the journal cannot be written; what was written before is kept
  void run() throws InterruptedException, JournalException {
    for (int block = 0; block < blocks; block++) {
      runBlock(block);
      ScalingSummary summary = summary();
      progress.known(Precision.widest(summary));
      if (block == blocks - 1 && blocks < MAXIMUM_BLOCKS && !precise.reached(summary)) {
        blocks++;
        progress.more(planner.programs().size());
      }
    }
    progress.clear();
  }

  /// Watches the lock of each program that has one for all objects, at the largest parallelism that
  /// the experiment has it at.
  ///
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void watch() throws InterruptedException, JournalException {
    aside(planner.watchable(header.catalogue(), blocks), conductor, Purpose.LOCK, watched);
  }

  /// Runs each strategy once more at the largest parallelism that has processors, with workers
  /// whose heap is not touched beforehand, to see what memory they need.
  ///
  /// @param untouched conducts trials of such workers
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void memory(TrialConductor untouched) throws InterruptedException, JournalException {
    aside(planner.largest(blocks + 1), untouched, Purpose.SPEED, memory);
  }

  /// Finds out what it costs to hand work to processes piece by piece: for each strategy of several
  /// processes as many trials as it has forks, at the largest parallelism that has processors.
  ///
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void call() throws InterruptedException, JournalException {
    aside(planner.ofSeveralProcesses(blocks + 2), conductor, Purpose.CALLS, called);
  }

  /// Runs each strategy once more at the largest parallelism that has processors, with workers that
  /// write down what their JVMs compile.
  ///
  /// @param logging conducts trials of such workers
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void log(TrialConductor logging) throws InterruptedException, JournalException {
    int block = blocks + 2 + header.experiment().forks();
    aside(planner.largest(block), logging, Purpose.SPEED, logged);
  }

  /// Every attempt so far at a trial that belongs to no point, also those that failed.
  SideTrials sideTrials() {
    return new SideTrials(watched, memory, called, logged);
  }

  private void aside(
      List<Trial> trials, TrialConductor with, Purpose purpose, List<TrialRecord> attempts)
      throws InterruptedException, JournalException {
    progress.more(trials.size());
    for (Trial trial : trials) {
      boolean again = true;
      for (int attempt = 1; again; attempt++) {
        progress.begins(trial, attempt, trial.block() + 1);
        TrialRecord record = conducted(with, attempts.size(), trial, attempt, purpose);
        attempts.add(record);
        journal.aside(sideTrials());
        again = !(record.outcome() instanceof Completed) && attempt < ATTEMPTS;
        progress.ended(record, again);
      }
    }
    progress.clear();
  }

  private ScalingSummary summary() {
    return Summaries.summarize(
        header.experiment(),
        header.catalogue(),
        header.environment().hardwareThreads(),
        header.points(),
        List.copyOf(records));
  }

  private void runBlock(int block) throws InterruptedException, JournalException {
    List<Trial> pending = planner.block(block);
    for (int attempt = 1; attempt <= ATTEMPTS && !pending.isEmpty(); attempt++) {
      List<Trial> again = new ArrayList<>();
      for (Trial trial : pending) {
        progress.begins(trial, attempt, blocks);
        TrialRecord record = attempt(trial, attempt);
        boolean repeat = !(record.outcome() instanceof Completed) && attempt < ATTEMPTS;
        if (repeat) {
          again.add(trial);
        }
        progress.ended(record, repeat);
      }
      pending = again;
    }
  }

  private TrialRecord attempt(Trial trial, int attempt)
      throws InterruptedException, JournalException {
    TrialRecord record = conducted(conductor, records.size(), trial, attempt, Purpose.SPEED);
    journal.append(record);
    records.add(slices.of(record));
    return record;
  }

  private TrialRecord conducted(
      TrialConductor with, int sequence, Trial trial, int attempt, Purpose purpose)
      throws InterruptedException {
    Instant started = Instant.now();
    long before = System.nanoTime();
    TrialOutcome outcome =
        judged(checked(trial, with.conduct(order(trial, attempt, purpose))), attempt);
    return new TrialRecord(
        sequence, trial, attempt, started, Duration.ofNanos(System.nanoTime() - before), outcome);
  }

  private TrialOrder order(Trial trial, int attempt, Purpose purpose) {
    Experiment experiment = header.experiment();
    Environment environment = header.environment();
    return new TrialOrder(
        trial,
        attempt,
        parameters(trial),
        experiment.workload(),
        workload().incrementsOnly(),
        experiment.workloadParameters(),
        experiment.scaling().operations(trial.program().parallelism()),
        experiment.warmUp(),
        experiment.window(),
        Cluster.of(environment.hardwareThreads()),
        environment.canPin() ? List.of(environment.placement(experiment.place())) : List.of(),
        experiment.seed() + trial.index(),
        purpose);
  }

  private Map<String, String> parameters(Trial trial) {
    return header
        .experiment()
        .disciplineParameters()
        .getOrDefault(trial.program().discipline(), Map.of());
  }

  private Catalogue.Workload workload() {
    return header.catalogue().workload(header.experiment().workload()).orElseThrow();
  }

  /// Holds a sound trial against the limits on what may disturb it. The last attempt is kept all
  /// the same, and marked: a figure from a disturbed machine says more than none. A wrong count is
  /// not excused by a disturbance.
  private TrialOutcome judged(TrialOutcome outcome, int attempt) {
    DisturbanceLimits limits = header.limits();
    if (limits == null
        || !(outcome instanceof Completed(var measurement, var defects, var _))
        || !defects.isEmpty()) {
      return outcome;
    }
    OptionalDouble clock = usualClock.share(measurement);
    usualClock.add(measurement);
    Optional<String> exceeded =
        limits.exceeded(measurement).or(() -> limits.slowerThanUsual(clock));
    if (exceeded.isEmpty()) {
      return outcome;
    }
    return attempt < ATTEMPTS
        ? new Invalidated(exceeded.get(), measurement)
        : new Completed(measurement, defects, exceeded.get());
  }

  /// Adds to a completed trial what is wrong with its counts, and whether it was steady. Its speed
  /// is judged with its block's other trials, when the figures are worked out.
  private TrialOutcome checked(Trial trial, TrialOutcome outcome) {
    if (!(outcome instanceof Completed completed)) {
      return outcome;
    }
    Measurement measurement = completed.measurement();
    List<String> defects = new ArrayList<>(completed.defects());
    wrongCount(trial, measurement).ifPresent(defects::add);
    return new Completed(
        measurement.withSteadyState(Steadiness.of(RateSeries.of(measurement).operations()).state()),
        defects,
        completed.disturbance());
  }

  private Optional<String> wrongCount(Trial trial, Measurement measurement) {
    if (measurement.verification().exact()
        || !Exactness.required(header.experiment(), header.catalogue(), trial.program())) {
      return Optional.empty();
    }
    return Optional.of(
        "wrong count under %s@%s: %s"
            .formatted(
                trial.program().discipline(),
                trial.program().layout(),
                measurement.verification().faults()));
  }
}
