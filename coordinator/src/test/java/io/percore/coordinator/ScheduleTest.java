package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.report.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private final RunReport model = Fixtures.quickRun();
  private final Planner planner = new Planner(model.experiment(), 2, true);

  private RunHeader header(@Nullable Double halfWidth) {
    return new RunHeader(
        "run",
        Instant.EPOCH,
        model.experiment(),
        model.catalogue(),
        model.environment(),
        planner.points(),
        null,
        halfWidth);
  }

  /// The outcome of an attempt, always the same one.
  private TrialOutcome outcome(Trial trial, int attempt, double mishaps) {
    Random random = new Random(31L * trial.index() + attempt);
    random.nextInt();
    if (random.nextDouble() < mishaps) {
      return random.nextBoolean() ? new Failed("lost", "") : new TimedOut("late");
    }
    List<TrialRecord> same =
        model.trials().stream()
            .filter(record -> record.trial().program().equals(trial.program()))
            .toList();
    return same.get(random.nextInt(same.size())).outcome();
  }

  /// Makes all attempts that are left.
  private List<TrialRecord> rest(RunHeader header, List<TrialRecord> before, double mishaps) {
    Schedule schedule = new Schedule(header, planner, before);
    List<TrialRecord> made = new ArrayList<>();
    do {
      for (Optional<Trial> due = schedule.due(); due.isPresent(); due = schedule.due()) {
        Trial trial = due.get();
        int attempt = schedule.attempts().attempts(trial) + 1;
        TrialRecord record =
            new TrialRecord(
                schedule.attempts().size(),
                trial,
                attempt,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                outcome(trial, attempt, mishaps));
        schedule.attempts().add(record);
        made.add(record);
      }
    } while (schedule.nextBlock(schedule.summary()));
    assertThat(schedule.finished()).isTrue();
    assertThat(schedule.left()).isZero();
    return made;
  }

  @ParameterizedTest
  @CsvSource({"0,", "0.4,", "0.9,", "0, 0.005", "0.4, 0.005"})
  void brokenOffAnywhereTheSameAttemptsFollow(double mishaps, @Nullable Double halfWidth) {
    RunHeader header = header(halfWidth);
    List<TrialRecord> whole = rest(header, List.of(), mishaps);
    assertThat(whole).hasSizeGreaterThanOrEqualTo(3 * planner.programs().size());
    for (int made = 0; made <= whole.size(); made++) {
      assertThat(rest(header, whole.subList(0, made), mishaps))
          .as("after %d attempts", made)
          .isEqualTo(whole.subList(made, whole.size()));
    }
  }

  @Test
  void blocksAreAddedUntilTheIntervalsAreNarrow() {
    int planned = 3 * planner.programs().size();
    assertThat(rest(header(null), List.of(), 0).size()).isEqualTo(planned);
    assertThat(rest(header(0.005), List.of(), 0).size()).isBetween(planned + 1, 100);
    assertThat(rest(header(1e-9), List.of(), 0).size())
        .isEqualTo(Schedule.MAXIMUM_BLOCKS * planner.programs().size());
  }

  @Test
  void whatFailedIsRunAgainAtTheEndOfItsBlockAndThreeTimesInAll() {
    Schedule schedule = new Schedule(header(null), planner, List.of());
    List<Trial> order = new ArrayList<>();
    Trial unlucky = planner.block(0).getFirst();
    for (Optional<Trial> due = schedule.due(); due.isPresent(); due = schedule.due()) {
      Trial trial = due.get();
      int attempt = schedule.attempts().attempts(trial) + 1;
      order.add(trial);
      schedule
          .attempts()
          .add(
              new TrialRecord(
                  order.size() - 1,
                  trial,
                  attempt,
                  Instant.EPOCH,
                  Duration.ZERO,
                  outcome(trial, attempt, trial.equals(unlucky) ? 1 : 0)));
    }
    List<Trial> expected = new ArrayList<>(planner.block(0));
    expected.add(unlucky);
    expected.add(unlucky);
    assertThat(order).isEqualTo(expected);
    assertThat(schedule.left()).isEqualTo(2 * planner.programs().size());
    assertThat(schedule.finished()).isFalse();
  }
}
