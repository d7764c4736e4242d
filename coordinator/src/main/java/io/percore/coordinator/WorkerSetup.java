package io.percore.coordinator;

import io.percore.coordinator.launch.LocalLauncher;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.Survey;
import io.percore.coordinator.session.WorkerHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How workers are started for a run, and what they say of themselves.
///
/// @param jar the worker's jar
/// @param launcher starts them
/// @param survey their catalogue and machine
/// @param machines where they run; null for this one
record WorkerSetup(
    WorkerJar jar, LocalLauncher launcher, Survey survey, @Nullable Machines machines)
    implements AutoCloseable {
  /// No trial is as long: a worker that lives on is one that nothing else could end.
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);

  /// Asks a worker what it offers and what it sees.
  ///
  /// @throws UserError when there is no JDK, no jar, or no answer
  static WorkerSetup survey(RunOptions options) throws InterruptedException {
    return survey(WorkerJvm.java(options.java), options.jvmArguments, new MachineOptions());
  }

  /// The same of a worker in a given JVM.
  ///
  /// @param java its `java`
  /// @param jvmArguments the user's own
  static WorkerSetup survey(Path java, String jvmArguments) throws InterruptedException {
    return survey(java, jvmArguments, new MachineOptions());
  }

  /// Asks a worker here, or the agents of other machines.
  ///
  /// @throws UserError when there is no JDK, no jar, no answer, or no machines
  static WorkerSetup survey(Path java, String jvmArguments, MachineOptions elsewhere)
      throws InterruptedException {
    WorkerJar jar = WorkerJar.find();
    try {
      List<String> arguments =
          WorkerJvm.arguments(Runtime.getRuntime().availableProcessors(), 1, jvmArguments);
      LocalLauncher launcher = new LocalLauncher(java, jar.path(), arguments, LONGEST_LIFE);
      Machines machines = elsewhere.gather(arguments, jar).orElse(null);
      Survey survey =
          machines == null
              ? Survey.parse(describe(launcher, jar), arguments, jar.sha256())
              : machines.survey();
      return new WorkerSetup(jar, launcher, survey, machines);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(ExitCode.INTERNAL, e);
    }
  }

  /// A worker that tells of itself is not measured, and starts as fast as it can. Where the user's
  /// own arguments do not go with the archive, the JVM starts without it and need not say so.
  private static String describe(LocalLauncher launcher, WorkerJar jar)
      throws IOException, InterruptedException {
    List<String> quick = new ArrayList<>(ClassArchive.argumentsIfThere(launcher.java(), jar));
    quick.add("-XX:TieredStopAtLevel=1");
    quick.addAll(launcher.jvmArguments());
    quick.addAll(List.of("-Xlog:cds*=off:stderr", "-Xlog:aot*=off:stderr"));
    return launcher.withJvmArguments(quick).describe();
  }

  /// The same workers with a JVM for the trials of a plan, and a class archive where there can be
  /// one.
  WorkerSetup preparedFor(Planner planner, RunOptions options) throws InterruptedException {
    int largest = planner.programs().stream().mapToInt(Program::parallelism).max().orElse(1);
    return archived(WorkerJvm.arguments(cluster().largestMachine(), largest, options.jvmArguments));
  }

  /// The same workers with the JVM arguments of a run that was begun before.
  WorkerSetup preparedAs(Environment before) throws InterruptedException {
    return archived(ClassArchive.without(before.jvmArguments()));
  }

  private WorkerSetup archived(List<String> jvmArguments) throws InterruptedException {
    List<String> arguments = new ArrayList<>(jvmArguments);
    WorkerSetup plain = with(arguments);
    if (machines != null) {
      // An archive of classes would have to be made on each of them.
      return plain;
    }
    arguments.addAll(
        0,
        ClassArchive.arguments(
            launcher.java(),
            jar,
            training -> {
              List<String> trained = new ArrayList<>(training);
              trained.addAll(arguments);
              Rehearsal.run(plain.with(trained), Rehearsal.TRAINING_EXIT);
            }));
    return with(arguments);
  }

  /// The same workers with a heap of which only what they use is touched.
  WorkerSetup untouched() {
    List<String> arguments = new ArrayList<>(survey.environment().jvmArguments());
    arguments.add("-XX:-AlwaysPreTouch");
    return with(arguments);
  }

  /// The same workers with JVMs that write down what they compile and inline of the measured code.
  ///
  /// @param directory for one file of each process, named by its identity
  WorkerSetup logging(Path directory) {
    List<String> arguments = new ArrayList<>(survey.environment().jvmArguments());
    arguments.add("-XX:+UnlockDiagnosticVMOptions");
    arguments.add("-XX:+LogCompilation");
    arguments.add("-XX:LogFile=" + directory.resolve("%p.log"));
    arguments.add("-XX:CompileCommand=quiet");
    arguments.add("-XX:CompileCommand=log,io.percore.worker.workload.*::*");
    arguments.add("-XX:CompileCommand=log,io.percore.worker.refcount.*::*");
    return with(arguments);
  }

  private WorkerSetup with(List<String> jvmArguments) {
    return new WorkerSetup(
        jar,
        launcher.withJvmArguments(jvmArguments),
        new Survey(survey.catalogue(), survey.environment().withJvmArguments(jvmArguments)),
        machines);
  }

  WorkerHost host() {
    return machines == null
        ? new LocalHost(launcher)
        : machines.host(survey.environment().jvmArguments());
  }

  /// The processors of the machines.
  Cluster cluster() {
    return machines == null
        ? Cluster.of(survey.environment().hardwareThreads())
        : machines.cluster();
  }

  /// Where workers join: a port of its own, or that of the machines.
  ///
  /// @param server that listens there
  /// @param own whether it ends with this
  record Door(SessionServer server, boolean own) implements AutoCloseable {
    @Override
    public void close() {
      if (own) {
        server.close();
      }
    }
  }

  /// Lets workers in.
  ///
  /// @throws IOException when no port can be had
  Door open() throws IOException {
    return machines == null
        ? new Door(new SessionServer(jar.sha256()), true)
        : new Door(machines.server(), false);
  }

  /// Lets other machines go.
  @Override
  public void close() {
    if (machines != null) {
      machines.close();
    }
  }
}
