package io.percore.coordinator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.CommandLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalProcessTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private record Exit(int code, String stderrTail) {}

  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private LocalProcess shell(String script, @Nullable String firstLine, Duration longestLife)
      throws IOException {
    CommandLine command = new CommandLine("/bin/sh");
    command.addArgument("-c", false);
    command.addArgument(script, false);
    return LocalProcess.start(
        command,
        Map.of("PATH", System.getenv("PATH")),
        firstLine,
        out,
        longestLife,
        (code, tail) -> exit.complete(new Exit(code, tail)));
  }

  private Exit end() throws Exception {
    return exit.get(30, TimeUnit.SECONDS);
  }

  @Test
  void tellsTheExitCodeAndTheEndOfItsErrors() throws Exception {
    LocalProcess process = shell("echo out; echo why >&2; exit 7", null, LONG);
    assertThat(end()).isEqualTo(new Exit(7, "why"));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("out\n");
    assertThat(process.awaitExit(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void keepsOnlyTheEndOfLongErrorsAndDrainsAllOfThem() throws Exception {
    shell("i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done", null, LONG);
    assertThat(end().stderrTail()).endsWith("line 19999").hasSizeLessThanOrEqualTo(4096);
  }

  @Test
  void handsTheFirstLineOverAndKeepsStandardInputOpen() throws Exception {
    LocalProcess process = shell("read line; echo got $line; cat; echo closed", "secret", LONG);
    await().until(() -> out.toString(StandardCharsets.UTF_8).equals("got secret\n"));
    assertThat(exit).isNotDone();
    process.kill();
    assertThat(end().code()).isEqualTo(137);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("closed");
  }

  @Test
  void killsAStoppedProcess() throws Exception {
    LocalProcess process = shell("kill -STOP $$; echo went on", "", LONG);
    process.kill();
    assertThat(end().code()).isEqualTo(137);
  }

  @Test
  void theWatchdogEndsAProcessThatIgnoresPoliteSignals() throws Exception {
    shell("trap '' TERM; cat", "", Duration.ofMillis(300));
    assertThat(end().code()).isEqualTo(137);
  }

  @Test
  void aProgramThatIsNotThereIsAnException() {
    assertThatThrownBy(
            () ->
                LocalProcess.start(
                    new CommandLine("/nowhere/program"),
                    Map.of(),
                    null,
                    out,
                    LONG,
                    (code, tail) -> exit.complete(new Exit(code, tail))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nowhere/program");
  }

  @Test
  void argumentsAreSplitAsAShellWould() {
    assertThat(LocalLauncher.tokenize("-Xint \"-Da=b c\" '-Dd=$HOME'"))
        .containsExactly("-Xint", "-Da=b c", "-Dd=$HOME");
    assertThat(LocalLauncher.tokenize("")).isEqualTo(List.of());
  }
}
