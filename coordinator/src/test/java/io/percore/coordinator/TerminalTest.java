package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource({
    "true, TERM=xterm, true",
    "false, TERM=xterm, false",
    "true, TERM=dumb, false",
    "true, '', false",
    "true, TERM=xterm NO_COLOR=1, false",
    "true, TERM=xterm NO_COLOR=, true",
    "true, TERM=xterm CLICOLOR=0, false",
    "true, TERM=xterm CLICOLOR=1, true",
    "false, CLICOLOR_FORCE=1, true",
    "false, CLICOLOR_FORCE=, false",
    "false, CLICOLOR_FORCE=0, false",
    "false, CLICOLOR_FORCE=1 NO_COLOR=1, false",
    "false, CLICOLOR_FORCE=1 CLICOLOR=0 TERM=dumb, true",
  })
  void colourIsDecidedByTheFirstThatApplies(boolean terminal, String variables, boolean coloured) {
    Map<String, String> environment =
        Arrays.stream(variables.split(" ", -1))
            .filter(variable -> !variable.isEmpty())
            .map(variable -> variable.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    assertThat(Terminal.coloured(environment, terminal)).isEqualTo(coloured);
  }
}
