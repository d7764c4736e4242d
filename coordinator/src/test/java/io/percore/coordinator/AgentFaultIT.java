package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.AgentFaultBench.Injection;
import io.percore.coordinator.AgentFaultBench.Verdict;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What can happen to an agent, and to the network of its machine, in every phase of its life: no
/// number is wrong, and no process is left. A machine that was cut off comes back and measures; one
/// that does not come back is named.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AgentFaultIT {
  private static final int AT_ONCE = 4;

  /// A trial may end before what is to happen does, on a busy machine.
  private static final int TRIES = 5;

  private static final List<Fault> FAULTS =
      List.of(
          Fault.KILLED,
          Fault.STOPPED,
          Fault.LINK_CLOSED,
          Fault.LINK_RESET,
          Fault.LINK_SILENT,
          Fault.LINK_SLOW);

  private static final ExecutorService POOL = Executors.newFixedThreadPool(AT_ONCE);

  /// What comes of each, in the order of the tests.
  private static final Map<Injection, Future<Verdict>> VERDICTS = new LinkedHashMap<>();

  /// When something happens.
  enum Phase {
    /// The coordinator has let it in, and it does not know.
    WELCOME("AGENT_WELCOME", true, 0),
    LAUNCH("AGENT_LAUNCH", true, 0),
    /// A worker says hello.
    JOIN("HELLO", true, 0),
    WARM_UP("PREPARE", false, 60),
    CLOCK("AGENT_CLOCK", false, 0),
    WINDOW("AGENT_QUIET", false, 200),
    RESULT("RESULT", true, 0),
    /// Its worker has ended.
    GOODBYE("AGENT_EXIT", true, 0);

    private final String message;
    private final boolean before;
    private final Duration later;

    Phase(String message, boolean before, int laterMillis) {
      this.message = message;
      this.before = before;
      this.later = Duration.ofMillis(laterMillis);
    }

    Injection with(Fault fault) {
      return new Injection(fault, message, before, later);
    }
  }

  static Stream<Arguments> cells() {
    return FAULTS.stream()
        .flatMap(fault -> Stream.of(Phase.values()).map(phase -> Arguments.of(fault, phase)));
  }

  @BeforeAll
  static void start() throws Exception {
    WorkerSetup setup = FaultBench.workers();
    for (Fault fault : FAULTS) {
      for (Phase phase : Phase.values()) {
        Injection injection = phase.with(fault);
        VERDICTS.put(injection, POOL.submit(() -> inject(setup, injection)));
      }
    }
  }

  @AfterAll
  static void stop() {
    POOL.shutdownNow();
  }

  private static Verdict inject(WorkerSetup setup, Injection injection) throws Exception {
    Verdict verdict = run(setup, injection);
    for (int i = 1; i < TRIES && verdict.violations().isEmpty() && !verdict.struck(); i++) {
      verdict = run(setup, injection);
    }
    return verdict;
  }

  private static Verdict run(WorkerSetup setup, Injection injection) throws Exception {
    try (AgentFaultBench bench = new AgentFaultBench(setup, injection)) {
      return bench.run();
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void inEveryPhase(Fault fault, Phase phase) throws Exception {
    Verdict verdict = Objects.requireNonNull(VERDICTS.get(phase.with(fault))).get();
    assertThat(verdict.violations()).as("%s", verdict).isEmpty();
    assertThat(verdict.struck()).as("%s", verdict).isTrue();
    if (fault.ofLink()) {
      assertThat(verdict.gone()).as("%s", verdict).isEmpty();
      assertThat(verdict.outcomes().getLast()).as("%s", verdict).isInstanceOf(Completed.class);
    } else if (phase != Phase.GOODBYE) {
      assertThat(verdict.gone())
          .hasValueSatisfying(why -> assertThat(why).startsWith("the agent of a is gone: "));
      assertThat(verdict.outcomes()).as("%s", verdict).noneMatch(Completed.class::isInstance);
    }
  }
}
