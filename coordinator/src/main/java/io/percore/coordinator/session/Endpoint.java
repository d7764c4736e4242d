package io.percore.coordinator.session;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Where the coordinator listens, and how streams are protected there. Immutable.
public final class Endpoint {
  /// This machine only, at any port: nothing is encrypted, since nothing leaves it.
  public static final Endpoint LOOPBACK =
      new Endpoint(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          InsecureServerCredentials.create());

  private final InetSocketAddress address;
  private final ServerCredentials credentials;

  private Endpoint(InetSocketAddress address, ServerCredentials credentials) {
    this.address = address;
    this.credentials = credentials;
  }

  /// Encrypted; whoever dials in has to show a certificate of the authority before anything else.
  ///
  /// @param address where to listen; port 0 takes any
  /// @param authority PEM certificate of the authority
  /// @param certificate PEM certificate of this end
  /// @param privateKey its PKCS #8 key, as PEM
  /// @throws IllegalArgumentException when they cannot be read
  public static Endpoint encrypted(
      InetSocketAddress address, String authority, String certificate, String privateKey) {
    try {
      return new Endpoint(
          address,
          TlsServerCredentials.newBuilder()
              .keyManager(stream(certificate), stream(privateKey))
              .trustManager(stream(authority))
              .clientAuth(ClientAuth.REQUIRE)
              .build());
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("the certificates cannot be read", unreadable);
    }
  }

  /// Not protected at all: whoever can reach the port can read along, secrets included.
  ///
  /// @param address where to listen; port 0 takes any
  public static Endpoint insecure(InetSocketAddress address) {
    return new Endpoint(address, InsecureServerCredentials.create());
  }

  InetSocketAddress address() {
    return address;
  }

  ServerCredentials credentials() {
    return credentials;
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
