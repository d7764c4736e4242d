package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `percore machine`, on the machine that the test runs on.
@Tag("untimed")
final class MachineIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void saysWhereEachFactWasRead() throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, "machine")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out().lines())
          .anyMatch(line -> line.matches("affinity +[0-9,]+ +\\(/proc/self/status .*"))
          .anyMatch(line -> line.matches("virtual machine +(yes|no) .*"))
          .anyMatch(line -> line.matches("sizes +1(,[0-9]+)+"));
    }
  }

  @Test
  void placesEachProcessorOnceWhateverTheOrder() throws Exception {
    assertThat(placement("spread")).containsExactlyInAnyOrderElementsOf(placement("pack"));
  }

  private List<Integer> placement(String place) throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "machine", "--format", "json", "--place", place)) {
      percore.expect(ExitCode.OK);
      JsonNode machine = JSON.readTree(percore.out());
      List<Integer> placement = new ArrayList<>();
      machine.get("placement").forEach(cpu -> placement.add(cpu.asInt()));
      assertThat(placement).doesNotHaveDuplicates().hasSize(machine.get("hardwareThreads").asInt());
      assertThat(machine.get("readings"))
          .allMatch(reading -> reading.hasNonNull("source") && reading.hasNonNull("trustworthy"));
      return placement;
    }
  }
}
