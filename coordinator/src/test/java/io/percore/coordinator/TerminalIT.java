package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The real program on a terminal that `script` makes, and with a standard output that fails.
@Tag("untimed")
class TerminalIT {
  private static final String PERCORE =
      "'"
          + Path.of(System.getProperty("java.home"), "bin", "java")
          + "' -XX:TieredStopAtLevel=1 -Dpercore.stdout.terminal=%s -jar '"
          + System.getProperty("percore.coordinator.jar")
          + "' ";

  private record Outcome(int exitCode, String output) {}

  @Test
  void fitsIntoTheTerminalAndColoursIt() throws Exception {
    Outcome narrow = onTerminal("stty cols 60", Map.of("TERM", "xterm"));
    Outcome wide = onTerminal("stty cols 100", Map.of("TERM", "xterm", "NO_COLOR", "1"));

    assertThat(narrow.output()).contains("\u001b[");
    assertThat(widest(narrow)).isBetween(50, 60);
    assertThat(wide.output()).doesNotContain("\u001b[");
    assertThat(widest(wide)).isBetween(90, 100);
  }

  @Test
  void takesEightyColumnsWhereTheTerminalDoesNotKnow() throws Exception {
    assertThat(widest(onTerminal("stty cols 0", Map.of("TERM", "dumb")))).isBetween(70, 80);
    Outcome wanted = onTerminal("stty cols 0", Map.of("TERM", "dumb", "COLUMNS", "95"));
    assertThat(widest(wanted)).isBetween(85, 95);
  }

  @Test
  void aReaderWhoHasSeenEnoughIsNoError() throws Exception {
    String command = PERCORE.formatted("false") + "list formats | head -n 1";
    Outcome outcome = bash("set -o pipefail; " + command, Map.of());
    assertThat(outcome.output()).startsWith("json").hasLineCount(1);
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void aResultThatCannotBeWrittenIsAnError() throws Exception {
    Outcome outcome = bash(PERCORE.formatted("false") + "list formats >/dev/full", Map.of());
    assertThat(outcome.output())
        .isEqualToIgnoringNewLines(
            "percore: cannot write to standard output: No space left on device");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTERNAL);
  }

  private static Outcome onTerminal(String set, Map<String, String> environment) throws Exception {
    String command = set + "; " + PERCORE.formatted("true") + "run --help";
    return bash("script -qec \"$0\" /dev/null", environment, command);
  }

  private static int widest(Outcome outcome) {
    return outcome
        .output()
        .lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m|\r", ""))
        .mapToInt(String::length)
        .max()
        .orElseThrow();
  }

  private static Outcome bash(String command, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeAll(List.of("COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
