package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The same comparison on this machine, and over two machines that are one processor of this one
/// each: speedups must be the same. Prints them side by side. It takes minutes, so it runs only
/// where it is asked for, by `-Dpercore.compare-launchers=true`. With less than the usual
/// `-Dpercore.compare-launchers.forks=10` it shows that all of it works, and not much of speedups.
@EnabledIfSystemProperty(named = "percore.compare-launchers", matches = "true")
@Timeout(1800)
class LauncherComparisonIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Gives each machine a processor of its own.
  private static final String SETUP =
      """
      case ${SLURMD_NODENAME:-$(uname -n)} in
        w1) taskset -pc 0 $$ ;;
        w2) taskset -pc 1 $$ ;;
      esac
      """;

  private static final String FORKS = System.getProperty("percore.compare-launchers.forks", "10");

  private static final Duration PATIENCE = Duration.ofMinutes(9);

  @TempDir private Path directory;

  private record Speedup(String launcher, double value, double low, double high) {
    boolean agreesWith(Speedup other) {
      return low <= other.high && other.low <= high;
    }

    @Override
    public String toString() {
      return "%-6s %5.2f [%.2f, %.2f]".formatted(launcher, value, low, high);
    }
  }

  private Speedup speedup(String launcher, Map<String, String> environment, String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run", "--launcher", launcher));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--keep-disturbed", "-s", "processes", "-n", "1,2"));
    arguments.addAll(List.of("--forks", FORKS, "--warmup", "200ms", "--window", "1s"));
    arguments.addAll(List.of("-o", launcher));
    try (PercoreProcess run =
        PercoreProcess.start(environment, List.of(), directory, arguments.toArray(String[]::new))) {
      assertThat(run.endsWithin(PATIENCE)).as(run::err).isTrue();
      run.expect(ExitCode.OK);
    }
    SshIT.assertExact(directory.resolve(launcher));
    JsonNode summary = JSON.readTree(directory.resolve(launcher + "/summary.json").toFile());
    for (JsonNode point : summary.get("points")) {
      if (point.get("strategy").asText().equals("processes")
          && point.get("parallelism").asInt() == 2) {
        JsonNode speedup = point.get("speedup");
        return new Speedup(
            launcher,
            speedup.get("value").asDouble(),
            speedup.get("ciLow").asDouble(),
            speedup.get("ciHigh").asDouble());
      }
    }
    throw new AssertionError("no processes at N = 2: " + summary.get("points"));
  }

  @Test
  void speedupsAreTheSameByEveryLauncher() throws Exception {
    Tool.need(Runtime.getRuntime().availableProcessors() >= 2, "one processor is too few");
    SshMachines machines = SshMachines.start(Files.createDirectory(directory.resolve("machines")));
    SlurmCluster cluster = null;
    try {
      cluster = SlurmCluster.start(Files.createDirectory(directory.resolve("cluster")));
      String setup = Files.writeString(directory.resolve("setup"), SETUP).toString();
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String cache = directory.resolve("cache").toString();
      Speedup local = speedup("local", Map.of());
      Speedup ssh =
          speedup(
              "ssh",
              Map.of(),
              "--hosts=w1,w2",
              "--ssh=" + String.join(" ", machines.ssh()),
              "--bind=" + machines.coordinator(),
              "--remote-java=" + java,
              "--remote-dir=" + cache,
              "--setup=" + setup);
      Speedup slurm =
          speedup(
              "slurm",
              cluster.environment(),
              "--slurm-args=--nodes=2",
              "--bind=127.0.0.1",
              "--remote-dir=" + cache,
              "--setup=" + setup);
      System.out.printf("speedup of processes at N = 2, of N = 1%n%s%n%s%n%s%n", local, ssh, slurm);
      assertThat(List.of(ssh, slurm)).allMatch(local::agreesWith);
    } finally {
      machines.stop();
      if (cluster != null) {
        cluster.stop();
      }
    }
  }
}
