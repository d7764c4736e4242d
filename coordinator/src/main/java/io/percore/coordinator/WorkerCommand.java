package io.percore.coordinator;

import io.percore.coordinator.launch.AttachedWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `percore worker`: brings this machine into a run, with credentials; or, for a coordinator of
/// this machine, one worker whose one-time secret comes in one line over standard input, which has
/// to stay open for as long as the worker shall live.
@Command(
    name = "worker",
    description =
        "Brings this machine into a run on another one: with --credentials, as its agent, which"
            + " starts workers here for as long as the run lasts. Without, joins a coordinator on"
            + " this machine as one worker; the one-time secret is then read from standard input,"
            + " which stays open: its end ends the worker.")
final class WorkerCommand implements Callable<Integer> {
  @Option(
      names = "--coordinator",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where it listens; without --credentials a loopback address.")
  private String coordinator = "";

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "The file machines.pem that percore tls init has made, mode 0600.")
  private @Nullable Path credentials;

  @Option(
      names = "--rank",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which of its tokens is this machine's, from 0 (default: ${DEFAULT-VALUE}).")
  private int rank;

  @Option(names = "--insecure", description = "Do not encrypt, as the coordinator was told, too.")
  private boolean insecure;

  @Option(names = "--run", paramLabel = "ID", description = "Identity of the run.")
  private @Nullable String run;

  @Option(
      names = "--trial",
      paramLabel = "N",
      defaultValue = "0",
      description = "Index of the trial.")
  private int trial;

  @Option(names = "--attempt", paramLabel = "N", defaultValue = "1", description = "Attempt at it.")
  private int attempt = 1;

  @Option(names = "--slot", paramLabel = "N", defaultValue = "0", description = "Worker within it.")
  private int slot;

  @Option(names = "--java", paramLabel = "PATH", description = "JDK or java program of the worker.")
  private @Nullable Path java;

  @Option(
      names = "--jvm-args",
      paramLabel = "ARGS",
      defaultValue = "",
      description = "More arguments for the worker's JVM.")
  private String jvmArguments = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    WorkerJar jar = WorkerJar.find();
    List<String> command = new ArrayList<>();
    command.add(WorkerJvm.java(java).toString());
    try {
      command.addAll(
          WorkerJvm.arguments(Runtime.getRuntime().availableProcessors(), 1, jvmArguments));
    } catch (IllegalArgumentException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
    command.addAll(List.of("-jar", jar.path().toString()));
    command.addAll(credentials == null ? session() : agent(credentials));
    return AttachedWorker.run(command);
  }

  private List<String> agent(Path file) {
    return List.of(
        "agent",
        "--coordinator",
        coordinator,
        "--transport",
        insecure ? "insecure" : "tls",
        "--credentials",
        file.toString(),
        "--rank",
        Integer.toString(rank),
        "--parent",
        Long.toString(ProcessHandle.current().pid()));
  }

  private List<String> session() {
    if (run == null) {
      throw new UserError(
          ExitCode.USAGE,
          "--credentials FILE brings this machine in, --run ID joins a run as one worker: give"
              + " one");
    }
    List<String> command = new ArrayList<>(List.of("session"));
    command.addAll(List.of("--coordinator", coordinator, "--run", run));
    command.addAll(List.of("--trial", Integer.toString(trial)));
    command.addAll(List.of("--attempt", Integer.toString(attempt)));
    command.addAll(List.of("--slot", Integer.toString(slot)));
    command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
    return command;
  }
}
