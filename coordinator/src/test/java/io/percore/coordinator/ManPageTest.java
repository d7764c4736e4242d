package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

class ManPageTest {
  @TempDir Path directory;

  static Stream<CommandSpec> commands() {
    return ManPagesCommand.commands().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void hasEveryOptionAndCommandAndNothingUnresolved(CommandSpec command) {
    String page = page(command);
    assertThat(page).doesNotContain("${", "%%", "%n").matches("[\\n -~]*");
    String plain = page.replace("\\-", "-");
    command.options().forEach(o -> assertThat(plain).contains(Arrays.asList(o.names())));
    command.subcommands().keySet().forEach(name -> assertThat(plain).contains(name));
    assertThat(plain).contains(".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"EXIT STATUS\"");
  }

  @Test
  void mandocFindsNoFault() throws Exception {
    List<String> command = new ArrayList<>(List.of("mandoc", "-T", "lint", "-W", "warning"));
    command.addAll(files());
    assertThat(output(command)).isEmpty();
  }

  @Test
  void groffFindsNoFault() throws Exception {
    for (String file : files()) {
      assertThat(output(List.of("groff", "-man", "-Tutf8", "-ww", "-z", file))).isEmpty();
    }
  }

  @Test
  void isReadAsItWasMeant() throws Exception {
    Path file = directory.resolve("percore-run.1");
    files();
    String shown =
        output(List.of("mandoc", "-T", "ascii", file.toString()))
            .replaceAll(".\b", "")
            .replaceAll("\\s+", " ");
    assertThat(shown)
        .contains("percore-run - Runs the comparison on this machine")
        .contains("-s, --strategies=NAMES Strategies, separated by commas:")
        .contains("for instance 2%.")
        .contains("EXIT STATUS 0 fine");
  }

  private List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (CommandSpec command : ManPagesCommand.commands()) {
      Path file = directory.resolve(ManPage.name(command) + ".1");
      files.add(Files.writeString(file, page(command)).toString());
    }
    return files;
  }

  private static String page(CommandSpec command) {
    return ManPage.of(command, LocalDate.of(2026, 2, 3));
  }

  /// What a formatter prints, errors with it; the test is skipped, with the reason, where it is not
  /// installed.
  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort(command.getFirst() + " is not installed, so it has not read the manual pages");
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
