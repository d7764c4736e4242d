package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.HostList.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {
  private static Host host(String name) {
    return new Host(name, OptionalInt.empty());
  }

  private static Host host(String name, int slots) {
    return new Host(name, OptionalInt.of(slots));
  }

  @Test
  void namesWithAndWithoutProcessors() {
    assertThat(HostList.parse("b:4, me@a,[::1]:2,[fe80::2]").hosts())
        .containsExactly(host("b", 4), host("me@a"), host("::1", 2), host("fe80::2"));
  }

  @Test
  void aFileOfThem(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("hosts"), "# ours\nb:4\n\n a # the slow one\n");
    assertThat(HostList.parse("@" + file).hosts()).containsExactly(host("b", 4), host("a"));
    assertThatThrownBy(() -> HostList.parse("@" + directory.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--hosts cannot read ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " , ", "a:0", "a:-1", "a:x", "a:1:2", ":3", "::1", "a,b,a"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> HostList.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--hosts ");
  }
}
