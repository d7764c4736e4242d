package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Slices are cut out of lines at whatever byte they begin and end.
class LineScannerTest {
  private static final String PLAN = "h";

  @Test
  void slicesOfAnyLengthAreCutOut() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (int length = 0; length < 40; length++) {
      records.add(record(slices(random, length), slices(random, 39 - length)));
    }
    List<byte[]> lines = records.stream().map(r -> JournalFormat.line(r, PLAN)).toList();
    byte[] block = new byte[lines.stream().mapToInt(line -> line.length).sum()];
    int length = 0;
    for (byte[] line : lines) {
      System.arraycopy(line, 0, block, length, line.length);
      length += line.length;
    }

    LineScanner scanner = new LineScanner(block, length);
    for (TrialRecord record : records) {
      assertThat(scanner.next()).isTrue();
      int end = scanner.verified();
      assertThat(scanner.parseWithoutSlices(end, PLAN)).isEqualTo(record.withoutSlices());
      assertThat(scanner.parse(end, PLAN)).isEqualTo(record);
    }
    assertThat(scanner.next()).isFalse();
  }

  @Test
  void linesThatEndTooEarlyHaveAnEnd() {
    for (String torn :
        List.of("\"operations\":[", "\"operations\":[1", "\"operations\":[1,22,333")) {
      byte[] bytes = (torn + "\n").getBytes(StandardCharsets.US_ASCII);
      LineScanner scanner = new LineScanner(bytes, bytes.length);
      assertThat(scanner.next()).isTrue();
      assertThat(scanner.next()).isFalse();
    }
  }

  private static List<Long> slices(SplittableRandom random, int length) {
    return LongStream.generate(() -> random.nextLong(1L << random.nextInt(1, 40)))
        .limit(length)
        .boxed()
        .toList();
  }

  private static TrialRecord record(List<Long> window, List<Long> warmUp) {
    Measurement any = Samples.completed().measurement();
    ProcessSample process =
        new ProcessSample(0, 1, 1, 0.3, true, "", 0, 0, 0, 0, 0, 0, 0, "Serial", 1_000_000, window)
            .withWarmUp(new WarmUpSlices(1, 0, 1_000_000, warmUp));
    return Samples.record(
        0,
        new Completed(
            new Measurement(
                any.windowNanos(),
                any.rounds(),
                any.threads(),
                List.of(process, process),
                any.verification(),
                any.scoredRounds(),
                any.launchNanos()),
            List.of()));
  }
}
