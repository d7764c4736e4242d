package io.percore.coordinator;

import io.percore.coordinator.measurement.RunJournal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `percore` command: arguments in, exit code out.
@Command(
    name = "percore",
    description =
        "Measures which way of going parallel scales for CPU-bound work on shared,"
            + " reference-counted state, and what it costs.",
    mixinStandardHelpOptions = true,
    versionProvider = CoordinatorMain.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:an error of percore, no JDK, no worker jar",
      "2:wrong usage",
      "3:a count was wrong, or a summary does not follow from its trials",
      "4:the machine is unfit or too busy",
      "5:a regression",
      "6:incomplete",
      "129, 130, 143:hung up, interrupted, terminated; finished trials are kept",
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  PERCORE_JAVA_HOME  the JDK to use, rather than one that is found",
      "  PERCORE_JVM_DIRS   directories of JDKs, rather than the usual ones",
      "  NO_COLOR           no colour, unless --color always",
      "  CLICOLOR_FORCE     colour everywhere, unless --color never",
      "  COLUMNS            columns of the terminal, whatever it says",
    })
public final class CoordinatorMain implements Runnable {
  /// Less than that picocli refuses.
  private static final int NARROWEST_HELP = 55;

  private static final int WIDEST_HELP = 100;

  /// By name, in the order in which they are listed.
  private static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("run", RunCommand.class),
          Map.entry("worker", WorkerCommand.class),
          Map.entry("tls", TlsCommand.class),
          Map.entry("report", ReportCommand.class),
          Map.entry("compare", CompareCommand.class),
          Map.entry("aa", AaCommand.class),
          Map.entry("verify", VerifyCommand.class),
          Map.entry("fit", FitCommand.class),
          Map.entry("list", ListCommand.class),
          Map.entry("machine", MachineCommand.class),
          Map.entry("doctor", DoctorCommand.class),
          Map.entry("exhibit", ExhibitCommand.class),
          Map.entry("completion", CompletionCommand.class),
          Map.entry("man-pages", ManPagesCommand.class),
          Map.entry("help", HelpCommand.class));

  /// Commands that do little but read a run and show it.
  private static final Set<String> READING = Set.of("report", "compare");

  @Spec private CommandSpec spec = CommandSpec.create();

  private CoordinatorMain() {}

  /// Runs a command and exits with its code.
  public static void main(String[] arguments) {
    // Much code is cold when a command line is parsed, and much other when a journal is read.
    if (arguments.length > 0 && READING.contains(arguments[0])) {
      Thread.ofPlatform().daemon().name("prepares").start(RunJournal::prepare);
    }
    StandardOutput out = StandardOutput.install();
    System.exit(out.exitCode(execute(arguments)));
  }

  static int execute(String... arguments) {
    CommandLine commands = commands(needed(arguments));
    if (Terminal.isOutput()) {
      commands.setUsageHelpWidth(Math.clamp(Terminal.outputColumns(), NARROWEST_HELP, WIDEST_HELP));
    }
    Ansi ansi = Terminal.coloured(System.getenv(), Terminal.isOutput()) ? Ansi.ON : Ansi.OFF;
    commands.setColorScheme(Help.defaultColorScheme(ansi));
    return commands.execute(arguments);
  }

  /// All commands: how their arguments are read, and what becomes of errors.
  static CommandLine commands() {
    return commands(COMMANDS);
  }

  /// The command that is named, or all: to set them all up takes as long as a short command. Help
  /// on one needs them all.
  private static List<Map.Entry<String, Class<?>>> needed(String... arguments) {
    return COMMANDS.stream()
        .filter(command -> arguments.length > 0 && command.getKey().equals(arguments[0]))
        .filter(command -> command.getValue() != HelpCommand.class)
        .findFirst()
        .map(List::of)
        .orElse(COMMANDS);
  }

  private static CommandLine commands(List<Map.Entry<String, Class<?>>> subcommands) {
    CommandLine commands = new CommandLine(new CoordinatorMain());
    subcommands.forEach(
        subcommand -> commands.addSubcommand(subcommand.getKey(), subcommand.getValue()));
    commands.getSubcommands().values().stream()
        .filter(command -> !(command.getCommand() instanceof HelpCommand))
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    Words.register(commands);
    commands.setParameterExceptionHandler(CoordinatorMain::usage);
    commands.setExecutionExceptionHandler(failure());
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int usage(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(
        "percore: "
            + firstLine(e).replaceFirst("\\.$", "")
            + suggestion(e)
            + "; see "
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help");
    return ExitCode.USAGE;
  }

  private static String firstLine(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
  }

  private static String suggestion(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? " (did you mean " + unmatched.getSuggestions().getFirst() + "?)"
        : "";
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
