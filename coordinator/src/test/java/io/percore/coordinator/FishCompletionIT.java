package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The completion script of the real program, asked by a real fish where there is one.
@Tag("untimed")
class FishCompletionIT {
  @TempDir static Path directory;
  private static Path script;

  @BeforeAll
  static void makeScript() throws IOException, InterruptedException {
    Tool.need(Tool.isThere("fish"), "fish is not installed (Debian: fish)");
    try (PercoreProcess percore = PercoreProcess.start(directory, "completion", "fish")) {
      script = directory.resolve("percore.fish");
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
        "percore run --strategies=glo | --strategies=global-lock",
        "percore run --strategies=gil,ato | --strategies=gil,atomic",
        "percore run -s sequ | sequential sequential@Nx1",
        "percore run -s gil,ato | gil,atomic",
        "percore run -s al | all",
        "percore run -w zi | zipf",
        "percore run -p ske | skew=",
        "percore run -d gil.checkpoint=e | gil.checkpoint=every-op",
        "percore run --export jm | jmh=",
        "percore run --color a | auto always",
        "percore run --format m | markdown",
        "percore report --strat | ",
        "percore report run --form | --format",
        "percore list str | strategies",
        "percore list --format j | json",
        "percore completion z | zsh",
        "percore tls in | init",
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
        .containsExactlyInAnyOrderElementsOf(CoordinatorMain.commands().getSubcommands().keySet());
  }

  @Test
  void offersDirectoriesWhereARunIsWanted() throws Exception {
    Files.createDirectories(directory.resolve("some-run"));
    assertThat(completions("percore report some-")).containsExactly("some-run/");
    assertThat(completions("percore exhibit some-")).isEmpty();
  }

  /// What fish offers for the last word of a line, the descriptions left out.
  private static List<String> completions(String line) throws Exception {
    String ask = "source $argv[1]; cd $argv[2]; complete -C $argv[3]";
    Tool.Outcome outcome =
        Tool.run(
            Map.of("HOME", directory.toString()),
            List.of(
                "fish", "--no-config", "-c", ask, script.toString(), directory.toString(), line));
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output().lines().map(offer -> offer.split("\t", -1)[0]).toList();
  }
}
