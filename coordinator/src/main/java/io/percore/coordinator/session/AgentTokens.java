package io.percore.coordinator.session;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The token by which the agent of each machine may come in next. The one by which it came in last
/// is good again for the same agent, which shows its claim again and has dialled again since: the
/// welcome may not have reached it. Not thread-safe: whoever has it guards it.
final class AgentTokens {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  /// By what the coordinator calls the machine, in the order in which they were put.
  private final Map<String, byte[]> tokens = new LinkedHashMap<>();

  /// By what the agents of these machines came in last.
  private final Map<String, Pass> last = new HashMap<>();

  /// By what an agent comes in.
  ///
  /// @param token made for its machine
  /// @param claim made by itself; empty when it never shows a token again
  /// @param dial number of its hello
  record Pass(ByteString token, ByteString claim, int dial) {
    /// Whether the agent that has shown this pass shows that one. The time tells nothing of
    /// secrets.
    boolean repeatedBy(Pass next) {
      boolean sameToken = equal(token, next.token);
      boolean sameAgent = equal(claim, next.claim) && claim.size() == BYTES;
      return sameToken && sameAgent && next.dial > dial;
    }

    private static boolean equal(ByteString one, ByteString other) {
      return MessageDigest.isEqual(one.toByteArray(), other.toByteArray());
    }
  }

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
    last.remove(name);
  }

  /// Names of machines whose agents may come in.
  List<String> names() {
    return List.copyOf(tokens.keySet());
  }

  /// The name that goes with a pass. Every token is looked at, so that the time tells nothing.
  Optional<String> name(Pass shown) {
    Optional<String> found = Optional.empty();
    byte[] token = shown.token().toByteArray();
    for (Map.Entry<String, byte[]> entry : tokens.entrySet()) {
      Pass before = last.get(entry.getKey());
      boolean next = MessageDigest.isEqual(entry.getValue(), token);
      boolean again = before != null && before.repeatedBy(shown);
      if (next || again) {
        found = Optional.of(entry.getKey());
      }
    }
    return found;
  }

  /// Uses the token of a name up, but for the agent that has shown it.
  ///
  /// @return the one that takes its place
  byte[] renew(String name, Pass shown) {
    byte[] next = fresh();
    tokens.put(name, next);
    last.put(name, shown);
    return next;
  }
}
