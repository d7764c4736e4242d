package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `percore doctor`, on the machine that the test runs on.
@Timeout(120)
class DoctorIT {
  @TempDir private Path directory;

  @Test
  void aBusyMachineIsNotFit() throws Exception {
    List<Process> others = new ArrayList<>();
    try {
      others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      try (PercoreProcess percore = PercoreProcess.start(directory, "doctor", "--strict")) {
        percore.expect(ExitCode.ENVIRONMENT);
        assertThat(percore.out())
            .contains("serious: others keep ", "sh (" + others.getFirst().pid() + ")")
            .contains("This machine is not fit for measuring");
      }
      try (PercoreProcess percore = PercoreProcess.start(directory, "doctor", "--format", "json")) {
        percore.expect(ExitCode.OK);
        JsonNode diagnosis = JsonMapper.builder().build().readTree(percore.out());
        assertThat(diagnosis.get("fit").asBoolean()).isFalse();
        assertThat(diagnosis.get("findings"))
            .allMatch(f -> f.hasNonNull("cause") && f.hasNonNull("size") && f.hasNonNull("fix"));
      }
    } finally {
      others.forEach(Process::destroyForcibly);
    }
  }
}
