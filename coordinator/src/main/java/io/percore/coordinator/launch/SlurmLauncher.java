package io.percore.coordinator.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the agents of a run as one step of Slurm, one on each node. The step takes what the job
/// has without counting it as used, binds nothing, and hands on no variable of this process.
///
/// Tokens and credentials are in a file that only this user can read, not on standard input: what
/// `srun` forwards goes over the network unencrypted.
///
/// @param allocation the nodes
/// @param srun the program and options of its own
/// @param java the `java` program on the nodes. A path: there is no `PATH`
/// @param directory on a file system that the nodes share, for the jar and the credentials. It is
///   closed to all other users
/// @param setup POSIX shell commands to run there before; blank for none
/// @param longestLife after which the step is ended, whatever it does
public record SlurmLauncher(
    SlurmAllocation allocation,
    List<String> srun,
    String java,
    Path directory,
    String setup,
    Duration longestLife)
    implements AgentLauncher {
  /// What is used when nothing else is named.
  public static final List<String> PROGRAM = List.of("srun");

  private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);

  /// The variable in which Slurm says which task of its step a process is.
  private static final String RANK = "SLURM_PROCID";

  public SlurmLauncher {
    srun = List.copyOf(srun);
  }

  @Override
  public Started launch(AgentOrder order) throws IOException, InterruptedException {
    List<Invited> agents = ranked(order.agents());
    SharedDirectory shared = SharedDirectory.open(directory);
    Path jar = shared.jar(order.workerJar(), order.workerJarSha256());
    Path credentials =
        shared.secret(
            AgentCommand.input(agents.stream().map(Invited::token).toList(), order.credentials()));
    Step step = new Step(new AgentProcesses(), credentials);
    try {
      step.processes.start(
          "the step of Slurm", words(order, agents, jar, credentials), "", longestLife);
      return step;
    } catch (IOException | RuntimeException impossible) {
      step.close();
      throw impossible;
    }
  }

  /// Program and arguments.
  List<String> words(AgentOrder order, List<Invited> agents, Path jar, Path credentials) {
    List<String> words = new ArrayList<>(srun);
    words.addAll(
        List.of(
            "--cpu-bind=none",
            "--kill-on-bad-exit=1",
            "--export=NIL",
            "--input=none",
            "--label",
            "--nodes=" + agents.size(),
            "--ntasks=" + agents.size(),
            "--ntasks-per-node=1"));
    switch (allocation) {
      case SlurmAllocation.Given _ -> {
        words.add("--overlap");
        words.add("--nodelist=" + String.join(",", agents.stream().map(Invited::machine).toList()));
      }
      case SlurmAllocation.Own _ -> words.add("--job-name=percore");
    }
    words.addAll(allocation.arguments());
    words.addAll(
        new AgentCommand(java, setup, order)
            .words(jar.toString(), "--credentials", credentials.toString(), "--rank", RANK));
    return words;
  }

  /// The agents in the order in which Slurm will number them.
  private List<Invited> ranked(List<Invited> agents) throws IOException, InterruptedException {
    Map<String, Invited> unplaced = new HashMap<>();
    agents.forEach(agent -> unplaced.put(agent.machine(), agent));
    List<String> machines = allocation.machines();
    List<Invited> ranked = new ArrayList<>();
    for (String machine : machines) {
      Invited agent = unplaced.remove(machine);
      if (agent != null) {
        ranked.add(agent);
      }
    }
    if (!unplaced.isEmpty()) {
      throw new IOException(
          unplaced.keySet().stream().sorted().findFirst().orElseThrow()
              + " is not in the allocation, which has "
              + String.join(", ", machines));
    }
    return ranked;
  }

  /// One step, and the file that its agents read. Thread-safe.
  private record Step(AgentProcesses processes, Path credentials) implements Started {
    @Override
    public List<String> ended() {
      return processes.ended();
    }

    @Override
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
      return processes.awaitEnd(timeout);
    }

    @Override
    public void joined() {
      try {
        Files.deleteIfExists(credentials);
      } catch (IOException stays) {
        LOG.warn("{} cannot be deleted: {}", credentials, stays.getMessage());
      }
    }

    @Override
    public void close() {
      processes.close();
      joined();
    }
  }
}
