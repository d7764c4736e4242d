package io.percore.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A script with which fish completes commands, options and names, from the commands' definitions:
/// picocli makes one for bash alone.
final class FishCompletion {
  private static final String FUNCTIONS =
      """
      # Completion of percore in fish.

      # Whether the words before the cursor begin with these commands.
      function __percore_in
          set -l words (commandline -opc)[2..]
          set -l depth (count $argv)
          test (count $words) -ge $depth; and test "$words[1..$depth]" = "$argv"
      end

      # Whether the next word is a command below these.
      function __percore_below
          set -l depth (count $argv)
          test (count (commandline -opc)) -eq (math $depth + 1); or return
          test $depth -eq 0; or __percore_in $argv
      end

      # Completes the last element of a list with commas.
      function __percore_list
          set -l word (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
          set -l before (string match -r -- '^.*,' $word; or echo)
          printf '%s\\n' $before$argv
      end

      """;

  private final StringBuilder script = new StringBuilder(FUNCTIONS);

  private FishCompletion() {}

  /// The script.
  ///
  /// @param commands with candidates where values are known
  static String of(CommandLine commands) {
    FishCompletion completion = new FishCompletion();
    completion.add(commands, List.of());
    return completion.script.toString();
  }

  private void add(CommandLine command, List<String> path) {
    CommandSpec spec = command.getCommandSpec();
    Map<String, CommandLine> below = command.getSubcommands();
    String here = String.join(" ", path);
    below.forEach(
        (name, sub) ->
            line(
                "__percore_below " + here,
                "-f -a " + name,
                ManPage.text(sub.getCommandSpec().usageMessage().description())));
    String inside = path.isEmpty() ? "__percore_below" : "__percore_in " + here;
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(
            option ->
                line(
                    inside, names(option) + value(option), String.join(" ", option.description())));
    if (!path.isEmpty()) {
      if (spec.positionalParameters().isEmpty()) {
        line(inside, "-f", "");
      }
      spec.positionalParameters()
          .forEach(
              parameter -> {
                List<String> words = words(parameter.completionCandidates());
                if (!words.isEmpty()) {
                  line(inside, "-f -a '" + String.join(" ", words) + "'", "");
                }
              });
    }
    below.forEach((name, sub) -> add(sub, Stream.concat(path.stream(), Stream.of(name)).toList()));
  }

  private void line(String condition, String completion, String description) {
    script.append("complete -c percore -n '").append(condition.strip()).append("' ");
    script.append(completion);
    if (!description.isEmpty()) {
      String text = ManPage.firstSentence(description).replace("\\", "\\\\").replace("'", "\\'");
      script.append(" -d '").append(text).append('\'');
    }
    script.append('\n');
  }

  private static String names(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    return String.join(" ", names);
  }

  /// What may follow an option: nothing, a word of a list, or something unknown such as a file.
  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    List<String> words = words(option.completionCandidates());
    return words.isEmpty() ? " -r" : " -x -a '(__percore_list " + String.join(" ", words) + ")'";
  }

  private static List<String> words(@Nullable Iterable<String> candidates) {
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }
}
