package io.percore.coordinator;

import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.KeptSlices;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.Resume;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.UsualClock;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.TrialConductor;
import io.percore.coordinator.session.TrialOrder;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.coordinator.stats.Exactness;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.steady.RateSeries;
import io.percore.coordinator.stats.steady.Steadiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Carries an experiment out by its schedule, from the beginning or from where it was broken off,
/// each trial written down before the next begins. Conducted by one thread.
final class ComparisonRun {
  private final RunHeader header;
  private final Planner planner;
  private final Schedule schedule;
  private final TrialConductor conductor;
  private final RunJournal journal;
  private final Progress progress;
  private final AttemptLog watched;
  private final AttemptLog memory;
  private final AttemptLog called;
  private final AttemptLog logged;
  private final UsualClock usualClock;
  private final KeptSlices slices = new KeptSlices();

  /// What the next attempt notes; null after it, and in a run that was not resumed.
  private @Nullable Resume resume;

  /// @param planner of the journal's experiment
  /// @param schedule of its trials, which knows the attempts that the journal holds
  /// @param conductor of its trials
  /// @param journal that every attempt is written to
  /// @param progress told of every attempt
  /// @param resume that the run goes on; null when it begins
  ComparisonRun(
      Planner planner,
      Schedule schedule,
      TrialConductor conductor,
      RunJournal journal,
      Progress progress,
      @Nullable Resume resume) {
    RunJournal.Contents before = journal.contents();
    this.header = before.header();
    this.planner = planner;
    this.schedule = schedule;
    this.conductor = conductor;
    this.journal = journal;
    this.progress = progress;
    this.watched = new AttemptLog(before.aside().watched());
    this.memory = new AttemptLog(before.aside().memory());
    this.called = new AttemptLog(before.aside().called());
    this.logged = new AttemptLog(before.aside().logged());
    this.usualClock = new UsualClock(header.environment().hardwareThreads());
    this.resume = resume;
    before.trials().forEach(slices::of);
    Stream.concat(before.trials().stream(), before.aside().stream()).forEach(this::remember);
  }

  /// Takes the clock of an earlier attempt in if [#judged] did so.
  private void remember(TrialRecord earlier) {
    Measurement judged =
        switch (earlier.outcome()) {
          case Completed(var measurement, var defects, var _) ->
              defects.isEmpty() ? measurement : null;
          case Invalidated(var _, var measurement) -> measurement;
          case Failed _, TimedOut _ -> null;
        };
    if (judged != null && !earlier.trial().program().onEachMachine()) {
      usualClock.add(judged);
    }
  }

  /// Every attempt so far, in order. After an exception these are what is kept.
  List<TrialRecord> records() {
    return schedule.attempts().records();
  }

  /// Runs all blocks, or what is left of them.
  ///
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when the journal cannot be written; what was written before is kept
  void run() throws InterruptedException, JournalException {
    boolean more = true;
    while (more) {
      for (Optional<Trial> due = schedule.due(); due.isPresent(); due = schedule.due()) {
        attempt(due.get());
      }
      ScalingSummary summary = schedule.summary();
      progress.known(Precision.widest(summary));
      int blocks = schedule.blocks();
      more = schedule.nextBlock(summary);
      progress.more((schedule.blocks() - blocks) * planner.programs().size());
    }
    progress.clear();
  }

  /// Watches the lock of each program that has one for all objects, at the largest parallelism that
  /// the experiment has it at.
  ///
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void watch() throws InterruptedException, JournalException {
    aside(
        planner.watchable(header.catalogue(), block(watched, 0)), conductor, Purpose.LOCK, watched);
  }

  /// Runs each strategy once more at the largest parallelism that has processors, with workers
  /// whose heap is not touched beforehand, to see what memory they need.
  ///
  /// @param untouched conducts trials of such workers
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void memory(TrialConductor untouched) throws InterruptedException, JournalException {
    aside(planner.largest(block(memory, 1)), untouched, Purpose.SPEED, memory);
  }

  /// Finds out what it costs to hand work to processes piece by piece: for each strategy of several
  /// processes as many trials as it has forks, at the largest parallelism that has processors.
  ///
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void call() throws InterruptedException, JournalException {
    aside(planner.ofSeveralProcesses(block(called, 2)), conductor, Purpose.CALLS, called);
  }

  /// Runs each strategy once more at the largest parallelism that has processors, with workers that
  /// write down what their JVMs compile.
  ///
  /// @param logging conducts trials of such workers
  /// @throws InterruptedException when a signal asked for the end; what is finished is kept
  /// @throws JournalException when it cannot be written down; what was written before is kept
  void log(TrialConductor logging) throws InterruptedException, JournalException {
    int block = block(logged, 2 + header.experiment().forks());
    aside(planner.largest(block), logging, Purpose.SPEED, logged);
  }

  /// Every attempt so far at a trial that belongs to no point, also those that failed.
  SideTrials sideTrials() {
    return new SideTrials(watched.records(), memory.records(), called.records(), logged.records());
  }

  /// Number of the first block that trials aside make up: after those of the run, and what it was
  /// before where some of them are made already.
  private int block(AttemptLog made, int after) {
    return made.records().stream()
        .findFirst()
        .map(first -> first.trial().block())
        .orElse(schedule.blocks() + after);
  }

  private void aside(List<Trial> trials, TrialConductor with, Purpose purpose, AttemptLog made)
      throws InterruptedException, JournalException {
    List<Trial> wanted = trials.stream().filter(made::due).toList();
    progress.more(wanted.size());
    for (Trial trial : wanted) {
      while (made.due(trial)) {
        int attempt = made.attempts(trial) + 1;
        progress.begins(trial, attempt, trial.block() + 1);
        TrialRecord record = conducted(with, made.size(), trial, attempt, purpose);
        made.add(record);
        journal.aside(sideTrials());
        progress.ended(record, made.due(trial));
      }
    }
    progress.clear();
  }

  private void attempt(Trial trial) throws InterruptedException, JournalException {
    AttemptLog made = schedule.attempts();
    int attempt = made.attempts(trial) + 1;
    progress.begins(trial, attempt, schedule.blocks());
    TrialRecord record =
        conducted(conductor, made.size(), trial, attempt, Purpose.SPEED).after(resume);
    journal.append(record);
    resume = null;
    made.add(slices.of(record));
    progress.ended(record, made.due(trial));
  }

  private TrialRecord conducted(
      TrialConductor with, int sequence, Trial trial, int attempt, Purpose purpose)
      throws InterruptedException {
    with.awaitMachines(this::tell)
        .ifPresent(
            how -> {
              throw new MachineLost(how);
            });
    Instant started = Instant.now();
    long before = System.nanoTime();
    TrialOutcome outcome =
        judged(trial, checked(trial, with.conduct(order(trial, attempt, purpose))), attempt);
    return new TrialRecord(
        sequence, trial, attempt, started, Duration.ofNanos(System.nanoTime() - before), outcome);
  }

  private void tell(String line) {
    progress.clear();
    System.err.println("percore: " + line);
  }

  private TrialOrder order(Trial trial, int attempt, Purpose purpose) {
    Experiment experiment = header.experiment();
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
        header.cluster(),
        header.environment().canPin() ? placements() : List.of(),
        experiment.seed() + trial.index(),
        purpose);
  }

  private List<List<Integer>> placements() {
    return header.everyMachine().stream()
        .map(machine -> machine.placement(header.experiment().place()))
        .toList();
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
  private TrialOutcome judged(Trial trial, TrialOutcome outcome, int attempt) {
    DisturbanceLimits limits = header.limits();
    if (limits == null
        || !(outcome instanceof Completed(var measurement, var defects, var _))
        || !defects.isEmpty()) {
      return outcome;
    }
    OptionalDouble clock = clock(trial, measurement);
    Optional<String> exceeded =
        limits.exceeded(measurement).or(() -> limits.slowerThanUsual(clock));
    if (exceeded.isEmpty()) {
      return outcome;
    }
    return attempt < AttemptLog.MOST
        ? new Invalidated(exceeded.get(), measurement)
        : new Completed(measurement, defects, exceeded.get());
  }

  /// Its clock as a share of what was usual so far, of which it is part from now on. Unknown where
  /// it ran on each machine: others may have other clocks.
  private OptionalDouble clock(Trial trial, Measurement measurement) {
    if (trial.program().onEachMachine()) {
      return OptionalDouble.empty();
    }
    OptionalDouble share = usualClock.share(measurement);
    usualClock.add(measurement);
    return share;
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
    Steadiness steadiness = Steadiness.of(RateSeries.of(measurement).operations());
    return new Completed(
        measurement.withSteadyState(steadiness.state(), steadiness.changepoints()),
        defects,
        completed.disturbance());
  }

  private Optional<String> wrongCount(Trial trial, Measurement measurement) {
    if (measurement.verification().exact()
        || !Exactness.required(header.experiment(), header.catalogue(), trial.program())) {
      return Optional.empty();
    }
    return Optional.of(
        "wrong count under %s: %s"
            .formatted(trial.program().name(), measurement.verification().faults()));
  }
}
