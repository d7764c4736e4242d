package io.percore.coordinator.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The token by which the agent of each machine may come in next. Not thread-safe: whoever has it
/// guards it.
final class AgentTokens {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  /// By what the coordinator calls the machine, in the order in which they were put.
  private final Map<String, byte[]> tokens = new LinkedHashMap<>();

  /// Makes a token of 256 random bits.
  byte[] fresh() {
    byte[] token = new byte[BYTES];
    random.nextBytes(token);
    return token;
  }

  void put(String name, byte[] token) {
    tokens.put(name, token);
  }

  /// From now on nobody comes in by this name.
  void remove(String name) {
    tokens.remove(name);
  }

  /// Names of machines whose agents may come in.
  List<String> names() {
    return List.copyOf(tokens.keySet());
  }

  /// The name that goes with a token. Every token is looked at, so that the time tells nothing.
  Optional<String> name(byte[] shown) {
    Optional<String> found = Optional.empty();
    for (Map.Entry<String, byte[]> entry : tokens.entrySet()) {
      if (MessageDigest.isEqual(entry.getValue(), shown)) {
        found = Optional.of(entry.getKey());
      }
    }
    return found;
  }

  /// Uses the token of a name up.
  ///
  /// @return the one that takes its place
  byte[] renew(String name) {
    byte[] next = fresh();
    tokens.put(name, next);
    return next;
  }
}
