package io.percore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.percore.proto.Description;
import io.percore.proto.DisciplineInfo;
import io.percore.proto.Machine;
import io.percore.worker.platform.Affinity;
import io.percore.worker.refcount.Discipline;
import io.percore.worker.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worker's program with its real trial.
class WorkerMainTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void describesItselfAsJson() throws Exception {
    assertThat(run("--describe")).isEqualTo(ExitCode.OK);
    String json = Files.readString(directory.resolve("stdout"));
    assertThat(Files.readString(directory.resolve("stderr"))).isEmpty();
    // False, zero and empty are said, not left out.
    assertThat(json).contains("\"exact\": false", "\"inexactChoices\": []", "\"minimum\": \"0\"");

    Description.Builder description = Description.newBuilder();
    JsonFormat.parser().merge(json, description);
    assertThat(description.getCatalogue().getDisciplinesList())
        .extracting(DisciplineInfo::getId)
        .containsExactlyElementsOf(Arrays.stream(Discipline.values()).map(Discipline::id).toList());
    assertThat(description.getCatalogue().getWorkloadsList()).hasSize(Workload.values().length);
    assertThat(description.getCatalogue().getDisciplinesList())
        .allSatisfy(
            info -> {
              assertThat(info.getContract()).isNotEmpty().doesNotContain("\n");
              assertThat(info.getWorkloadsList()).isNotEmpty();
            });
    Machine machine = description.getMachine();
    assertThat(machine.getCpusList().stream().map(cpu -> cpu.getId()).toList())
        .isEqualTo(Affinity.allowed());
    assertThat(machine.getJavaHome()).isEqualTo(System.getProperty("java.home"));
  }

  @Test
  void saysHowItIsUsed() throws Exception {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(directory.resolve("stdout"))).startsWith("usage: percore-worker");
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=" + StandardCharsets.UTF_8,
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName()));
    command.addAll(List.of(arguments));
    Process worker =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile())
            .start();
    try {
      assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return worker.exitValue();
    } finally {
      worker.destroyForcibly();
    }
  }
}
