package io.percore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnJarTest {
  @Test
  void hashOfAFile(@TempDir Path directory) throws Exception {
    // The test vector of FIPS 180-4 for "abc".
    Path file = Files.writeString(directory.resolve("a.jar"), "abc");
    assertThat(OwnJar.sha256(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void thereIsNoneWhenClassesAreInADirectory() {
    assertThat(OwnJar.sha256()).isEmpty();
  }
}
