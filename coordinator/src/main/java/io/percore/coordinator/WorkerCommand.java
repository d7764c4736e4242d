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

/// `percore worker`: one worker that joins a coordinator of this machine. Its one-time secret comes
/// in one line over standard input, which has to stay open for as long as the worker shall live.
@Command(
    name = "worker",
    description =
        "Joins a coordinator on this machine as one worker. The one-time secret is read from"
            + " standard input, which stays open: its end ends the worker.")
final class WorkerCommand implements Callable<Integer> {
  @Option(
      names = "--coordinator",
      required = true,
      paramLabel = "HOST:PORT",
      description = "A loopback address.")
  private String coordinator = "";

  @Option(names = "--run", required = true, paramLabel = "ID", description = "Identity of the run.")
  private String run = "";

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
    command.addAll(List.of("-jar", jar.path().toString(), "session"));
    command.addAll(List.of("--coordinator", coordinator, "--run", run));
    command.addAll(List.of("--trial", Integer.toString(trial)));
    command.addAll(List.of("--attempt", Integer.toString(attempt)));
    command.addAll(List.of("--slot", Integer.toString(slot)));
    command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
    return AttachedWorker.run(command);
  }
}
