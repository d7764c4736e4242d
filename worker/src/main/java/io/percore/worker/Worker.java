package io.percore.worker;

import io.percore.worker.platform.MachineFacts;
import io.percore.worker.platform.ParentDeath;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.Replay;
import io.percore.worker.session.CoordinatorAddress;
import io.percore.worker.session.Credentials;
import io.percore.worker.session.Descriptions;
import io.percore.worker.session.Introduction;
import io.percore.worker.session.JoinRequest;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionEnd;
import io.percore.worker.session.SessionTimings;
import io.percore.worker.session.TrialExecution;
import io.percore.worker.session.WorkerSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// What a worker process does from its arguments to its exit code. Whatever goes wrong is one line
/// on standard error.
final class Worker {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Worker.class);

  /// gRPC logs through java.util.logging. Held, because a logger that nobody holds loses its level.
  static final Logger GRPC = Logger.getLogger("io.grpc");

  private Worker() {}

  /// Does what the arguments say.
  ///
  /// @param factory of the trial
  /// @return exit code
  static int run(TrialExecution.Factory factory, String... arguments) {
    Arguments parsed;
    try {
      parsed = Arguments.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      return end(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
    }
    try {
      return switch (parsed) {
        case Arguments.Describe _ -> {
          System.out.println(Descriptions.json(MachineFacts.read(), replays(Replay::of)));
          yield ExitCode.OK;
        }
        case Arguments.Help _ -> {
          System.out.println(Arguments.USAGE);
          yield ExitCode.OK;
        }
        case Arguments.Session session -> session(factory, session);
        case Arguments.Agent agent -> AgentProcess.run(agent);
      };
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return end(ExitCode.FAILED, "interrupted");
    } catch (RuntimeException | Error failure) {
      LOG.error("this is a bug, or the end of some resource", failure);
      return end(ExitCode.FAILED, "internal error: " + failure);
    }
  }

  /// Plays one discipline.
  @FunctionalInterface
  interface Player {
    Replay play(Discipline discipline) throws InterruptedException;
  }

  /// The unprotected count, and the same schedule where it can do no harm. Runs do without a replay
  /// that fails: they need the rest of the description and not this.
  static List<Replay> replays(Player player) throws InterruptedException {
    List<Replay> replays = new ArrayList<>();
    for (Discipline discipline : List.of(Discipline.RACY, Discipline.ATOMIC)) {
      try {
        replays.add(player.play(discipline));
      } catch (IllegalStateException failed) {
        LOG.warn("no replay of {}: {}", discipline.id(), failed.getMessage());
      }
    }
    return replays;
  }

  private static int session(TrialExecution.Factory factory, Arguments.Session arguments)
      throws InterruptedException {
    // Beside everything else: it takes as long as a tenth of the start.
    CompletableFuture<String> jarSha256 =
        CompletableFuture.supplyAsync(
            OwnJar::sha256, task -> Thread.ofPlatform().daemon().name("jar").start(task));
    // This thread lives as long as the process, as the kernel's request needs.
    ParentDeath.killMeWithMyParent();
    if (ParentDeath.parentPid() != arguments.parentPid()) {
      return end(ExitCode.ORPHANED, "process " + arguments.parentPid() + " is not my parent");
    }
    GRPC.setLevel(Level.SEVERE);
    StandardInput input = StandardInput.ofProcess();
    return switch (input.readSecret()) {
      case StandardInput.Line.Ended _ ->
          end(ExitCode.ORPHANED, "standard input ended before the secret");
      case StandardInput.Line.Malformed _ ->
          end(ExitCode.USAGE, "the first line of standard input is not a secret of 64 hex digits");
      case StandardInput.Line.Read(Secret secret) -> {
        Optional<CoordinatorAddress> coordinator = coordinator(arguments, input);
        if (coordinator.isEmpty()) {
          yield ExitCode.USAGE;
        }
        input.onEnd(Worker::coordinatorGone);
        int code = join(factory, arguments, coordinator.get(), secret, jarSha256);
        input.close();
        yield code;
      }
    };
  }

  /// Where to dial, with the credentials that follow the secret; empty when they make no sense,
  /// which has been said then.
  private static Optional<CoordinatorAddress> coordinator(
      Arguments.Session arguments, StandardInput input) {
    try {
      Optional<Credentials> credentials =
          arguments.transport() == Arguments.Transport.TLS
              ? Optional.of(Credentials.parse(input.readBlock()))
              : Optional.empty();
      return Optional.of(
          new CoordinatorAddress(
              arguments.coordinator(),
              credentials,
              arguments.transport() == Arguments.Transport.INSECURE));
    } catch (IllegalArgumentException | IOException wrong) {
      end(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  private static int join(
      TrialExecution.Factory factory,
      Arguments.Session arguments,
      CoordinatorAddress coordinator,
      Secret secret,
      CompletableFuture<String> jarSha256)
      throws InterruptedException {
    JoinRequest request =
        new JoinRequest(
            coordinator,
            arguments.run(),
            arguments.trial(),
            arguments.attempt(),
            arguments.slot(),
            secret);
    MachineFacts machine = MachineFacts.read();
    Introduction introduction =
        new Introduction(ProcessHandle.current().pid(), jarSha256.join(), machine);
    WorkerSession session;
    try {
      session = new WorkerSession(request, introduction, factory, SessionTimings.STANDARD);
    } catch (IllegalArgumentException unreadable) {
      return end(ExitCode.USAGE, String.valueOf(unreadable.getMessage()));
    }
    try {
      return exitCode(session.run());
    } finally {
      // The threads of a trial that nobody wants end with the process.
      session.disconnect();
    }
  }

  /// Says how a session ended unless it did well.
  static int exitCode(SessionEnd how) {
    return switch (how) {
      case SessionEnd.Completed _ -> ExitCode.OK;
      case SessionEnd.Refused(String reason) ->
          end(ExitCode.REFUSED, "refused by the coordinator: " + reason);
      case SessionEnd.CoordinatorGone(String reason) ->
          end(ExitCode.ORPHANED, "the coordinator is gone: " + reason);
      case SessionEnd.Failed(String reason) -> end(ExitCode.FAILED, reason);
    };
  }

  /// Ends the process without waiting for anything: a trial may be running, and nobody wants it.
  static void coordinatorGone() {
    Runtime.getRuntime()
        .halt(end(ExitCode.ORPHANED, "the coordinator is gone: standard input ended"));
  }

  /// Says why in one line. What the coordinator wrote may be in it, so nothing that moves a
  /// terminal's cursor goes out.
  static int end(int code, String reason) {
    say(reason);
    return code;
  }

  /// Says something in one line, as [#end] does.
  static void say(String reason) {
    StringBuilder line = new StringBuilder("percore-worker: ");
    reason
        .codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    System.err.println(line);
  }
}
