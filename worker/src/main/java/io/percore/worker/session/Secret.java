package io.percore.worker.session;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.Optional;

/// The one-time secret that lets a worker in: 256 bits. It never appears in a text.
public final class Secret {
  /// Digits of its form in hexadecimal.
  public static final int HEX_DIGITS = 64;

  private final ByteString bytes;

  private Secret(ByteString bytes) {
    this.bytes = bytes;
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
