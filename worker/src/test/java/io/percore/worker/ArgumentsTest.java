package io.percore.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.worker.Arguments.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  private static final String SESSION =
      "session --coordinator 127.0.0.1:4711 --run r --trial 0 --attempt 1 --slot 2 --parent 99";
  private static final String AGENT = "agent --coordinator 10.0.0.1:4711 --transport tls";

  private static InetSocketAddress address(int first, int last) throws Exception {
    byte[] bytes = {(byte) first, 0, 0, (byte) last};
    return new InetSocketAddress(InetAddress.getByAddress(bytes), 4711);
  }

  @Test
  void session() throws Exception {
    assertThat(parse(SESSION))
        .isEqualTo(new Arguments.Session(address(127, 1), Transport.LOOPBACK, "r", 0, 1, 2, 99));
  }

  @Test
  void agent() throws Exception {
    assertThat(parse(AGENT))
        .isEqualTo(new Arguments.Agent(address(10, 1), Transport.TLS, null, 0, 0));
    assertThat(parse(AGENT + " --credentials dir/file --rank 3 --parent 99"))
        .isEqualTo(
            new Arguments.Agent(address(10, 1), Transport.TLS, Path.of("dir", "file"), 3, 99));
    assertThat(parse("agent --coordinator 127.0.0.1:4711"))
        .isEqualTo(new Arguments.Agent(address(127, 1), Transport.LOOPBACK, null, 0, 0));
  }

  @Test
  void rankByVariable() {
    assertThat(Arguments.rank("SLURM_PROCID", Map.of("SLURM_PROCID", "7"))).isEqualTo(7);
    assertThatThrownBy(() -> Arguments.rank("SLURM_PROCID", Map.of()))
        .hasMessage("--rank must be a whole number from 0, not 'SLURM_PROCID'");
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
    assertThatThrownBy(() -> parse("agent --coordinator " + address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"TLS", "INSECURE"})
  void anyAddressWhereTheStreamMayLeaveThisMachine(Transport transport) throws Exception {
    String words = " --transport " + transport.name().toLowerCase(java.util.Locale.ROOT);
    assertThat(parse(SESSION.replace("127.0.0.1", "10.0.0.2") + words))
        .isEqualTo(new Arguments.Session(address(10, 2), transport, "r", 0, 1, 2, 99));
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
    "--run r, --run r --transport plain, '--transport must be loopback, tls or insecure'",
    "session, agent, unknown option '--run'",
    "session, --describe, unexpected argument",
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
    assertThatThrownBy(() -> parse("agent")).hasMessageContaining("--coordinator is missing");
    assertThatThrownBy(() -> parse("serve")).hasMessageContaining("unknown command 'serve'");
    assertThatThrownBy(Arguments::parse).hasMessageContaining("nothing to do");
    assertThatThrownBy(() -> parse(AGENT + " --rank -1")).hasMessageContaining("--rank must be");
  }

  private static Arguments parse(String line) {
    return Arguments.parse(line.strip().split(" ", -1));
  }
}
