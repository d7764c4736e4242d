package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a JVM of its own makes of a kernel, asked of that JVM.
class CompiledKernelTest {
  @TempDir Path directory;

  /// The program that the child runs: one short trial of one thread.
  static final class Trial {
    private Trial() {}

    public static void main(String[] arguments) throws InterruptedException {
      SpecBuilder spec = new SpecBuilder();
      spec.discipline = Discipline.byId(arguments[0]);
      spec.workload = Workload.byId(arguments[1]);
      spec.disciplineParameters = arguments.length > 2 ? Map.of("lock", arguments[2]) : Map.of();
      spec.threads = 1;
      spec.warmUp = Duration.ofMillis(300);
      try (TrialRunner runner = new TrialRunner(spec.build())) {
        runner.warmUp();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProcessLoadsOneDisciplineOneWorkloadAndOneLayout(Discipline discipline)
      throws IOException, InterruptedException {
    Path log = directory.resolve("loaded");
    child(List.of("-Xlog:class+load:file=" + log), discipline.id(), "hot");

    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded).filteredOn(CompiledKernelTest::isDiscipline).hasSize(1);
    assertThat(loaded)
        .filteredOn(line -> line.matches(".*worker\\.workload\\.\\w+Kernel .*"))
        .hasSize(1);
    assertThat(loaded).filteredOn(line -> line.contains("CompactCounted ")).isEmpty();
  }

  private static boolean isDiscipline(String line) {
    return Arrays.stream(RefCount.class.getPermittedSubclasses())
        .anyMatch(type -> line.contains(" " + type.getName() + " "));
  }

  /// The optimizing compiler may merge an exit of a monitor with the next entry. It records each
  /// lock that it removes.
  @ParameterizedTest
  @ValueSource(strings = {"counter", "hot"})
  void theMonitorIsAcquiredForEachOperation(String workload)
      throws IOException, InterruptedException {
    Path log = directory.resolve("compilation");
    child(
        List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+LogCompilation", "-XX:LogFile=" + log),
        "global-lock",
        workload,
        "synchronized");

    String compilation = Files.readString(log);
    assertThat(compilation).containsPattern("<nmethod [^>]*level='4'[^>]*Kernel batch ");
    assertThat(compilation).doesNotContain("<eliminate_lock ");
  }

  private static void child(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Trial.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
