package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.percore.proto.Description;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One coordinator with a small heap and very many workers, which are light.
class ScaleIT {
  private static final List<String> SIZES =
      List.of(System.getProperty("percore.scale", "100,300").split(",", -1));

  /// What percore needs for itself, and 16 KiB for each of a thousand workers.
  private static final String HEAP = "-Xmx64m";

  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void allJoinStartAndReport() throws Exception {
    Path description = directory.resolve("description");
    Description.Builder said = Description.newBuilder();
    JsonFormat.parser()
        .ignoringUnknownFields()
        .merge(WorkerSetup.survey(new RunOptions()).launcher().describe(), said);
    Files.write(description, said.clearReplays().build().toByteArray());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-cp", classPath()));
    command.add("io.percore.coordinator.session.Scale");
    command.add(description.toString());
    command.addAll(SIZES);
    Tool.Outcome outcome = Tool.run(Map.of(), command);
    System.out.println(outcome.output());
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(outcome.output().lines().filter(line -> line.matches("[ \\d.]+")))
        .hasSameSizeAs(SIZES);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
