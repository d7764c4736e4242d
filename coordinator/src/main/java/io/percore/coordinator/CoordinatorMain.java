package io.percore.coordinator;

import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `percore` command: arguments in, exit code out.
@Command(
    name = "percore",
    description =
        "Measures which way of going parallel scales for CPU-bound work on shared,"
            + " reference-counted state, and what it costs.",
    mixinStandardHelpOptions = true,
    versionProvider = CoordinatorMain.Version.class,
    subcommands = {
      RunCommand.class,
      WorkerCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      AaCommand.class,
      VerifyCommand.class,
      FitCommand.class,
      ListCommand.class,
      MachineCommand.class,
      DoctorCommand.class,
      ExhibitCommand.class,
    })
public final class CoordinatorMain implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private CoordinatorMain() {}

  /// Runs a command and exits with its code.
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    // gRPC logs through java.util.logging; what it has to say of peers is said by the session
    // package.
    Logger.getLogger("io.grpc").setLevel(Level.OFF);
    CommandLine commands = new CommandLine(new CoordinatorMain());
    commands
        .getSubcommands()
        .values()
        .forEach(c -> c.getCommandSpec().mixinStandardHelpOptions(true));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(CoordinatorMain::usage);
    commands.setExecutionExceptionHandler(failure());
    return commands.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usage(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(
        "percore: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage")
            + "; see "
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help");
    return ExitCode.USAGE;
  }

  private static IExecutionExceptionHandler failure() {
    return (e, command, _) -> {
      if (e instanceof UserError error) {
        command.getErr().println("percore: " + error.getMessage());
        return error.exitCode();
      }
      LoggerFactory.getLogger(CoordinatorMain.class).error("this is a defect of percore", e);
      return ExitCode.INTERNAL;
    };
  }

  /// The version that the build put into the jar.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = CoordinatorMain.class.getPackage().getImplementationVersion();
      return new String[] {"percore " + (version == null ? "unknown" : version)};
    }
  }
}
