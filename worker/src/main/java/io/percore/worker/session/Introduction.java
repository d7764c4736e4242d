package io.percore.worker.session;

import io.percore.proto.AgentHello;
import io.percore.proto.Hello;
import io.percore.proto.ProtocolVersion;
import io.percore.worker.platform.MachineFacts;

/// What a worker says of itself when it joins.
///
/// @param pid its process
/// @param jarSha256 hash of the jar that it runs from, in lower-case hex; empty when there is none
/// @param machine where it runs
public record Introduction(long pid, String jarSha256, MachineFacts machine) {
  Hello hello(Secret secret) {
    return Hello.newBuilder()
        .setVersion(ProtocolVersion.newBuilder().setMajor(Protocol.MAJOR).setMinor(Protocol.MINOR))
        .setSecret(secret.bytes())
        .setJarSha256(jarSha256)
        .setPid(pid)
        .setDescription(Descriptions.of(machine))
        .build();
  }

  /// The hello of an agent that these are the facts of.
  ///
  /// @param token lets it in
  /// @param claim by which it is known when it shows the token again
  /// @param dial number of this hello, from 1
  public AgentHello agentHello(Secret token, Secret claim, int dial) {
    return AgentHello.newBuilder()
        .setVersion(ProtocolVersion.newBuilder().setMajor(Protocol.MAJOR).setMinor(Protocol.MINOR))
        .setToken(token.bytes())
        .setClaim(claim.bytes())
        .setDial(dial)
        .setJarSha256(jarSha256)
        .setPid(pid)
        .setDescription(Descriptions.of(machine))
        .build();
  }
}
