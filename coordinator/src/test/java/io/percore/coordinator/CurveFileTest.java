package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.stats.law.Observation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveFileTest {
  @TempDir private Path directory = Path.of(".");

  @Test
  void readsTheUsualForms() throws IOException {
    List<Observation> expected = List.of(Observation.of(1, 20), Observation.of(4, 78.5));

    assertThat(read("1,20\n4,78.5\n")).isEqualTo(expected);
    assertThat(read("N;X\n4;78.5\n\n# again\n1;20\n")).isEqualTo(expected);
    assertThat(read("\uFEFFname\tthroughput\tThreads\r\na\t20\t1\r\nb\t78.5\t4\r\n"))
        .isEqualTo(expected);
  }

  @Test
  void rowsOfOneSizeAreForks() throws IOException {
    assertThat(read("n,x\n2,10\n2,14\n")).containsExactly(new Observation(2, 12, 4.0, 2, null));
    assertThat(read("n,x,weight\n2,10,3\n")).containsExactly(new Observation(2, 10, null, 1, 3.0));
  }

  @Test
  void namesTheLineThatIsWrong() {
    wrong("n,x\n1,20\n\n4,fast\n", ":4: rate 'fast' is not a number");
    wrong("1,20\n0,4\n", ":2: a size is positive and finite, got '0'");
    wrong("1,20\n2\n", ":2: no rate in column 2");
    wrong("1,-20\n", ":1: a rate is positive and finite, got '-20'");
    wrong("n,x,w\n1,2,1\n1,2,1\n", ":3: a size with a weight stands once, 1 occurs again");
    wrong("", " holds no rows");
  }

  /// A device that never ends is read no further than a large table.
  @Test
  void aFileWithoutEndIsNoCurve() throws IOException {
    Path file = directory.resolve("endless.csv");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40);
    }

    assertThatThrownBy(() -> CurveFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is no curve: it has more than 16777216 bytes");
  }

  private void wrong(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(message);
  }

  private List<Observation> read(String text) throws IOException {
    return CurveFile.read(Files.writeString(directory.resolve("curve.csv"), text));
  }
}
