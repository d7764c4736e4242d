package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Programs of the system that tests use where there are any.
final class Tool {
  private Tool() {}

  /// What a program left behind.
  ///
  /// @param output standard output and standard error, as they came
  record Outcome(int exitCode, String output) {}

  /// Skips the test, and prints why, unless it runs as root and all programs are there.
  ///
  /// @param source Debian packages that they come in
  static void needRoot(String source, String... programs) {
    need(System.getProperty("user.name").equals("root"), "only root can do this");
    for (String program : programs) {
      need(isThere(program), program + " is not installed (Debian: " + source + ")");
    }
  }

  /// Skips the test, and prints why, unless something is so.
  static void need(boolean there, String reason) {
    if (!there) {
      System.out.println("skipped: " + reason);
    }
    assumeTrue(there, reason);
  }

  /// Whether a program is on the path.
  static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, program))
        .anyMatch(Files::isExecutable);
  }

  /// Runs a program to its end.
  static Outcome run(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends: %s", words).isTrue();
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /// Runs a program that has to succeed, and returns what it wrote.
  static String succeed(String... words) throws IOException, InterruptedException {
    Outcome outcome = run(Map.of(), List.of(words));
    assertThat(outcome.exitCode()).as("%s: %s", List.of(words), outcome.output()).isZero();
    return outcome.output();
  }
}
