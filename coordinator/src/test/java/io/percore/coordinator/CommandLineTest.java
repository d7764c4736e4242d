package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// All commands and options by their definitions, and what is said of wrong ones before anything is
/// started.
class CommandLineTest {
  static Stream<CommandSpec> commands() {
    return ManPagesCommand.commands().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everythingIsDescribed(CommandSpec command) {
    assertSentence(command.qualifiedName(), command.usageMessage().description());
    command.options().forEach(o -> assertSentence(o.longestName(), o.description()));
    command.positionalParameters().forEach(p -> assertSentence(p.paramLabel(), p.description()));
    assertThat(command.usageMessage().hidden()).isFalse();
  }

  private static void assertSentence(String of, String... description) {
    assertThat(String.join(" ", description).replace("%n", "")).as(of).isNotBlank().endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpNamesEveryOptionAndLeavesNoVariable(CommandSpec command) {
    String help = command.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
    command.options().forEach(o -> assertThat(help).contains(Arrays.asList(o.names())));
    assertThat(help).doesNotContain("${", "%%").doesNotContainPattern("%n");
    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsChosenIsSpelledInSmallLettersAndListed(CommandSpec command) {
    command.args().stream()
        .filter(argument -> argument.auxiliaryTypes()[0].isEnum())
        .forEach(
            argument -> {
              List<String> words = Words.of(argument.auxiliaryTypes()[0]);
              assertThat(argument.paramLabel() + " " + String.join(" ", argument.description()))
                  .contains(words);
              String name = argument instanceof OptionSpec option ? option.longestName() : "--";
              assertThatThrownBy(() -> command.commandLine().parseArgs(name, "other"))
                  .hasMessageEndingWith("'other' is none of " + String.join(", ", words));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | a command is missing; see percore --help",
        "rum | Unmatched argument at index 0: 'rum' (did you mean run?); see percore --help",
        "run --fork 3 | Unknown options: '--fork', '3' (did you mean --forks?); see percore run"
            + " --help",
        "run --forks | Missing required parameter for option '--forks' (N); see percore run --help",
        "run --forks x | Invalid value for option '--forks': 'x' is not an int; see percore run"
            + " --help",
        "run --window 3 | Invalid value for option '--window': '3' is not a duration such as"
            + " 500ms, 2s or 1m; see percore run --help",
        "run --color blue | Invalid value for option '--color': 'blue' is none of"
            + " auto, always, never; see percore run --help",
        "run --format csv | Invalid value for option '--format': 'csv' is none"
            + " of text, json, markdown; see percore run --help",
        "run --export jmh | --export 'jmh' needs the form FORMAT=FILE",
        "run --export xml=x | --export: unknown format 'xml': see percore list formats",
        "run --adaptive much | --adaptive 'much' is not a percentage between 0 and 100",
        "run --port 5-1 | Invalid value for option '--port': '5-1' is neither a port up to 65535"
            + " nor a range such as 4711-4720; see percore run --help",
        "run --resume nowhere | nowhere holds no run: there is no run.json",
        "run --resume nowhere --window 1s -s atomic -o x --dry-run --memory | --resume goes on with"
            + " the run as it was designed: leave out --window, --strategies, --out, --dry-run",
        "run --dry-run --format markdown | --dry-run prints text or json, not markdown",
        "report | Missing required parameter: 'RUN'; see percore report --help",
        "report nowhere --format markdown | nowhere holds no run: there is no run.json",
        "compare a | Missing required parameter: 'NEW'; see percore compare --help",
        "compare a b --fail-below 0 | --fail-below is a ratio above 0, not 0.0",
        "fit | Missing required parameter: 'FILE.csv'; see percore fit --help",
        "fit a.csv --weights some | Invalid value for option '--weights': 'some' is"
            + " none of inverse, none; see percore fit --help",
        "list | Missing required parameter: 'KIND'; see percore list --help",
        "list things | Invalid value for positional parameter at index 0 (KIND): 'things' is none"
            + " of strategies, disciplines, workloads, formats, launchers; see percore list --help",
        "completion csh | Invalid value for positional parameter at index 0 (SHELL): 'csh' is"
            + " none of bash, fish, zsh; see percore completion --help",
        "worker | Missing required option: '--coordinator=HOST:PORT'; see percore"
            + " worker --help",
        "help rum | Unknown subcommand 'rum'; see percore --help",
      })
  void aMistakeIsOneClearLineAndExitsWith2(String arguments, String line) {
    StringWriter err = new StringWriter();
    CommandLine commands = CoordinatorMain.commands().setErr(new PrintWriter(err));
    int code = commands.execute(arguments == null ? new String[0] : arguments.split(" ", -1));
    assertThat(err.toString()).isEqualToIgnoringNewLines("percore: " + line);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(code).isEqualTo(ExitCode.USAGE);
  }
}
