package io.percore.coordinator.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Starts an agent on each machine by ssh. Such a machine needs a POSIX shell and a JDK: the
/// worker's jar is sent there when the user's cache does not hold it.
///
/// It asks for no password, since nobody may be there to type it. Token and credentials go over
/// standard input. An agent ends with its connection: its standard input ends then.
///
/// @param ssh the program and options of its own, such as `-F FILE`
/// @param java the `java` program on the machines
/// @param directory for the jar on the machines, relative to the user's home; empty for `percore`
///   in the user's cache directory. It is closed to all others
/// @param setup POSIX shell commands to run there before; blank for none
/// @param longestLife after which a connection is ended, whatever goes over it
public record SshLauncher(
    List<String> ssh, String java, String directory, String setup, Duration longestLife)
    implements AgentLauncher {
  /// What is used when nothing else is named.
  public static final List<String> PROGRAM = List.of("ssh");

  /// No question; and no minutes for a machine that is not there. The first value of an option
  /// counts, so the user's own come before.
  private static final List<String> OPTIONS =
      List.of("-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15");

  /// Machines that are prepared at a time.
  private static final int AT_ONCE = 32;

  private static final Duration PREPARATION = Duration.ofMinutes(5);
  private static final int LACKING = 44;

  /// Looks for the jar of a hash in a directory, or stores it there from standard input, and prints
  /// its path. A jar is written beside its place and renamed: whoever looks meanwhile sees all of
  /// it or nothing. Changing the mode of a directory fails for everybody but its owner.
  private static final String JAR_SCRIPT =
      """
      set -eu
      umask 077
      action=$1 directory=$2 sha256=$3
      directory=${directory:-${XDG_CACHE_HOME:-$HOME/.cache}/percore}
      case $directory in /*) ;; *) directory=$HOME/$directory ;; esac
      jar=$directory/worker-$sha256.jar
      hash_of() {
        if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -c 1-64
      }
      case $action in
        find)
          [ -d "$directory" ] || exit 44
          chmod 700 "$directory"
          [ -f "$jar" ] && [ "$(hash_of "$jar")" = "$sha256" ] || exit 44
          ;;
        store)
          mkdir -p "$directory"
          chmod 700 "$directory"
          incoming=$directory/incoming-$(uname -n)-$$
          trap 'rm -f "$incoming"' EXIT
          cat >"$incoming"
          if [ "$(hash_of "$incoming")" != "$sha256" ]; then
            echo 'the jar of the worker did not arrive whole' >&2
            exit 1
          fi
          mv -f "$incoming" "$jar"
          ;;
      esac
      printf '%s\\n' "$jar"
      """;

  public SshLauncher {
    ssh = List.copyOf(ssh);
  }

  @Override
  public Started launch(AgentOrder order) throws IOException, InterruptedException {
    AgentProcesses processes = new AgentProcesses();
    try {
      List<Callable<Void>> starts = new ArrayList<>();
      for (Invited agent : order.agents()) {
        starts.add(
            () -> {
              start(order, agent, processes);
              return null;
            });
      }
      all(starts);
      return processes;
    } catch (IOException | InterruptedException | RuntimeException impossible) {
      processes.close();
      throw impossible;
    }
  }

  private void start(AgentOrder order, Invited agent, AgentProcesses processes)
      throws IOException, InterruptedException {
    String machine = agent.machine();
    String jar = jar(order, machine);
    processes.start(
        machine,
        words(machine, "exec " + PosixShell.quote(new AgentCommand(java, setup, order).words(jar))),
        AgentCommand.input(List.of(agent.token()), order.credentials()),
        longestLife);
  }

  /// Where the worker's jar is on a machine; it is sent there when it is not.
  private String jar(AgentOrder order, String machine) throws IOException, InterruptedException {
    Finished found = prepare(machine, "find", order, InputStream.nullInputStream());
    if (found.code() == LACKING) {
      try (InputStream jar = Files.newInputStream(order.workerJar())) {
        found = prepare(machine, "store", order, jar);
      }
    }
    if (found.code() != 0) {
      throw new IOException(
          machine + ": " + AgentProcesses.reason(found.code(), found.errorTail()));
    }
    // What a user's own start-up files print comes before.
    return found.out().lines().reduce("", (_, last) -> last);
  }

  private Finished prepare(String machine, String action, AgentOrder order, InputStream input)
      throws IOException, InterruptedException {
    List<String> script =
        List.of("/bin/sh", "-c", JAR_SCRIPT, "percore", action, directory, order.workerJarSha256());
    try {
      return Finished.run(words(machine, PosixShell.quote(script)), input, PREPARATION);
    } catch (IOException failed) {
      throw new IOException(machine + ": " + failed.getMessage(), failed);
    }
  }

  /// Program and arguments that run a text as a shell command on a machine.
  List<String> words(String machine, String command) {
    List<String> words = new ArrayList<>(ssh);
    words.addAll(OPTIONS);
    words.addAll(List.of("--", machine, command));
    return words;
  }

  /// Does everything, some at a time.
  ///
  /// @throws IOException with all that went wrong, in one line
  private static void all(List<Callable<Void>> starts) throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Future<Void> start : pool.invokeAll(starts)) {
        try {
          start.get();
        } catch (ExecutionException failed) {
          if (!(failed.getCause() instanceof IOException impossible)) {
            throw new IllegalStateException("an agent could not be started", failed);
          }
          failures.add(String.valueOf(impossible.getMessage()));
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new IOException(String.join("; ", failures));
    }
  }
}
