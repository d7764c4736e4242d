package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ParentDeathTest {
  @Test
  void theKernelEndsAProcessWhoseParentDies() throws Exception {
    // The child shares nothing with this shell that would end with it: no pipe, no terminal.
    String child = "\"$0\" \"$@\" < /dev/null & wait";
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                child,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DyingParentMain.class.getName())
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
      String[] pids = String.valueOf(out.readLine()).split(" ", 2);
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(pids[0])).orElseThrow();
      try {
        assertThat(pids[1]).isEqualTo(String.valueOf(shell.pid()));
        assertThat(worker.isAlive()).isTrue();

        shell.destroyForcibly();

        await().atMost(Duration.ofSeconds(60)).until(() -> !worker.isAlive());
      } finally {
        worker.destroyForcibly();
      }
    } finally {
      shell.destroyForcibly();
    }
  }
}
