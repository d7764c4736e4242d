package io.percore.coordinator.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// A way of starting agents on other machines. It starts processes and ends them; it never speaks
/// the protocol. The agents dial in by themselves.
public sealed interface AgentLauncher permits CommandLauncher, SlurmLauncher, SshLauncher {

  /// Starts an agent on every machine, and returns when their processes, or those that lead to
  /// them, run.
  ///
  /// @param order what they need
  /// @throws IOException when one cannot be started, with the machine and the reason
  Started launch(AgentOrder order) throws IOException, InterruptedException;

  /// What agents need to dial in.
  ///
  /// @param address `host:port` of the coordinator, as it is reached from their machines
  /// @param transport word for the agent's option: `tls` or `insecure`
  /// @param credentials PEM text that each agent is given; empty without encryption
  /// @param agents the machines, each with the one-time token of its agent
  /// @param workerJar the worker's jar on this machine
  /// @param workerJarSha256 its hash in lower-case hex
  record AgentOrder(
      String address,
      String transport,
      String credentials,
      List<Invited> agents,
      Path workerJar,
      String workerJarSha256) {
    public AgentOrder {
      agents = List.copyOf(agents);
    }

    /// Without tokens and credentials: this text may be logged.
    @Override
    public String toString() {
      return agents + " at " + address;
    }
  }

  /// One machine.
  ///
  /// @param machine its name, as the launcher's engine knows it
  /// @param token one-time token in hex
  record Invited(String machine, String token) {
    private static final Pattern NAME = Pattern.compile("[^-\\s\\p{Cntrl}][^\\s\\p{Cntrl}]*");

    /// @throws IllegalArgumentException when the name could be taken for an option, or is none
    public Invited {
      if (!NAME.matcher(machine).matches()) {
        throw new IllegalArgumentException(
            "'"
                + machine
                + "' is no name of a machine: it is empty, has a blank in it, or starts with -");
      }
    }

    /// Without the token.
    @Override
    public String toString() {
      return machine;
    }
  }

  /// Agents that were started. Thread-safe.
  interface Started extends AutoCloseable {
    /// What those that have ended left behind: a line for each with machine, exit code and the end
    /// of its standard error. Empty while all of them run.
    List<String> ended();

    /// Waits until all have ended.
    ///
    /// @return whether they have
    boolean awaitEnd(Duration timeout) throws InterruptedException;

    /// All agents have joined: takes away what was laid ready for them until then.
    default void joined() {}

    /// Ends what is left of them.
    @Override
    void close();
  }
}
