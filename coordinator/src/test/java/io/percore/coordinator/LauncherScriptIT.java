package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs `scripts/percore` in a project of its own: the real script, with JDKs and a Maven that only
/// tell how they were called.
@Tag("untimed")
final class LauncherScriptIT {
  private static final String FAKE_JAVA =
      """
      #!/usr/bin/env bash
      if [ "$1" = -version ]; then
        printf 'openjdk version "%s" 2025-09-16\\n' >&2
        exit 0
      fi
      for argument in "$@"; do
        case $argument in
          -XX:AOTConfiguration=*) configuration=${argument#*=} ;;
          -XX:AOTCache=*) cache=${argument#*=} ;;
        esac
      done
      case " $* " in
        *' -XX:AOTMode=record '*) printf loaded >"$configuration" ;;
        *' -XX:AOTMode=create '*) mv "$configuration" "$cache" ;;
      esac
      printf '%%s\\n' "${0%%/bin/java}" "$@"
      exit "${FAKE_EXIT_CODE:-0}"
      """;

  private static final String FAKE_MAVEN =
      """
      #!/usr/bin/env bash
      printf '%s\\n' "$JAVA_HOME" "$@" >>"${0%/*}/maven.calls"
      [ -z "${FAKE_BUILD_FAILS:-}" ] || { printf 'it does not compile\\n'; exit 1; }
      mkdir -p worker/target coordinator/target
      printf jar >worker/target/percore-worker.jar
      printf jar >coordinator/target/percore-coordinator.jar
      """;

  private Path temporary;
  private Path project;
  private Path tools;
  private Path jdks;
  private Path script;

  private record Outcome(int exitCode, List<String> out, List<String> err) {}

  @BeforeEach
  void makeProject(@TempDir Path directory) throws IOException {
    temporary = directory.toRealPath();
    project = temporary.resolve("a project");
    script = project.resolve("scripts/percore");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of(System.getProperty("percore.home"), "scripts", "percore"), script);
    executable(project.resolve("mvnw"), FAKE_MAVEN);
    write(project.resolve("pom.xml"), "");
    write(project.resolve("proto/pom.xml"), "");
    write(project.resolve("proto/src/main/proto/messages.proto"), "");
    write(project.resolve("coordinator/src/build/Build.java"), "");
    for (String module : List.of("worker", "coordinator")) {
      write(project.resolve(module).resolve("pom.xml"), "");
      write(project.resolve(module).resolve("src/main/java/Main.java"), "");
    }
    jdks = Files.createDirectories(temporary.resolve("the JDKs"));
    tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : List.of("bash", "find", "mkdir", "mv", "readlink", "rm", "stat", "tail")) {
      executable(tools.resolve(tool), "#!%s\nexec %s \"$@\"\n".formatted(find("bash"), find(tool)));
    }
  }

  @Test
  void saysInOneLineThatThereIsNoJdk() throws Exception {
    Outcome outcome = run(script, Map.of());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .containsExactly(
            "percore: needs a JDK 25 or newer, and found none:"
                + " install one, or set PERCORE_JAVA_HOME to its directory");
  }

  @Test
  void namesTheJdkThatIsTooOld() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");

    Outcome outcome = run(script, Map.of());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).singleElement().asString().contains("found JDK 17 in " + old + ":");
  }

  @Test
  void refusesAnUnsuitableExplicitChoiceRatherThanTakeAnother() throws Exception {
    jdk("jdk-25", "25.0.3");
    Path old = jdk("jdk-8", "1.8.0_402");

    Outcome outcome = run(script, Map.of("PERCORE_JAVA_HOME", old.toString()));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .containsExactly(
            "percore: PERCORE_JAVA_HOME must be the directory of a JDK 25 or newer,"
                + " and is JDK 8 in "
                + old);
  }

  @Test
  void passesOverJavaHomeWhenItIsTooOld() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    Path good = jdk("jdk-26", "26-ea");

    Outcome outcome = run(script, Map.of("JAVA_HOME", old.toString()));

    assertThat(outcome.out()).first().isEqualTo(good.toString());
  }

  @Test
  void prefersJavaHomeToTheUsualDirectories() throws Exception {
    jdk("jdk-25", "25.0.3");
    Path chosen = jdk("jdk-27", "27.0.1");

    Outcome outcome = run(script, Map.of("JAVA_HOME", chosen.toString()));

    assertThat(outcome.out()).first().isEqualTo(chosen.toString());
  }

  @Test
  void findsTheJdkBehindTheJavaOnThePath() throws Exception {
    Path good = jdk("jdk-25", "25.0.3");
    Files.createSymbolicLink(tools.resolve("java"), good.resolve("bin/java"));

    Outcome outcome = run(script, Map.of("PERCORE_JVM_DIRS", ""));

    assertThat(outcome.out()).first().isEqualTo(good.toString());
  }

  @Test
  void asksJavaForItsVersionWhenThereIsNoReleaseFile() throws Exception {
    Path good = jdk("jdk-25", "25.0.3");
    Files.delete(good.resolve("release"));

    assertThat(run(script, Map.of()).out()).first().isEqualTo(good.toString());
  }

  @Test
  void passesArgumentsAndExitCodeThroughASymbolicLink() throws Exception {
    jdk("jdk-25", "25.0.3");
    Path links = Files.createDirectories(temporary.resolve("my bin"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("../a project/scripts/percore"));
    Path link = Files.createSymbolicLink(links.resolve("percore"), Path.of("first"));

    Outcome outcome = run(link, Map.of("FAKE_EXIT_CODE", "42"), "run", "--jvm-args", "-Da=b c", "");

    assertThat(outcome.exitCode()).isEqualTo(42);
    assertThat(outcome.out())
        .contains("-Dpercore.worker.jar=" + project.resolve("worker/target/percore-worker.jar"))
        .endsWith(
            "-jar",
            project.resolve("coordinator/target/percore-coordinator.jar").toString(),
            "run",
            "--jvm-args",
            "-Da=b c",
            "");
  }

  @Test
  void theJvmIsToldToStartQuickly() throws Exception {
    jdk("jdk-25", "25.0.3");

    assertThat(run(script, Map.of(), "list").out())
        .contains(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djdk.reflect.useNativeAccessorOnly=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "compare"})
  void onlyACommandThatReadsARunCollectsOnAllProcessors(String command) throws Exception {
    jdk("jdk-25", "25.0.3");

    assertThat(run(script, Map.of(), command).out())
        .contains("-XX:+UseParallelGC")
        .doesNotContain("-XX:+UseSerialGC");
    assertThat(run(script, Map.of(), "run").out())
        .contains("-XX:+UseSerialGC")
        .doesNotContain("-XX:+UseParallelGC");
  }

  @Test
  void tellsWhichStreamsAreATerminal() throws Exception {
    jdk("jdk-25", "25.0.3");
    run(script, Map.of());
    String quoted = "'" + script + "' 2>'" + temporary.resolve("stderr") + "'";

    assertThat(run(find("script"), Map.of(), "-qec", quoted, "/dev/null").out())
        .contains("-Dpercore.stdout.terminal=true", "-Dpercore.stderr.terminal=false");
    assertThat(run(script, Map.of()).out())
        .contains("-Dpercore.stdout.terminal=false", "-Dpercore.stderr.terminal=false");
  }

  @Test
  void theFirstReportOfARunMakesACacheOfClassesAndOthersUseIt() throws Exception {
    jdk("jdk-25", "25.0.3");
    write(temporary.resolve("RUN/run.json"), "");

    assertThat(run(script, Map.of(), "list").out()).noneMatch(LauncherScriptIT::isOfCache);
    assertThat(run(script, Map.of(), "report", "--help").out())
        .as("loads little of a report")
        .noneMatch(LauncherScriptIT::isOfCache);
    Outcome first = run(script, Map.of(), "report", "RUN");
    assertThat(first.out()).contains("-XX:AOTMode=record").endsWith("report", "RUN");
    assertThat(first.err()).isEmpty();

    assertThat(caches()).singleElement().asString().endsWith(".aot");
    String use = "-XX:AOTCache=" + caches().getFirst();
    assertThat(run(script, Map.of(), "list").out()).contains(use);
    assertThat(run(script, Map.of(), "report", "RUN").out())
        .contains(use)
        .noneMatch(argument -> argument.startsWith("-XX:AOTMode"));
  }

  @Test
  void aReportThatFailsMakesNoCacheOfClasses() throws Exception {
    jdk("jdk-25", "25.0.3");
    write(temporary.resolve("RUN/run.json"), "");

    Outcome failed = run(script, Map.of("FAKE_EXIT_CODE", "6"), "report", "RUN");

    assertThat(failed.exitCode()).isEqualTo(6);
    assertThat(failed.out()).contains("-XX:AOTMode=record");
    assertThat(caches()).isEmpty();
  }

  @Test
  void aCacheOfClassesIsOfOneJarAndOneJdk() throws Exception {
    Path jdk = jdk("jdk-25", "25.0.3");
    write(temporary.resolve("RUN/run.json"), "");
    run(script, Map.of(), "report", "RUN");
    Path first = caches().getFirst();

    Path jar = project.resolve("coordinator/target/percore-coordinator.jar");
    FileTime time = Files.getLastModifiedTime(jar);
    Files.move(jar, jar.resolveSibling("old.jar"));
    write(jar, "rat");
    Files.setLastModifiedTime(jar, time);
    assertThat(run(script, Map.of(), "list").out())
        .as("another jar, as long and as old")
        .noneMatch(LauncherScriptIT::isOfCache);
    run(script, Map.of(), "report", "RUN");
    assertThat(caches()).as("in place of the old one").hasSize(1).doesNotContain(first);

    write(jdk.resolve("lib/modules"), "those of 25.0.4");
    assertThat(run(script, Map.of(), "list").out())
        .as("another JDK")
        .noneMatch(LauncherScriptIT::isOfCache);
    Files.delete(jdk.resolve("lib/modules"));
    assertThat(run(script, Map.of(), "report", "RUN").out())
        .as("a JDK of which nothing is known")
        .noneMatch(LauncherScriptIT::isOfCache);
  }

  private static boolean isOfCache(String argument) {
    return argument.startsWith("-XX:AOT");
  }

  /// What a report left beside the jar.
  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(project.resolve("coordinator/target"))) {
      return files.filter(file -> file.getFileName().toString().contains("coordinator-")).toList();
    }
  }

  @Test
  void buildsWhatIsMissingAndThenNoMore() throws Exception {
    Path good = jdk("jdk-25", "25.0.3");

    Outcome first = run(script, Map.of());
    Outcome second = run(script, Map.of());

    assertThat(first.err()).singleElement().asString().startsWith("percore: building");
    assertThat(second.err()).isEmpty();
    assertThat(Files.readAllLines(project.resolve("maven.calls")))
        .containsExactly(good.toString(), "-q", "-B", "-Dquick", "-Dmaven.test.skip", "package");
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    jdk("jdk-25", "25.0.3");
    run(script, Map.of());
    Files.setLastModifiedTime(
        project.resolve("coordinator/src/main/java/Main.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run(script, Map.of()).err())
        .singleElement()
        .asString()
        .startsWith("percore: building");
  }

  @Test
  void showsTheEndOfAFailedBuildAndWhereTheRestIs() throws Exception {
    jdk("jdk-25", "25.0.3");

    Outcome outcome = run(script, Map.of("FAKE_BUILD_FAILS", "yes"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("it does not compile")
        .endsWith(
            "percore: the build failed; all of its output is in "
                + project.resolve("target/build.log"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = jdks.resolve(name);
    executable(home.resolve("bin/java"), FAKE_JAVA.formatted(version));
    executable(home.resolve("bin/javac"), "");
    write(home.resolve("lib/modules"), version);
    write(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /// Runs a command with nothing in its environment but the tools, the JDKs and what is given.
  private Outcome run(Path command, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("PERCORE_JVM_DIRS", temporary.resolve("nowhere") + ":" + jdks);
    builder.environment().putAll(environment);
    builder.directory(temporary.toFile());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
  }

  private static Path find(String tool) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      Path candidate = Path.of(directory, tool);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError("no " + tool + " on the PATH");
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
