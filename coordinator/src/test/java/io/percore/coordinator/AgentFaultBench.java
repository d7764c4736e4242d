package io.percore.coordinator;

import io.percore.coordinator.LinkProxy.Link;
import io.percore.coordinator.LinkProxy.Said;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.session.Endpoint;
import io.percore.coordinator.session.Limits;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.TrialConductor;
import io.percore.proto.AgentMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs trials through the agent of another machine, which is this one, while something happens to
/// the agent or to the network between the two, and holds what comes of it against what must always
/// be so. Good for one fault.
final class AgentFaultBench implements LinkProxy.Listener, AutoCloseable {
  /// No attempt takes longer, whatever happens.
  static final Duration DEADLINE = Duration.ofSeconds(60);

  /// On a busy machine an attempt may be invalid for another reason.
  private static final int MOST_ATTEMPTS = 8;

  private static final String MACHINE = "a";

  /// How long an agent may stay away: one to which the network is mended comes back by then.
  private static final Duration RETURN = Duration.ofSeconds(30);

  private static final Duration NO_RETURN = Duration.ofSeconds(2);

  /// What happens, when.
  ///
  /// @param fault of the agent, or of all that its machine sends and receives
  /// @param message when this passes the network for the first time
  /// @param before whether before it has passed, else after
  /// @param later how long after that
  record Injection(Fault fault, String message, boolean before, Duration later) {}

  /// What came of it.
  ///
  /// @param struck whether it happened
  /// @param outcomes of the attempts, the one to which it happened first
  /// @param gone why the machine did not come back; empty when it was there to the end
  /// @param violations what must never be so and was
  record Verdict(
      Injection injection,
      boolean struck,
      List<TrialOutcome> outcomes,
      Optional<String> gone,
      List<String> violations) {}

  private final String run = "agent-faults-" + UUID.randomUUID();
  private final Injection injection;
  private final SessionServer server;
  private final LinkProxy link;
  private final Process agent;
  private final TrialConductor conductor;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final AtomicBoolean aimed = new AtomicBoolean();
  private final List<String> violations = new ArrayList<>();
  private final List<TrialOutcome> outcomes = new ArrayList<>();
  private volatile long pid;
  private volatile boolean struck;

  /// Guarded by this monitor.
  private boolean over;

  AgentFaultBench(WorkerSetup setup, Injection injection) throws IOException {
    this.injection = injection;
    this.server =
        new SessionServer(
            setup.jar().sha256(),
            Endpoint.LOOPBACK,
            injection.fault().ofLink() ? RETURN : NO_RETURN);
    this.link = new LinkProxy(server.address(), this);
    String token = server.agents().expect(MACHINE);
    List<String> jvmArguments = setup.survey().environment().jvmArguments();
    this.conductor =
        new TrialConductor(
            server,
            new AgentHost(server.agents(), List::of, new Cluster(List.of(1)), jvmArguments),
            run,
            Limits.rehearsal(Duration.ofSeconds(10)));
    this.agent = start(setup, jvmArguments, token);
  }

  private Process start(WorkerSetup setup, List<String> jvmArguments, String token)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(WorkerJvm.java(null).toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-jar", setup.jar().path().toString(), "agent"));
    command.addAll(List.of("--coordinator", link.address(), "--transport", "loopback"));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    // Not closed: its end is that of the agent.
    OutputStream input = process.getOutputStream();
    input.write((token + "\n\n").getBytes(StandardCharsets.US_ASCII));
    input.flush();
    return process;
  }

  /// Makes attempts until one completes or the machine is gone for good.
  Verdict run() throws InterruptedException, IOException {
    Optional<String> gone = Optional.empty();
    if (!server.agents().await(1, DEADLINE)) {
      violations.add("the agent did not come");
    } else {
      attempt(0);
      gone = mendAndAwait();
      for (int i = 1; i < MOST_ATTEMPTS && gone.isEmpty() && !lastCompleted(); i++) {
        attempt(i);
        gone = mendAndAwait();
      }
    }
    end();
    return new Verdict(injection, struck, List.copyOf(outcomes), gone, List.copyOf(violations));
  }

  /// After every attempt: on a busy machine the first may end before the fault comes.
  private Optional<String> mendAndAwait() throws InterruptedException, IOException {
    if (injection.fault().ofLink()) {
      link.become(Link.WHOLE);
    }
    return conductor.awaitMachines(_ -> {});
  }

  private boolean lastCompleted() {
    return outcomes.getLast() instanceof Completed;
  }

  private void attempt(int trial) throws InterruptedException {
    long begun = System.nanoTime();
    TrialOutcome outcome = conductor.conduct(FaultBench.order(trial, 1));
    if (System.nanoTime() - begun > DEADLINE.toNanos()) {
      violations.add("an attempt took longer than " + DEADLINE.toSeconds() + " s");
    }
    FaultBench.judge(outcome, violations);
    outcomes.add(outcome);
  }

  /// Workers end with their agent, however it is gone; the agent ends with the coordinator. One
  /// that is stopped sees nothing.
  private void end() {
    synchronized (this) {
      over = true;
    }
    server.close();
    FaultBench.awaitNoProcesses(run, violations);
    if (struck && injection.fault() == Fault.STOPPED) {
      agent.destroyForcibly();
    }
    FaultBench.awaitNoProcesses(link.address(), violations);
  }

  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    server.close();
    link.close();
    agent.destroyForcibly();
  }

  @Override
  public void before(Said said) {
    if (said.message() instanceof AgentMessage hello && hello.hasHello()) {
      pid = hello.getHello().getPid();
    }
    fire(said, true);
  }

  @Override
  public void after(Said said) {
    fire(said, false);
  }

  private void fire(Said said, boolean before) {
    if (injection.before() == before
        && injection.message().equals(said.kind())
        && aimed.compareAndSet(false, true)) {
      if (injection.later().isZero()) {
        strike();
      } else {
        var _ = timer.schedule(this::strike, injection.later().toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private synchronized void strike() {
    if (over) {
      return;
    }
    try {
      var _ = injection.fault().strike(pid, link);
      struck = true;
    } catch (IOException | InterruptedException ended) {
      // The bench is being closed.
      return;
    }
  }
}
