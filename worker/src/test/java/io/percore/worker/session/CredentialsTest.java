package io.percore.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final List<String> LINES =
      List.of(
          "-----BEGIN CERTIFICATE-----",
          "QQ==",
          "-----END CERTIFICATE-----",
          "-----BEGIN CERTIFICATE-----",
          "Qg==",
          "-----END CERTIFICATE-----",
          "-----BEGIN PRIVATE KEY-----",
          "Qw==",
          "-----END PRIVATE KEY-----");

  @Test
  void areHandedOnAsTheyCame() {
    List<String> among = new ArrayList<>(List.of("0123456789abcdef".repeat(4), ""));
    among.addAll(LINES);
    assertThat(Credentials.parse(among).lines()).isEqualTo(LINES);
    assertThat(Credentials.parse(LINES)).hasToString("Credentials[...]");
  }

  @Test
  void anythingElseIsRefused() {
    List<List<String>> wrong =
        List.of(
            List.of(),
            LINES.subList(0, 8),
            LINES.subList(3, 9),
            // The key first.
            java.util.stream.Stream.concat(
                    LINES.subList(6, 9).stream(), LINES.subList(0, 6).stream())
                .toList());
    for (List<String> lines : wrong) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Credentials.parse(lines))
          .withMessageContaining("PEM");
    }
  }

  @Test
  void whatIsNoCertificateIsSaidToBeNone() {
    Credentials credentials = Credentials.parse(LINES);
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4711);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CoordinatorLink<AgentMessage, AgentOrder>(
                        new CoordinatorAddress(anywhere, Optional.of(credentials), false),
                        (stub, inbound) -> stub.attend(inbound),
                        _ -> {},
                        _ -> {})
                    .close());
  }

  @Test
  void aStreamThatLeavesThisMachineNeedsCredentials() {
    InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 4711);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CoordinatorAddress(elsewhere, Optional.empty(), false))
        .withMessageContaining("credentials are needed");
    assertThat(new CoordinatorAddress(elsewhere, Optional.empty(), true).trusted()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CoordinatorAddress(
                    InetSocketAddress.createUnresolved("nowhere.invalid", 1),
                    Optional.empty(),
                    true))
        .withMessage("unknown host nowhere.invalid");
  }
}
