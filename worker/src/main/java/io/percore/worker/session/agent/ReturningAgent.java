package io.percore.worker.session.agent;

import io.percore.proto.AgentHello;
import io.percore.worker.session.CoordinatorAddress;
import io.percore.worker.session.Introduction;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionEnd;
import io.percore.worker.session.SessionEnd.CoordinatorGone;
import io.percore.worker.session.SessionTimings;
import io.percore.worker.session.agent.Agent.ReturnTicket;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The agent of one machine for as long as a run lasts: one [Agent] after the other, for a lost
/// connection must not end a run of hours. When one is lost its workers end, and it dials again for
/// some time, by the token that it was handed last, or by the same one as before where it was
/// handed none: the coordinator knows it by a claim that it made for itself. A coordinator that
/// ends the session, or refuses it, is obeyed. Confined to the thread that calls [#run], which has
/// to live as long as the process: see [ChildWorker].
public final class ReturningAgent {
  private final CoordinatorAddress coordinator;
  private final Introduction introduction;
  private final Secret token;
  private final Agent.WorkerCommand workers;
  private final SessionTimings timings;
  private final Redial redial;
  private final Consumer<String> told;
  private final Secret claim = Secret.random();
  private final SplittableRandom random = new SplittableRandom();

  /// Sessions that were begun.
  private int dials;

  /// How one session went.
  ///
  /// @param end of it
  /// @param ticket for the next; empty when this one never began, or nobody is wanted back
  /// @param nobodyListened whether it never began because nothing listens there
  /// @param unanswered whether it may have begun, and nobody said so
  private record Session(
      SessionEnd end, Optional<ReturnTicket> ticket, boolean nobodyListened, boolean unanswered) {}

  /// @param coordinator where it is
  /// @param introduction who this is
  /// @param token lets one agent in
  /// @param workers how worker processes are started here
  /// @param timings [SessionTimings#STANDARD] but in tests
  /// @param redial [Redial#STANDARD] but in tests
  /// @param told in one line of each loss; what the coordinator said may be in it
  public ReturningAgent(
      CoordinatorAddress coordinator,
      Introduction introduction,
      Secret token,
      Agent.WorkerCommand workers,
      SessionTimings timings,
      Redial redial,
      Consumer<String> told) {
    this.coordinator = coordinator;
    this.introduction = introduction;
    this.token = token;
    this.workers = workers;
    this.timings = timings;
    this.redial = redial;
    this.told = told;
  }

  /// Obeys the coordinator until it ends the session or is gone for good.
  ///
  /// @return how the last session ended
  /// @throws IllegalArgumentException when the credentials for the coordinator cannot be read
  /// @throws InterruptedException when the calling thread is interrupted; no worker is left then
  public SessionEnd run() throws InterruptedException {
    Session session = session(token);
    if (session.unanswered()) {
      session = comeBack(session, new ReturnTicket(token, redial.unansweredPatience()));
    }
    while (session.end() instanceof CoordinatorGone && session.ticket().isPresent()) {
      session = comeBack(session, session.ticket().get());
    }
    return session.end();
  }

  /// Dials until a session begins, or none will.
  private Session comeBack(Session before, ReturnTicket ticket) throws InterruptedException {
    if (!(before.end() instanceof CoordinatorGone(String reason))) {
      return before;
    }
    told.accept(
        "the connection to the coordinator is lost: %s; dialling again for up to %d s"
            .formatted(reason, ticket.patience().toSeconds()));
    long lost = System.nanoTime();
    int pauses = 0;
    Session session;
    do {
      TimeUnit.NANOSECONDS.sleep(redial.pause(pauses, random.nextDouble()).toNanos());
      pauses++;
      session = session(ticket.token());
    } while (session.end() instanceof CoordinatorGone
        && session.ticket().isEmpty()
        && System.nanoTime() - lost < patience(ticket, session).toNanos());
    return session;
  }

  private Duration patience(ReturnTicket ticket, Session session) {
    boolean shorter =
        session.nobodyListened() && redial.refusedPatience().compareTo(ticket.patience()) < 0;
    return shorter ? redial.refusedPatience() : ticket.patience();
  }

  private Session session(Secret shown) throws InterruptedException {
    dials++;
    AgentHello hello = introduction.agentHello(shown, claim, dials);
    try (Agent agent = new Agent(coordinator, hello, workers, timings)) {
      SessionEnd end = agent.run();
      return new Session(end, agent.ticket(), agent.nobodyListened(), agent.unanswered());
    }
  }
}
