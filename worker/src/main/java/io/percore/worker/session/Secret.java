package io.percore.worker.session;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// A secret of 256 bits, such as the one that lets a worker in. It never appears in a text.
public final class Secret {
  /// Digits of its form in hexadecimal.
  public static final int HEX_DIGITS = 64;

  private static final int BYTES = HEX_DIGITS / 2;

  private final ByteString bytes;

  private Secret(ByteString bytes) {
    this.bytes = bytes;
  }

  /// Makes one that nobody else has.
  public static Secret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(ByteString.copyFrom(bytes));
  }

  /// Reads 64 hexadecimal digits; empty when it is anything else.
  public static Optional<Secret> ofHex(String hex) {
    if (hex.length() != HEX_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Secret(ByteString.copyFrom(HexFormat.of().parseHex(hex))));
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  ByteString bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "Secret[...]";
  }
}
