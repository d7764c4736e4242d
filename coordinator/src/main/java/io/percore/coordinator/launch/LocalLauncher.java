package io.percore.coordinator.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts workers on this machine, each in a session of its own so that a terminal's Ctrl-C reaches
/// only the coordinator.
///
/// @param java the `java` program
/// @param workerJar the worker's jar
/// @param jvmArguments for every worker JVM
/// @param longestLife after which a worker is killed, whatever it does
public record LocalLauncher(
    Path java, Path workerJar, List<String> jvmArguments, Duration longestLife)
    implements WorkerLauncher {

  /// Variables through which a JVM would take arguments that the run does not know of.
  public static final List<String> REMOVED_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final Logger LOG = LoggerFactory.getLogger(LocalLauncher.class);
  private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(30);
  private static final int DESCRIPTION_LIMIT = 1 << 20;

  public LocalLauncher {
    jvmArguments = List.copyOf(jvmArguments);
  }

  /// The same launcher with other JVM arguments.
  public LocalLauncher withJvmArguments(List<String> arguments) {
    return new LocalLauncher(java, workerJar, arguments, longestLife);
  }

  @Override
  public WorkerProcess launch(JoinOrder order, Consumer<Exit> onExit) throws IOException {
    CommandLine command = worker();
    command.addArgument("session", false);
    option(command, "--coordinator", order.address());
    option(command, "--run", order.run());
    option(command, "--trial", Integer.toString(order.trial()));
    option(command, "--attempt", Integer.toString(order.attempt()));
    option(command, "--slot", Integer.toString(order.slot()));
    option(command, "--parent", Long.toString(ProcessHandle.current().pid()));
    return LocalProcess.start(
        command,
        OwnSession.environment(),
        order.secret(),
        OutputStream.nullOutputStream(),
        longestLife,
        (code, stderr) -> onExit.accept(new Exit(order.slot(), code, stderr)));
  }

  /// Asks a worker what it offers and what machine it sees.
  ///
  /// @return a JSON document
  /// @throws IOException when it cannot be started or does not answer, with what it said
  public String describe() throws IOException, InterruptedException {
    CommandLine command = worker();
    command.addArgument("--describe", false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    LocalProcess.start(
        command,
        OwnSession.environment(),
        null,
        out,
        DESCRIBE_TIMEOUT,
        (code, stderr) -> exit.complete(new Exit(0, code, stderr)));
    Exit end = exit.join();
    if (end.code() != 0 || out.size() == 0 || out.size() > DESCRIPTION_LIMIT) {
      throw new IOException(
          "the worker "
              + workerJar
              + " did not describe itself (exit code "
              + end.code()
              + ")"
              + (end.stderrTail().isEmpty() ? "" : ": " + end.stderrTail()));
    }
    end.stderrTail()
        .lines()
        .forEach(line -> LOG.warn("the worker, asked for its description: {}", line));
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Splits a text into arguments as a shell would its words: quotes group, nothing is expanded.
  ///
  /// @throws IllegalArgumentException when a quote is not closed
  public static List<String> tokenize(String arguments) {
    // Commons Exec quotes what has a blank in it once more, for shells that are not used here.
    return Stream.of(CommandLine.parse("java " + arguments).getArguments())
        .map(a -> a.matches("\".*\\s.*\"") ? a.substring(1, a.length() - 1) : a)
        .toList();
  }

  /// Variables of this process's environment that workers are not given.
  public static List<String> removedVariables() {
    return REMOVED_VARIABLES.stream().filter(System.getenv()::containsKey).toList();
  }

  private CommandLine worker() {
    List<String> words = new ArrayList<>();
    words.add(java.toString());
    words.addAll(jvmArguments);
    words.addAll(List.of("-jar", workerJar.toString()));
    return OwnSession.command(words);
  }

  private static void option(CommandLine command, String name, String value) {
    command.addArgument(name, false);
    command.addArgument(value, false);
  }
}
