package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.MemoryParts;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.report.StrategyMemory.Parts;
import io.percore.coordinator.report.chart.Svg;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class MemoryPanelTest {
  private static final long MIB = 1L << 20;

  private static Panel panel(RunReport run) {
    return MemoryPanel.of(run).orElseThrow();
  }

  private static Document file(RunReport run) throws Exception {
    return Pages.xml(Svg.file(panel(run).figure()));
  }

  @Test
  void partsAddUpToTheProportionalMemoryOfAllWorkers() {
    RunReport run = Fixtures.defaultRun();
    List<StrategyMemory> all =
        StrategyMemory.all(Asides.with(run, Asides.memory(run, Asides.parts())));
    StrategyMemory processes =
        all.stream().filter(memory -> memory.names().equals("processes")).findFirst().orElseThrow();
    assertThat(processes.total()).isEqualTo(4 * (100 * MIB + 1024));
    assertThat(processes.parts())
        .isEqualTo(new Parts(40 * MIB, 8 * MIB, 12 * MIB, 60 * MIB, 280 * MIB + 4096));
  }

  @Test
  void everyStrategyHasABarWithItsPartsAndAStop() throws Exception {
    RunReport run = Fixtures.defaultRun();
    RunReport measured = Asides.with(run, Asides.memory(run, Asides.parts()));
    Document document = file(measured);
    assertThat(Pages.ofClass(document, "series")).hasSize(8);
    // Four shades of each bar and of the legend.
    assertThat(Pages.ofClass(document, "part")).hasSize(4 * 9);
    assertThat(Pages.ofClass(document, "undivided")).isEmpty();
    Panel panel = panel(measured);
    assertThat(panel.readOut().stops()).hasSize(8);
    assertThat(panel.figure().draw(false).stops()).hasSize(8);
    assertThat(panel.figure().caption()).contains("gil").contains("4.00×");
    assertThat(panel.figure().description())
        .contains("processes at N\u00a0=\u00a04: 400\u00a0MiB in 4 workers (heap 40.0\u00a0MiB");
  }

  @Test
  void whatItIsUsedForMayBeUnknown() throws Exception {
    assertUndivided(null);
    assertUndivided(new MemoryParts(MIB, MIB, MIB, null));
    // More than there is.
    assertUndivided(new MemoryParts(100 * MIB, MIB, MIB, MIB));
  }

  private static void assertUndivided(@Nullable MemoryParts parts) throws Exception {
    RunReport run = Fixtures.oneFork();
    RunReport measured = Asides.with(run, Asides.memory(run, parts));
    Document document = file(measured);
    assertThat(Pages.ofClass(document, "undivided")).hasSize(2);
    assertThat(Pages.ofClass(document, "p0")).isEmpty();
    assertThat(panel(measured).figure().caption())
        .contains("one trial, N\u00a0=\u00a01, in one worker,")
        .doesNotContain("×");
    assertThat(new HtmlReport().render(measured)).contains("parts unknown", "<td>unknown</td>");
  }

  @Test
  void isNotThereWithoutSuchTrials() {
    assertThat(MemoryPanel.of(Fixtures.defaultRun())).isEmpty();
    RunReport run = Fixtures.troubledRun();
    SideTrials failed =
        new SideTrials(
            List.of(),
            run.trials().stream().filter(t -> t.outcome().label().equals("failed")).toList(),
            List.of(),
            List.of());
    assertThat(failed.memory()).isNotEmpty();
    RunReport report = Asides.with(run, failed);
    assertThat(MemoryPanel.of(report)).isEmpty();
    assertThat(new HtmlReport().render(report)).contains("Unknown: no such trial ran to its end");
  }
}
