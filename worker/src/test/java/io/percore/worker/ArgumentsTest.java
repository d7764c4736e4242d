package io.percore.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static final String SESSION =
      "session --coordinator 127.0.0.1:4711 --run r --trial 0 --attempt 1 --slot 2 --parent 99";

  @Test
  void session() throws Exception {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    assertThat(parse(SESSION))
        .isEqualTo(new Arguments.Session(new InetSocketAddress(address, 4711), "r", 0, 1, 2, 99));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]:80", "localhost:80", "127.3.2.1:80", "::1:80"})
  void addressesThatCannotLeaveThisMachine(String address) {
    assertThat(parse(SESSION.replace("127.0.0.1:4711", address)))
        .isInstanceOfSatisfying(
            Arguments.Session.class,
            session -> assertThat(session.coordinator().getAddress().isLoopbackAddress()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1:80", "example.org:80", "0.0.0.0:80", "[::]:80", "[fe80::1]:80"})
  void addressesThatCould(String address) {
    assertThatThrownBy(() -> parse(SESSION.replace("127.0.0.1:4711", address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:4711, 127.0.0.1, HOST:PORT",
    "127.0.0.1:4711, 127.0.0.1:0, HOST:PORT",
    "127.0.0.1:4711, 127.0.0.1:65536, HOST:PORT",
    "127.0.0.1:4711, 127.0.0.1:x, HOST:PORT",
    "--trial 0, --trial -1, --trial must be a whole number from 0",
    "--attempt 1, --attempt 0, --attempt must be a whole number from 1",
    "--slot 2, --slot two, --slot must be a whole number",
    "--parent 99, '', --parent is missing",
    "--parent 99, --parent, --parent needs a value",
    "--run r, --run r --run s, --run is given twice",
    "--run r, --runs r, unknown option '--runs'",
    "session, agent, unexpected argument",
  })
  void mistakesAreNamed(String right, String wrong, String message) {
    assertThatThrownBy(() -> parse(SESSION.replace(right, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void otherCommands() {
    assertThat(parse("--describe")).isEqualTo(new Arguments.Describe());
    assertThat(parse("--help")).isEqualTo(new Arguments.Help());
    assertThatThrownBy(() -> parse("agent")).hasMessageContaining("unknown command 'agent'");
    assertThatThrownBy(Arguments::parse).hasMessageContaining("nothing to do");
  }

  private static Arguments parse(String line) {
    return Arguments.parse(line.strip().split(" ", -1));
  }
}
