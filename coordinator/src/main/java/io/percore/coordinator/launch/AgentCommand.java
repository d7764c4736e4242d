package io.percore.coordinator.launch;

import io.percore.coordinator.launch.AgentLauncher.AgentOrder;
import java.util.ArrayList;
import java.util.List;

/// How an agent is started on its machine.
///
/// @param java the `java` program there, a path or a name
/// @param setup POSIX shell commands that are to run before it, such as `module load`; blank for
///   none
/// @param order where it is to dial in, and how
record AgentCommand(String java, String setup, AgentOrder order) {
  /// An agent measures nothing: quick to start and small is all that it has to be.
  private static final List<String> JVM_ARGUMENTS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /// What the commands of `setup` read is not what is meant for the agent, and what they write is
  /// no result.
  private static final String AFTER_SETUP = "eval \"$1\" </dev/null >&2; shift; exec \"$@\"";

  /// Program and arguments.
  ///
  /// @param jar the worker's jar on that machine
  /// @param more options of the agent
  List<String> words(String jar, String... more) {
    List<String> words = new ArrayList<>();
    if (!setup.isBlank()) {
      words.addAll(List.of("/bin/sh", "-c", AFTER_SETUP, "percore", setup));
    }
    words.add(java);
    words.addAll(JVM_ARGUMENTS);
    words.addAll(List.of("-jar", jar, "agent"));
    words.addAll(List.of("--coordinator", order.address(), "--transport", order.transport()));
    words.addAll(List.of(more));
    return words;
  }

  /// What agents read before anything else, from standard input or from a file: their tokens, one
  /// in a line, and what proves that they belong to the run. The last line has no end: it is given
  /// one, and that is the empty line after which they read no more.
  ///
  /// @param tokens one for each agent that reads it, in the order of their ranks
  static String input(List<String> tokens, String credentials) {
    StringBuilder input = new StringBuilder();
    tokens.forEach(token -> input.append(token).append('\n'));
    credentials.lines().forEach(line -> input.append(line).append('\n'));
    return input.toString();
  }
}
