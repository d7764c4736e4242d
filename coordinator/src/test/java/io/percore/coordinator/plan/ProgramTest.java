package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final Layout LAYOUT = new Layout(2, 3);

  private static Program program() {
    return new Program("atomic", Sharing.PROCESS, LAYOUT, true, Collector.G1, false);
  }

  /// Its equality is written by hand.
  @Test
  void everyComponentTellsProgramsApart() {
    List<Program> others =
        List.of(
            new Program("gil", Sharing.PROCESS, LAYOUT, true, Collector.G1, false),
            new Program("atomic", Sharing.THREAD, LAYOUT, true, Collector.G1, false),
            new Program("atomic", Sharing.PROCESS, new Layout(1, 3), true, Collector.G1, false),
            new Program("atomic", Sharing.PROCESS, new Layout(2, 2), true, Collector.G1, false),
            new Program("atomic", Sharing.PROCESS, LAYOUT, false, Collector.G1, false),
            new Program("atomic", Sharing.PROCESS, LAYOUT, true, null, false),
            new Program("atomic", Sharing.PROCESS, LAYOUT, true, Collector.G1, true));

    assertThat(program()).isEqualTo(program()).hasSameHashCodeAs(program());
    assertThat(others).doesNotContain(program()).doesNotHaveDuplicates();
    // One for each, and two of the layout.
    assertThat(others)
        .hasSize(
            Program.class.getRecordComponents().length
                + Layout.class.getRecordComponents().length
                - 1);
  }
}
