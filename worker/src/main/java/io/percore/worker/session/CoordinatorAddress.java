package io.percore.worker.session;

import java.net.InetSocketAddress;
import java.util.Optional;

/// Where the coordinator listens, and how to speak with it.
///
/// @param socket resolved
/// @param credentials for an encrypted stream; without them only a loopback address will do, but
///   where the user has said that the network is to be trusted
/// @param trusted whether the user has said so
public record CoordinatorAddress(
    InetSocketAddress socket, Optional<Credentials> credentials, boolean trusted) {
  /// @throws IllegalArgumentException in one line, when the host is unknown or a stream to it would
  ///   have to be encrypted
  public CoordinatorAddress {
    if (socket.isUnresolved()) {
      throw new IllegalArgumentException("unknown host " + socket.getHostString());
    }
    if (credentials.isEmpty() && !trusted && !socket.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "'" + socket.getHostString() + "' is not this machine: credentials are needed");
    }
  }
}
