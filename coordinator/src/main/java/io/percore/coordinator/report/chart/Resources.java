package io.percore.coordinator.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Style sheets and scripts that lie beside the classes.
public final class Resources {
  private Resources() {}

  /// The whole text of a resource in the package of `owner`.
  ///
  /// @throws IllegalStateException when the program was packed without it
  public static String text(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
