package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The coordinator's jar, as it was packed.
@Tag("untimed")
class CoordinatorJarIT {
  private static final Path JAR = Path.of(System.getProperty("percore.coordinator.jar"));

  /// The first version of class files that must have stack maps: an AOT cache holds none without.
  private static final int STACK_MAPS = 51;

  @Test
  void everyClassCanBeInAnAotCache() throws IOException {
    List<String> older = new ArrayList<>();
    int classes = 0;
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          classes++;
          try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            if (in.readUnsignedShort() < STACK_MAPS) {
              older.add(entry.getName());
            }
          }
        }
      }
    }

    assertThat(classes).isPositive();
    assertThat(older).isEmpty();
  }

  @Test
  void theStackMapsOfRenewedClassesAreRight() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile());
        URLClassLoader loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, null)) {
      List<String> names =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.startsWith("picocli/") && name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .toList();

      assertThat(names)
          .hasSizeGreaterThan(100)
          .allSatisfy(
              name ->
                  assertThatCode(() -> Class.forName(name, true, loader))
                      .as("initialized, and so verified")
                      .doesNotThrowAnyException());
    }
  }
}
