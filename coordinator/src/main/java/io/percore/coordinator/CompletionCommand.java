package io.percore.coordinator;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Catalogue.Discipline;
import io.percore.coordinator.plan.Catalogue.Parameter;
import io.percore.coordinator.plan.Catalogue.Workload;
import io.percore.coordinator.report.export.ReportFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/// `percore completion`: a script that lets a shell complete commands, options and names.
@Command(
    name = "completion",
    description =
        "Prints a script with which a shell completes commands, options, and the names of"
            + " strategies, workloads, parameters and formats.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(scripts/percore completion bash)",
      "  scripts/percore completion fish >~/.config/fish/completions/percore.fish",
    })
final class CompletionCommand implements Callable<Integer> {
  /// Shells that there is a script for; zsh reads that of bash.
  enum Shell {
    BASH,
    FISH,
    ZSH
  }

  /// Completes the last name of a list, and puts no space behind a name whose value is to come.
  private static final String LISTS =
      """

      # Completes the last element of a list with commas, and adds no space after KEY=.
      function _percore() {
        local word=${COMP_WORDS[COMP_CWORD]} before=
        case $word in *,*) before=${word%,*}, ;; esac
        COMP_WORDS[COMP_CWORD]=${word##*,}
        _complete_percore "$@"
        COMP_WORDS[COMP_CWORD]=$word
        [ ${#COMPREPLY[@]} -eq 0 ] || COMPREPLY=("${COMPREPLY[@]/#/$before}")
        if [ -n "${BASH_VERSION:-}" ] && [ ${#COMPREPLY[@]} -eq 1 ]; then
          case ${COMPREPLY[*]} in *=) compopt -o nospace 2>/dev/null ;; esac
        fi
        return 0
      }
      complete -F _percore -o default percore
      """;

  @Parameters(paramLabel = "SHELL", arity = "1", description = "One of bash, fish, zsh.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine commands = completed(WorkerSetup.survey(new RunOptions()).survey().catalogue());
    System.out.print(
        switch (shell) {
          case BASH, ZSH -> AutoComplete.bash("percore", commands) + LISTS;
          case FISH -> FishCompletion.of(commands);
        });
    return ExitCode.OK;
  }

  /// All commands, which know what can stand for their arguments.
  ///
  /// @param catalogue whose names they complete
  private static CommandLine completed(Catalogue catalogue) {
    CommandLine commands = CoordinatorMain.commands();
    Map<String, List<String>> names = names(catalogue);
    commands.getSubcommands().values().forEach(c -> complete(c.getCommandSpec(), names));
    return commands;
  }

  private static Map<String, List<String>> names(Catalogue catalogue) {
    return Map.of(
        "--strategies",
        Stream.concat(ListCommand.strategyNames(catalogue), Stream.of("all")).toList(),
        "--workload",
        catalogue.workloads().stream().map(Workload::id).toList(),
        "-p",
        catalogue.workloads().stream()
            .flatMap(workload -> workload.parameters().stream())
            .map(parameter -> parameter.name() + "=")
            .distinct()
            .toList(),
        "-d",
        catalogue.disciplines().stream().flatMap(CompletionCommand::settings).toList(),
        "--export",
        Arrays.stream(ReportFormat.values()).map(format -> format.id() + "=").toList());
  }

  private static Stream<String> settings(Discipline discipline) {
    return discipline.parameters().stream()
        .flatMap(parameter -> values(parameter).map(v -> discipline.id() + "." + v));
  }

  private static Stream<String> values(Parameter parameter) {
    return parameter.choices().isEmpty()
        ? Stream.of(parameter.name() + "=")
        : parameter.choices().stream().map(choice -> parameter.name() + "=" + choice);
  }

  /// Tells a command what can stand for its arguments.
  private static void complete(CommandSpec command, Map<String, List<String>> names) {
    for (OptionSpec option : List.copyOf(command.options())) {
      List<String> candidates = names.getOrDefault(option.longestName(), words(option));
      if (!candidates.isEmpty()) {
        command.remove(option);
        command.addOption(option.toBuilder().completionCandidates(candidates).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(command.positionalParameters())) {
      List<String> candidates = words(parameter);
      if (!candidates.isEmpty()) {
        command.remove(parameter);
        command.addPositional(parameter.toBuilder().completionCandidates(candidates).build());
      }
    }
  }

  private static List<String> words(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    return type.isEnum() ? Words.of(type) : List.of();
  }
}
