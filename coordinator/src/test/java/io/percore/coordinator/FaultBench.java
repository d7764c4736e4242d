package io.percore.coordinator;

import static org.awaitility.Awaitility.await;

import io.percore.coordinator.LinkProxy.Said;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.LightWorkers;
import io.percore.coordinator.session.Limits;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.TrialConductor;
import io.percore.coordinator.session.TrialOrder;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.coordinator.session.WorkerHost;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Start;
import io.percore.proto.WorkerMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/// Runs trials of workers while something happens to one of them, and holds what comes of it
/// against what must always be so. One trial at a time; of many benches at once most wait for a
/// time limit.
final class FaultBench implements AutoCloseable {
  /// No trial of this bench takes longer, whatever happens: the sum of all limits that can follow
  /// each other in it is 45 s.
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Duration WARM_UP = Duration.ofMillis(100);
  private static final Duration WINDOW = Duration.ofMillis(400);
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  /// A gap in the log of a process that must be seen: twice what is allowed.
  private static final Duration GAP = Duration.ofMillis(100);

  /// How long light workers take to be ready, so that heartbeats pass before.
  private static final Duration PREPARATION = Duration.ofMillis(700);

  /// Nobody looks at the speed of these workers. All compilers are there: each worker waits until
  /// its probe of the floor is compiled by the last.
  private static final String QUICK_TO_START = "-XX:-AlwaysPreTouch";

  /// What workers are.
  enum Workers {
    PROCESSES,
    /// In this JVM and without work, over a real network: enough where it is the network that
    /// something happens to.
    LIGHT
  }

  /// What happens, where.
  ///
  /// @param fault what
  /// @param slot to which worker
  /// @param message when this passes the network for the first time
  /// @param before whether before it has passed, else after
  /// @param later how long after that
  record Injection(Fault fault, int slot, String message, boolean before, Duration later) {
    @Override
    public String toString() {
      return "%s of worker %d %s %s + %d ms"
          .formatted(fault, slot, before ? "before" : "after", message, later.toMillis());
    }
  }

  /// What came of it.
  ///
  /// @param injection null for a trial to which nothing happened
  /// @param struck whether the trial came as far as the fault
  /// @param pausedInWindow whether a worker was stopped in the scored window for longer than may go
  ///   unnoticed
  /// @param violations what must never be so and was
  record Verdict(
      @Nullable Injection injection,
      TrialOutcome outcome,
      boolean struck,
      boolean pausedInWindow,
      Duration took,
      List<String> violations) {
    boolean completed() {
      return outcome instanceof Completed;
    }

    /// Empty when it completed.
    String reason() {
      return switch (outcome) {
        case Completed _ -> "";
        case Failed failed -> failed.reason();
        case TimedOut late -> late.reason();
        case Invalidated invalidated -> invalidated.reason();
      };
    }

    @Override
    public String toString() {
      return "%s%s: %s in %.1f s %s %s"
          .formatted(
              injection,
              struck ? "" : " (did not happen)",
              outcome.label(),
              took.toMillis() / 1e3,
              reason(),
              violations);
    }
  }

  private final String run = "faults-" + UUID.randomUUID();
  private final WorkerHost processes;
  private final WorkerHost light;
  private final Semaphore processors;
  private final SessionServer server;
  private final TrialConductor conductor;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<Aim> aims = new CopyOnWriteArrayList<>();

  /// Whether the trial holds a processor.
  private final AtomicBoolean busy = new AtomicBoolean();

  /// Written before the workers of a trial are started, as the next.
  private @Nullable Injection injection;

  private Workers kind = Workers.PROCESSES;

  private int trials;

  /// @param setup of the workers that are processes
  /// @param processors of which a trial of processes holds one, until its fault leaves no more than
  ///   to wait
  FaultBench(WorkerSetup setup, Semaphore processors) throws IOException {
    this.processes = setup.host();
    this.light = LightWorkers.here(setup.jar().sha256(), PREPARATION);
    this.processors = processors;
    this.server = new SessionServer(setup.jar().sha256());
    this.conductor = new TrialConductor(server, new Host(), run, Limits.standard());
  }

  /// Workers of this machine that start as fast as they can.
  static WorkerSetup workers() throws InterruptedException {
    RunOptions options = new RunOptions();
    options.jvmArguments = QUICK_TO_START;
    WorkerSetup setup = WorkerSetup.survey(options);
    return setup.preparedAs(setup.survey().environment());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    server.close();
  }

  /// Runs one trial.
  ///
  /// @param next what happens in it; null for nothing
  /// @param workers what they are
  /// @param number of them, of one thread each
  Verdict run(@Nullable Injection next, Workers workers, int number)
      throws InterruptedException, IOException {
    injection = next;
    kind = workers;
    aims.clear();
    if (workers == Workers.PROCESSES) {
      processors.acquire();
      busy.set(true);
    }
    try {
      return run(next, number);
    } finally {
      rest();
    }
  }

  /// From now on the trial leaves the processors to others.
  private void rest() {
    if (busy.compareAndSet(true, false)) {
      processors.release();
    }
  }

  private Verdict run(@Nullable Injection next, int number)
      throws InterruptedException, IOException {
    long begun = System.nanoTime();
    TrialOutcome outcome;
    try {
      outcome = conductor.conduct(order(trials++, number));
    } finally {
      for (Aim aim : aims) {
        aim.close();
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    boolean struck = aims.stream().anyMatch(aim -> aim.struck);
    boolean paused = aims.stream().anyMatch(Aim::pausedInWindow);
    return new Verdict(next, outcome, struck, paused, took, violations(outcome, took));
  }

  /// A trial of processes of one thread each.
  static TrialOrder order(int trial, int processes) {
    return new TrialOrder(
        new Trial(
            trial, 0, new Program("atomic", Sharing.PROCESS, new Layout(processes, 1), false)),
        1,
        Map.of(),
        "counter",
        true,
        Map.of("work", "0"),
        0,
        WARM_UP,
        WINDOW,
        Cluster.of(Runtime.getRuntime().availableProcessors()),
        List.of(),
        7,
        Purpose.SPEED);
  }

  private List<String> violations(TrialOutcome outcome, Duration took) {
    List<String> violations = new ArrayList<>();
    if (took.compareTo(DEADLINE) > 0) {
      violations.add("it took longer than " + DEADLINE.toSeconds() + " s");
    }
    judge(outcome, violations);
    if (outcome instanceof Completed) {
      if (aims.stream().anyMatch(aim -> !aim.reported)) {
        violations.add("it completed without the result of a worker");
      }
      if (aims.stream().anyMatch(Aim::pausedInWindow)) {
        violations.add("it completed although a worker was stopped in the window");
      }
    }
    awaitNoProcesses(run, violations);
    return List.copyOf(violations);
  }

  /// What must be so of every outcome: the numbers are right, or a reason is given.
  static void judge(TrialOutcome outcome, List<String> violations) {
    switch (outcome) {
      case Completed completed -> {
        if (!completed.measurement().verification().exact()
            || completed.measurement().operations() <= 0
            || !completed.defects().isEmpty()) {
          violations.add("a wrong number: " + completed);
        }
      }
      case Failed(String reason, _) -> named(reason, violations);
      case TimedOut(String reason) -> named(reason, violations);
      case Invalidated(String reason, _) -> named(reason, violations);
    }
  }

  /// Waits until no process is left with this in its command line, and ends what is.
  static void awaitNoProcesses(String part, List<String> violations) {
    try {
      await()
          .pollDelay(Duration.ZERO)
          .atMost(FAREWELL)
          .until(() -> RemoteSession.processes(part).isEmpty());
    } catch (ConditionTimeoutException left) {
      violations.add("left behind: " + RemoteSession.processes(part));
      RemoteSession.processes(part).forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void named(String reason, List<String> violations) {
    if (reason.isBlank() || reason.contains("null") || reason.contains("Exception")) {
      violations.add("the reason is none: " + reason);
    }
  }

  /// Starts workers, each behind a network of its own.
  private final class Host implements WorkerHost {
    @Override
    public Worker start(Invitation invitation, Program program, Consumer<Exit> onExit)
        throws IOException {
      Aim aim = new Aim(invitation.key().slot(), invitation.address());
      aims.add(aim);
      WorkerHost host =
          switch (kind) {
            case PROCESSES -> processes;
            case LIGHT -> light;
          };
      return host.start(
          new Invitation(aim.link.address(), invitation.key(), invitation.secret()),
          program,
          onExit);
    }
  }

  /// Watches one worker and makes happen to it what is to happen.
  private final class Aim implements LinkProxy.Listener, AutoCloseable {
    private final int slot;
    private final LinkProxy link;
    private final AtomicBoolean aimed = new AtomicBoolean();

    /// Guarded by this monitor, as is the next.
    private final List<Process> programs = new ArrayList<>();

    private boolean over;
    private volatile long pid;
    private volatile Start start = Start.getDefaultInstance();
    private volatile boolean reported;
    private volatile boolean struck;
    private volatile long struckFrom;
    private volatile long struckUntil;

    Aim(int slot, String coordinator) throws IOException {
      this.slot = slot;
      this.link = new LinkProxy(coordinator, this);
    }

    @Override
    public void before(Said said) {
      switch (said.message()) {
        case WorkerMessage hello when hello.hasHello() -> pid = hello.getHello().getPid();
        case CoordinatorMessage order when order.hasStart() -> start = order.getStart();
        default -> {}
      }
      fire(said, true);
    }

    @Override
    public void after(Said said) {
      if (said.kind().equals("RESULT")) {
        reported = true;
      }
      fire(said, false);
    }

    private void fire(Said said, boolean before) {
      Injection aim = injection;
      if (aim != null
          && aim.slot() == slot
          && aim.before() == before
          && aim.message().equals(said.kind())
          && aimed.compareAndSet(false, true)) {
        if (aim.later().isZero()) {
          strike(aim.fault());
        } else {
          var _ =
              timer.schedule(
                  () -> strike(aim.fault()), aim.later().toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    }

    /// Not after the trial, whose process ids may be others' by then.
    private synchronized void strike(Fault fault) {
      if (over) {
        return;
      }
      try {
        struckFrom = System.nanoTime();
        programs.addAll(fault.strike(pid, link));
        struckUntil = System.nanoTime();
        struck = true;
        if (fault.cutsOff()) {
          rest();
        }
      } catch (IOException | InterruptedException ended) {
        // The bench is being closed.
        return;
      }
    }

    /// Whether its process stood still in the scored window for longer than may go unnoticed.
    boolean pausedInWindow() {
      Injection aim = injection;
      if (!struck || aim == null || aim.fault() != Fault.PAUSED) {
        return false;
      }
      long inside =
          Math.min(struckUntil, start.getT1Nanos()) - Math.max(struckFrom, start.getT0Nanos());
      return inside > GAP.toNanos();
    }

    @Override
    public synchronized void close() throws IOException {
      over = true;
      programs.forEach(Process::destroyForcibly);
      link.close();
    }
  }
}
