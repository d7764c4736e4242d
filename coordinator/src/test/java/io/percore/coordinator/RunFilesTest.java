package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.report.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFilesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"summary.json", "report.html", "charts/throughput.svg"})
  void aFullDiskIsSaidOfAnyFile(String file) throws Exception {
    Path full = directory.resolve(file);
    Files.createDirectories(full.getParent());
    Files.createSymbolicLink(full, Path.of("/dev/full"));
    assertThatThrownBy(
            () ->
                RunFiles.write(
                    Fixtures.defaultRun(), directory, List.of(), new ReportOutputOptions()))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("cannot write " + directory.resolve(file.split("/", -1)[0]))
        .hasMessageEndingWith(": No space left on device");
  }

  @Test
  void aFileInThePlaceOfTheChartsIsNamed() throws Exception {
    Files.writeString(directory.resolve("charts"), "mine");
    assertThatThrownBy(
            () ->
                RunFiles.write(
                    Fixtures.defaultRun(), directory, List.of(), new ReportOutputOptions()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot write " + directory.resolve("charts"));
  }
}
