package io.percore.coordinator;

import io.percore.coordinator.launch.AgentLauncher;
import io.percore.coordinator.launch.CommandLauncher;
import io.percore.coordinator.launch.LocalLauncher;
import io.percore.coordinator.launch.SlurmAllocation;
import io.percore.coordinator.launch.SlurmLauncher;
import io.percore.coordinator.launch.SshLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `percore run` that have agents started on other machines.
final class LauncherOptions {
  /// A run takes hours at most; an agent that lives on is one that nothing else could end.
  private static final Duration LONGEST_LIFE = Duration.ofDays(7);

  /// What starts workers.
  enum Engine {
    LOCAL("This machine", "starts every worker JVM as a child process, over loopback"),
    SSH(
        "Machines that ssh leads to",
        "starts an agent on each of --hosts, and sends the worker's jar where it is lacking"),
    SLURM(
        "Nodes of a Slurm job",
        "starts the agents as one step, within a job or with an allocation of its own"),
    COMMAND(
        "Any other engine",
        "starts an agent on each of --hosts by --launch-command, over whose standard input go the"
            + " credentials");

    private final String title;
    private final String contract;

    Engine(String title, String contract) {
      this.title = title;
      this.contract = contract;
    }

    String title() {
      return title;
    }

    String contract() {
      return contract;
    }
  }

  /// What was chosen.
  ///
  /// @param launcher of the agents
  /// @param hosts where
  record Choice(AgentLauncher launcher, HostList hosts) {}

  @Option(
      names = "--launcher",
      paramLabel = "local|ssh|slurm|command",
      defaultValue = "local",
      description =
          "Where workers run: on this machine, or on others, where it starts agents (default:"
              + " ${DEFAULT-VALUE}). See percore list launchers.")
  private Engine engine = Engine.LOCAL;

  @Option(
      names = "--hosts",
      paramLabel = "HOSTS",
      description =
          "Machines of --launcher: a:4,b:4 (processors to use of each), or @FILE with one in a"
              + " line. Default for slurm: all nodes of the allocation.")
  private @Nullable String hosts;

  @Option(
      names = "--launch-command",
      paramLabel = "TEMPLATE",
      description =
          "What starts an agent, for instance 'podman exec -i {host}'. {host}, {coordinator},"
              + " {transport}, {jar} and {agent} (its command line, else at the end) are filled"
              + " in.")
  private @Nullable String launchCommand;

  @Option(
      names = "--ssh",
      paramLabel = "COMMAND",
      defaultValue = "ssh",
      description = "ssh and its own options (default: ${DEFAULT-VALUE}).")
  private String ssh = "ssh";

  @Option(
      names = "--slurm-args",
      paramLabel = "ARGS",
      defaultValue = "",
      description =
          "More arguments of srun. Outside of a job, what to ask for: '--nodes=2 --exclusive'.")
  private String slurmArguments = "";

  @Option(
      names = "--remote-java",
      paramLabel = "PATH",
      description =
          "java program on the machines (default: java; for slurm, where this JVM's own is).")
  private @Nullable String remoteJava;

  @Option(
      names = "--remote-dir",
      paramLabel = "DIR",
      defaultValue = "",
      description =
          "Directory for the worker's jar on the machines, which for slurm share it (default:"
              + " ~/.cache/percore).")
  private String remoteDirectory = "";

  @Option(
      names = "--setup",
      paramLabel = "FILE",
      description = "Shell commands to run on each machine before, such as module load.")
  private @Nullable Path setup;

  /// Whether workers run elsewhere.
  boolean elsewhere() {
    return engine != Engine.LOCAL;
  }

  /// The launcher and the machines; empty for this one.
  ///
  /// @throws UserError when the options do not go together, or Slurm does not say which nodes there
  ///   are
  Optional<Choice> choice() throws InterruptedException {
    try {
      return switch (engine) {
        case LOCAL -> {
          refuse(hosts != null, "--hosts goes with --launcher ssh, slurm or command");
          yield Optional.empty();
        }
        case SSH ->
            Optional.of(
                new Choice(
                    new SshLauncher(
                        LocalLauncher.tokenize(ssh),
                        java("java"),
                        remoteDirectory,
                        setupText(),
                        LONGEST_LIFE),
                    named()));
        case COMMAND -> Optional.of(new Choice(command(), named()));
        case SLURM -> Optional.of(slurm());
      };
    } catch (IllegalArgumentException wrong) {
      throw new UserError(ExitCode.USAGE, wrong);
    }
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }

  private HostList named() {
    if (hosts == null) {
      throw new IllegalArgumentException(
          "--launcher " + engine.name().toLowerCase(java.util.Locale.ROOT) + " needs --hosts");
    }
    return HostList.parse(hosts);
  }

  private CommandLauncher command() {
    if (launchCommand == null) {
      throw new IllegalArgumentException(
          "--launcher command needs --launch-command, for instance 'podman exec -i {host}'");
    }
    return new CommandLauncher(
        LocalLauncher.tokenize(launchCommand), java("java"), "", setupText(), LONGEST_LIFE);
  }

  private Choice slurm() throws InterruptedException {
    SlurmAllocation allocation =
        SlurmAllocation.of(
            System.getenv(),
            slurmArguments.isBlank() ? List.of() : LocalLauncher.tokenize(slurmArguments));
    SlurmLauncher launcher =
        new SlurmLauncher(
            allocation,
            SlurmLauncher.PROGRAM,
            java(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            remoteDirectory.isEmpty() ? cache() : Path.of(remoteDirectory),
            setupText(),
            LONGEST_LIFE);
    try {
      return new Choice(
          launcher, hosts == null ? HostList.of(allocation.machines()) : HostList.parse(hosts));
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  private String java(String otherwise) {
    return remoteJava == null ? otherwise : remoteJava;
  }

  private String setupText() {
    try {
      return setup == null ? "" : Files.readString(setup);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("--setup cannot read " + setup, unreadable);
    }
  }

  private static Path cache() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return (cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
        .resolve("percore");
  }
}
