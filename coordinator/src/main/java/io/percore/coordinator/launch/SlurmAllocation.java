package io.percore.coordinator.launch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The nodes that Slurm lets a run have.
public sealed interface SlurmAllocation {
  /// More arguments of `srun`, the user's own.
  List<String> arguments();

  /// Names of its machines, in the order of Slurm's ranks.
  ///
  /// @throws IOException when Slurm does not say
  List<String> machines() throws IOException, InterruptedException;

  /// The nodes of the job that the coordinator itself runs in.
  ///
  /// @param nodeList as Slurm writes it: `node[1-3,7]`
  /// @param scontrol the program that knows what that means, and options of its own
  record Given(String nodeList, List<String> scontrol, List<String> arguments)
      implements SlurmAllocation {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public Given {
      scontrol = List.copyOf(scontrol);
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<String> machines() throws IOException, InterruptedException {
      List<String> words = new ArrayList<>(scontrol);
      words.addAll(List.of("show", "hostnames", nodeList));
      Finished names = Finished.run(words, InputStream.nullInputStream(), PATIENCE);
      if (names.code() != 0) {
        throw new IOException(
            "scontrol does not know the nodes "
                + nodeList
                + ": "
                + AgentProcesses.reason(names.code(), names.errorTail()));
      }
      return names.out().lines().toList();
    }
  }

  /// An allocation of its own, which ends with the run. Which nodes it will have is known only when
  /// it has them, so its machines are called by their ranks.
  ///
  /// @param nodes how many
  record Own(int nodes, List<String> arguments) implements SlurmAllocation {
    public Own {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<String> machines() {
      return IntStream.range(0, nodes).mapToObj(rank -> "slurm-" + rank).toList();
    }
  }

  /// The allocation that this process is in, or else one that is still to be asked for.
  ///
  /// @param environment this process's
  /// @param arguments more arguments of `srun`; outside of an allocation `--nodes=N` is among them
  /// @throws IllegalArgumentException in one line, when there is neither
  static SlurmAllocation of(Map<String, String> environment, List<String> arguments) {
    String nodeList = environment.getOrDefault("SLURM_JOB_NODELIST", "");
    if (environment.containsKey("SLURM_JOB_ID") && !nodeList.isEmpty()) {
      return new Given(nodeList, List.of("scontrol"), arguments);
    }
    Matcher nodes =
        Pattern.compile("(?:^| )(?:--nodes[= ]|-N ?)0*([1-9]\\d{0,5})(?= |$)")
            .matcher(String.join(" ", arguments));
    if (!nodes.find()) {
      throw new IllegalArgumentException(
          "this process is in no Slurm allocation: start it by sbatch or salloc, or say what to ask"
              + " for, with the number of nodes: --slurm-args '--nodes=2 --exclusive'");
    }
    return new Own(Integer.parseInt(nodes.group(1)), arguments);
  }
}
