package io.percore.worker;

import io.percore.worker.platform.MachineFacts;
import io.percore.worker.platform.ParentDeath;
import io.percore.worker.session.CoordinatorAddress;
import io.percore.worker.session.Credentials;
import io.percore.worker.session.Introduction;
import io.percore.worker.session.JoinRequest;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionTimings;
import io.percore.worker.session.agent.Redial;
import io.percore.worker.session.agent.ReturningAgent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;

/// What an agent process does from its arguments to its exit code.
final class AgentProcess {
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private AgentProcess() {}

  /// Is the agent of this machine until the coordinator is gone or ends the session.
  ///
  /// @return exit code
  static int run(Arguments.Agent arguments) throws InterruptedException {
    Worker.GRPC.setLevel(Level.SEVERE);
    if (arguments.parentPid() != 0) {
      ParentDeath.killMeWithMyParent();
      if (ParentDeath.parentPid() != arguments.parentPid()) {
        return Worker.end(
            ExitCode.ORPHANED, "process " + arguments.parentPid() + " is not my parent");
      }
    }
    try {
      return Worker.exitCode(agent(arguments).run());
    } catch (IllegalArgumentException | IOException wrong) {
      return Worker.end(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
    }
  }

  private static ReturningAgent agent(Arguments.Agent arguments) throws IOException {
    List<String> lines =
        arguments.credentials() == null ? fromStandardInput() : fromFile(arguments.credentials());
    Secret token = token(lines, arguments.rank());
    CoordinatorAddress coordinator =
        new CoordinatorAddress(
            arguments.coordinator(),
            arguments.transport() == Arguments.Transport.TLS
                ? Optional.of(Credentials.parse(lines))
                : Optional.empty(),
            arguments.transport() == Arguments.Transport.INSECURE);
    Introduction introduction =
        new Introduction(ProcessHandle.current().pid(), OwnJar.sha256(), MachineFacts.read());
    return new ReturningAgent(
        coordinator,
        introduction,
        token,
        (request, jvmArguments) -> command(jvmArguments, request, arguments.transport()),
        SessionTimings.STANDARD,
        Redial.STANDARD,
        Worker::say);
  }

  /// Up to an empty line. After that the end of standard input is the end of the agent.
  private static List<String> fromStandardInput() throws IOException {
    StandardInput input = StandardInput.ofProcess();
    List<String> lines = input.readBlock();
    input.onEnd(Worker::coordinatorGone);
    return lines;
  }

  private static List<String> fromFile(Path file) throws IOException {
    try {
      if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null
          && !OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalArgumentException(
            file + " can be used by others: take that from them with chmod 600");
      }
      return Files.readAllLines(file);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no " + file, missing);
    } catch (IOException unreadable) {
      throw new IOException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /// Tokens come first, one in a line, each for one agent.
  private static Secret token(List<String> lines, int rank) {
    List<String> tokens =
        lines.stream().takeWhile(line -> line.length() == Secret.HEX_DIGITS).toList();
    if (rank >= tokens.size()) {
      throw new IllegalArgumentException(
          "there are tokens for " + tokens.size() + " agents, and this one has rank " + rank);
    }
    return Secret.ofHex(tokens.get(rank))
        .orElseThrow(() -> new IllegalArgumentException("the token is not hexadecimal"));
  }

  private static String address(CoordinatorAddress coordinator) {
    String host = coordinator.socket().getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + coordinator.socket().getPort();
  }

  /// A worker runs in the JVM and from the jar of its agent, in a session of its own, so that a
  /// terminal's Ctrl-C reaches only the agent.
  private static List<String> command(
      List<String> jvmArguments, JoinRequest request, Arguments.Transport transport) {
    List<String> command = new ArrayList<>();
    setsid().ifPresent(program -> command.add(program.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    // Run from a jar, a JVM's class path is that jar.
    command.addAll(List.of("-jar", System.getProperty("java.class.path"), "session"));
    command.addAll(List.of("--coordinator", address(request.coordinator())));
    command.addAll(List.of("--run", request.run()));
    command.addAll(List.of("--trial", Integer.toString(request.trial())));
    command.addAll(List.of("--attempt", Integer.toString(request.attempt())));
    command.addAll(List.of("--slot", Integer.toString(request.slot())));
    command.addAll(List.of("--transport", transport.name().toLowerCase(Locale.ROOT)));
    command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
    return command;
  }

  private static Optional<Path> setsid() {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "setsid"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
