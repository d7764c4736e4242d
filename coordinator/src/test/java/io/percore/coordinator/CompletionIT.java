package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The completion script of the real program, asked by a real bash.
@Tag("untimed")
class CompletionIT {
  @TempDir static Path directory;
  private static Path script;

  @BeforeAll
  static void makeScript() throws IOException, InterruptedException {
    try (PercoreProcess percore = PercoreProcess.start(directory, "completion", "bash")) {
      script = directory.resolve("percore.bash");
      Files.writeString(script, percore.expect(0).out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "percore ver | verify",
        "scripts/percore dry | ",
        "percore run --strat | --strategies",
        "percore run --strategies glo | global-lock",
        "percore run -s sequ | sequential sequential@Nx1",
        "percore run -s gil,ato | gil,atomic",
        "percore run -s al | all",
        "percore run --workload cou | counter",
        "percore run -w zi | zipf",
        "percore run -p ske | skew=",
        "percore run -d gil.checkpoint=e | gil.checkpoint=every-op",
        "percore run --export jm | jmh=",
        "percore run --color a | auto always",
        "percore run --format m | markdown",
        "percore run --pinning b | both",
        "percore run --collectors pa | parallel",
        "percore machine --place s | spread",
        "percore fit --weights i | inverse",
        "percore list str | strategies",
        "percore list wo | workloads",
        "percore list la | launchers",
        "percore list --format j | json",
        "percore completion z | zsh",
        "percore completion f | fish",
        "percore aa -s proc | processes",
      })
  void completes(String line, String expected) throws Exception {
    assertThat(completions(line))
        .containsExactlyInAnyOrderElementsOf(
            expected == null ? List.of() : List.of(expected.split(" ", -1)));
  }

  @Test
  void offersEveryCommand() throws Exception {
    assertThat(completions("percore "))
        .containsAll(CoordinatorMain.commands().getSubcommands().keySet());
  }

  /// What bash offers for the last word of a line. Words are split at spaces alone.
  private static List<String> completions(String line) throws Exception {
    String ask =
        """
        source "$1"
        complete -p percore >/dev/null || exit 1
        compopt() { :; } # works while a key is pressed only
        IFS=' ' read -r -a COMP_WORDS <<<"$2"
        [ "${2% }" = "$2" ] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$2 COMP_POINT=${#2}
        _percore "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask, "bash", script.toString(), line)
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).as(out).isZero();
    return Stream.of(out.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
