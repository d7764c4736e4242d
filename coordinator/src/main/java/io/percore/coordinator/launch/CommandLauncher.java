package io.percore.coordinator.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Starts agents by any program that runs a command elsewhere and connects its standard input to
/// it: `podman exec -i {host}`, `kubectl exec -i {host} --`, `rsh {host} {agent}`. No shell sees
/// the words of the template.
///
/// In a word, `{host}` is the machine, `{coordinator}` where the agent dials in, `{transport}` how,
/// and `{jar}` the worker's jar. A word `{agent}` stands for all words of the agent's command line;
/// within a longer word it is the same quoted for a POSIX shell; without it these words come last.
///
/// @param template program and arguments
/// @param java the `java` program on the machines
/// @param jar the worker's jar on the machines; empty when it is where it is on this one
/// @param setup POSIX shell commands to run there before; blank for none
/// @param longestLife after which a process is killed, whatever it does
public record CommandLauncher(
    List<String> template, String java, String jar, String setup, Duration longestLife)
    implements AgentLauncher {
  private static final String AGENT = "{agent}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z-]+}");
  private static final List<String> PLACEHOLDERS =
      List.of("{host}", "{coordinator}", "{transport}", "{jar}", AGENT);

  /// @throws IllegalArgumentException when the template is empty, or has a placeholder that there
  ///   is none of
  public CommandLauncher {
    template = List.copyOf(template);
    if (template.isEmpty()) {
      throw new IllegalArgumentException("the launch command is empty");
    }
    for (String word : template) {
      PLACEHOLDER
          .matcher(word)
          .results()
          .map(MatchResult::group)
          .filter(placeholder -> !PLACEHOLDERS.contains(placeholder))
          .findFirst()
          .ifPresent(
              unknown -> {
                throw new IllegalArgumentException(
                    "the launch command has "
                        + unknown
                        + ", and there are only "
                        + String.join(", ", PLACEHOLDERS));
              });
    }
  }

  @Override
  public Started launch(AgentOrder order) throws IOException {
    AgentProcesses processes = new AgentProcesses();
    try {
      for (Invited agent : order.agents()) {
        processes.start(
            agent.machine(),
            words(order, agent.machine()),
            AgentCommand.input(List.of(agent.token()), order.credentials()),
            longestLife);
      }
      return processes;
    } catch (IOException | RuntimeException impossible) {
      processes.close();
      throw impossible;
    }
  }

  /// Program and arguments for one machine.
  List<String> words(AgentOrder order, String machine) {
    String there = jar.isEmpty() ? order.workerJar().toString() : jar;
    List<String> agent = new AgentCommand(java, setup, order).words(there);
    Map<String, String> values =
        Map.of(
            "{host}",
            machine,
            "{coordinator}",
            order.address(),
            "{transport}",
            order.transport(),
            "{jar}",
            there,
            AGENT,
            PosixShell.quote(agent));
    List<String> words = new ArrayList<>();
    for (String word : template) {
      if (word.equals(AGENT)) {
        words.addAll(agent);
      } else {
        words.add(
            PLACEHOLDER
                .matcher(word)
                .replaceAll(
                    found ->
                        Matcher.quoteReplacement(
                            values.getOrDefault(found.group(), found.group()))));
      }
    }
    if (template.stream().noneMatch(word -> word.contains(AGENT))) {
      words.addAll(agent);
    }
    return words;
  }
}
