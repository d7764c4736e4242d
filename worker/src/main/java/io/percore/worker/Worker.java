package io.percore.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.percore.proto.Description;
import io.percore.proto.Hello;
import io.percore.proto.ProtocolVersion;
import io.percore.worker.platform.MachineFacts;
import io.percore.worker.platform.ParentDeath;
import io.percore.worker.session.Descriptions;
import io.percore.worker.session.JoinRequest;
import io.percore.worker.session.Protocol;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionEnd;
import io.percore.worker.session.SessionTimings;
import io.percore.worker.session.TrialExecution;
import io.percore.worker.session.WorkerSession;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What a worker process does from its arguments to its exit code. Whatever goes wrong is one line
/// on standard error.
final class Worker {
  /// gRPC logs through java.util.logging. Held, because a logger that nobody holds loses its level.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

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
        case Arguments.Describe _ -> describe();
        case Arguments.Help _ -> {
          System.out.println(Arguments.USAGE);
          yield ExitCode.OK;
        }
        case Arguments.Session session -> session(factory, session);
      };
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return end(ExitCode.FAILED, "interrupted");
    } catch (RuntimeException | Error failure) {
      // The last resort of a process whose standard error the coordinator shows in one line.
      return end(ExitCode.FAILED, "internal error: " + failure);
    }
  }

  private static int describe() {
    try {
      System.out.println(
          JsonFormat.printer()
              .alwaysPrintFieldsWithNoPresence()
              .print(Descriptions.of(MachineFacts.read())));
      return ExitCode.OK;
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int session(TrialExecution.Factory factory, Arguments.Session arguments)
      throws InterruptedException {
    // Beside everything else: it takes as long as a tenth of the start.
    CompletableFuture<String> jarSha256 = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("jar").start(() -> jarSha256.complete(OwnJar.sha256()));
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
        input.onEnd(Worker::coordinatorGone);
        int code = join(factory, arguments, secret, jarSha256);
        input.close();
        yield code;
      }
    };
  }

  private static int join(
      TrialExecution.Factory factory,
      Arguments.Session arguments,
      Secret secret,
      CompletableFuture<String> jarSha256)
      throws InterruptedException {
    JoinRequest request =
        new JoinRequest(
            arguments.coordinator(),
            arguments.run(),
            arguments.trial(),
            arguments.attempt(),
            arguments.slot(),
            secret);
    Description description = Descriptions.of(MachineFacts.read());
    Hello hello =
        Hello.newBuilder()
            .setVersion(
                ProtocolVersion.newBuilder().setMajor(Protocol.MAJOR).setMinor(Protocol.MINOR))
            .setPid(ProcessHandle.current().pid())
            .setDescription(description)
            .setJarSha256(jarSha256.join())
            .build();
    WorkerSession session = new WorkerSession(request, hello, factory, SessionTimings.STANDARD);
    try {
      return switch (session.run()) {
        case SessionEnd.Completed _ -> ExitCode.OK;
        case SessionEnd.Refused(String reason) ->
            end(ExitCode.REFUSED, "refused by the coordinator: " + reason);
        case SessionEnd.CoordinatorGone(String reason) ->
            end(ExitCode.ORPHANED, "the coordinator is gone: " + reason);
        case SessionEnd.Failed(String reason) -> end(ExitCode.FAILED, reason);
      };
    } finally {
      // The threads of a trial that nobody wants end with the process.
      session.disconnect();
    }
  }

  /// Ends the process without waiting for anything: a trial may be running, and nobody wants it.
  private static void coordinatorGone() {
    Runtime.getRuntime()
        .halt(end(ExitCode.ORPHANED, "the coordinator is gone: standard input ended"));
  }

  private static int end(int code, String reason) {
    System.err.println("percore-worker: " + reason);
    return code;
  }
}
