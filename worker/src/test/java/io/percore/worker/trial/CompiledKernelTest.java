package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import io.percore.worker.workload.Workload;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a JVM of its own makes of a kernel, asked of that JVM.
class CompiledKernelTest {
  /// A compilation of a batch. Those of the optimizing compiler are the ones that name no level.
  private static final Pattern OPTIMIZED_BATCH =
      Pattern.compile("<task (?![^>]*level=)[^>]*Kernel batch [^>]*>.*?</task>", Pattern.DOTALL);

  /// A class of the disciplines' package in the log of loaded classes.
  private static final Pattern REFCOUNT_CLASS =
      Pattern.compile(" (io\\.percore\\.worker\\.refcount\\.[\\w$]+) source:");

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
      spec.warmUp = Duration.ofMillis(600);
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
    assertThat(loaded).filteredOn(line -> isConcrete(line, RefCount.class)).hasSize(1);
    assertThat(loaded)
        .filteredOn(line -> line.matches(".*worker\\.workload\\.\\w+Kernel .*"))
        .hasSize(1);
    assertThat(loaded).filteredOn(line -> isConcrete(line, ThreadContext.class)).hasSize(1);
    assertThat(loaded).filteredOn(line -> isConcrete(line, Counted.class)).hasSize(1);
  }

  /// Whether a line of the log tells of a class of that kind which can have objects.
  private static boolean isConcrete(String line, Class<?> kind) {
    Matcher name = REFCOUNT_CLASS.matcher(line);
    if (!name.find()) {
      return false;
    }
    try {
      Class<?> loaded = Class.forName(name.group(1), false, kind.getClassLoader());
      return kind.isAssignableFrom(loaded) && !Modifier.isAbstract(loaded.getModifiers());
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError("a class was loaded that is not there", impossible);
    }
  }

  /// The optimizing compiler may merge an exit of a monitor with the next entry. It records each
  /// lock that it removes.
  @ParameterizedTest
  @ValueSource(strings = {"counter", "hot"})
  void theMonitorIsAcquiredForEachOperation(String workload)
      throws IOException, InterruptedException {
    assertThat(compilationOf("global-lock", workload, "synchronized"))
        .doesNotContain("<eliminate_lock ");
    assertThat(compilationOf("object-lock", workload, "synchronized"))
        .doesNotContain("<eliminate_lock ");
  }

  /// The acquire and release variants of an atomic addition are loops around a compare-and-set.
  @Test
  void anAtomicOperationIsOneInstruction() throws IOException, InterruptedException {
    String compilation = compilationOf("atomic", "hot");

    assertThat(compilation).contains("<intrinsic id='_getAndAddLong'");
    assertThat(compilation).doesNotContainPattern("<intrinsic id='_\\w*CompareAndSetLong");
  }

  /// One thread is never asked for the interpreter lock, and what never happens is left out of
  /// compiled code: it would be another kernel than that of two threads. Other programs can keep
  /// the two threads of a rehearsal from meeting, so there are some attempts.
  @Test
  void theKernelOfOneThreadCanGiveTheInterpreterLockUp() throws IOException, InterruptedException {
    boolean canGiveUp = false;
    for (int attempt = 0; attempt < 10 && !canGiveUp; attempt++) {
      String compilation = compilationOf("gil", "counter");
      canGiveUp =
          compilation.substring(compilation.lastIndexOf("<task ")).contains(" name='drop' ");
    }

    assertThat(canGiveUp).isTrue();
  }

  /// What the optimizing compiler recorded of the kernel's batches.
  private String compilationOf(String... arguments) throws IOException, InterruptedException {
    Path log = directory.resolve("compilation");
    child(
        List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+LogCompilation", "-XX:LogFile=" + log),
        arguments);
    StringBuilder batches = new StringBuilder();
    Matcher task = OPTIMIZED_BATCH.matcher(Files.readString(log));
    while (task.find()) {
      batches.append(task.group());
    }
    assertThat(batches).isNotEmpty();
    return batches.toString();
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
