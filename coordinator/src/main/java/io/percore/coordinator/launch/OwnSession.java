package io.percore.coordinator.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;

/// How every process is started that the coordinator starts: in a session of its own, so that a
/// terminal's Ctrl-C reaches only the coordinator, and without the variables that would give a JVM
/// arguments that the run does not know of.
final class OwnSession {
  private OwnSession() {}

  /// A command line of exactly these words, that no shell sees.
  static CommandLine command(List<String> words) {
    List<String> all =
        Stream.concat(onPath("setsid").map(Path::toString).stream(), words.stream()).toList();
    CommandLine command = new CommandLine(all.getFirst());
    all.subList(1, all.size()).forEach(word -> command.addArgument(word, false));
    return command;
  }

  /// This process's environment without [LocalLauncher#REMOVED_VARIABLES].
  static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    LocalLauncher.REMOVED_VARIABLES.forEach(environment::remove);
    return environment;
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
