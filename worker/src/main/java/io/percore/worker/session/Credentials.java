package io.percore.worker.session;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What proves the two ends of an encrypted stream to each other: the certificate of the authority
/// that both trust, and the certificate and private key of this end. Kept as the PEM text that it
/// arrived as, which never appears in another text. Immutable.
public final class Credentials {
  /// Name in the coordinator's certificate, whatever the machine is called.
  public static final String COORDINATOR = "percore-coordinator";

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String CERTIFICATE = "CERTIFICATE-----";
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  private final String authority;
  private final String certificate;
  private final String privateKey;

  private Credentials(String authority, String certificate, String privateKey) {
    this.authority = authority;
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /// Reads three PEM blocks: the authority's certificate, the own certificate, the own private key
  /// (PKCS #8, not encrypted).
  ///
  /// @throws IllegalArgumentException in one line, when it is anything else
  public static Credentials parse(List<String> lines) {
    List<String> blocks = blocks(lines);
    if (blocks.size() != 3
        || !blocks.get(0).startsWith(BEGIN + CERTIFICATE)
        || !blocks.get(1).startsWith(BEGIN + CERTIFICATE)
        || !blocks.get(2).startsWith(BEGIN + PRIVATE_KEY)) {
      throw new IllegalArgumentException(
          "credentials are an authority's certificate, a certificate and a private key in PEM");
    }
    return new Credentials(blocks.get(0), blocks.get(1), blocks.get(2));
  }

  private static List<String> blocks(List<String> lines) {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith(BEGIN)) {
        block.setLength(0);
      }
      if (line.startsWith(BEGIN) || !block.isEmpty()) {
        block.append(line.strip()).append('\n');
      }
      if (line.startsWith(END) && !block.isEmpty()) {
        blocks.add(block.toString());
        block.setLength(0);
      }
    }
    return blocks;
  }

  /// The same text again, to be handed on to a process that acts for this one.
  public List<String> lines() {
    return (authority + certificate + privateKey).lines().toList();
  }

  /// For one end of a stream that shows its certificate and wants to see the other's.
  ///
  /// @throws IllegalArgumentException when the certificates or the key cannot be read
  ChannelCredentials channel() {
    try {
      return TlsChannelCredentials.newBuilder()
          .trustManager(stream(authority))
          .keyManager(stream(certificate), stream(privateKey))
          .build();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("the credentials cannot be read", unreadable);
    }
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "Credentials[...]";
  }
}
