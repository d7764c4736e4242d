package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Box;
import io.percore.coordinator.report.chart.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class ProcessorPanelTest {
  private static Program program(int processes, int threads, boolean pinned) {
    return new Program("atomic", Sharing.PROCESS, new Layout(processes, threads), pinned);
  }

  /// One trial of each program; thread `i` of a bound one is where it was placed.
  private static RunReport run(List<Cpu> cpus, String quota, Program... programs) {
    RunReport usual = Fixtures.defaultRun();
    Environment machine = Asides.machine(usual.environment(), cpus, quota);
    List<Integer> order = machine.placement(Place.PACK);
    List<TrialRecord> trials = new ArrayList<>();
    for (Program program : programs) {
      trials.add(
          Asides.record(
              program, Asides.measurement(program, i -> order.get(i % order.size()), null, null)));
    }
    return Asides.with(usual, machine, trials, SideTrials.NONE);
  }

  private static List<Cpu> cpus(int packages, int nodes, int cores, int siblings) {
    return IntStream.range(0, packages * cores * siblings)
        .mapToObj(
            id -> {
              int core = id % (packages * cores);
              return new Cpu(id, core % cores, core / cores, core * nodes / (packages * cores));
            })
        .toList();
  }

  private static Panel panel(RunReport run) {
    return ProcessorPanel.of(run).orElseThrow();
  }

  private static Document file(RunReport run) throws Exception {
    return Pages.xml(Svg.file(panel(run).figure()));
  }

  @Test
  void saysWhichThreadWasWhereAndWhatIsIdle() throws Exception {
    RunReport run = run(cpus(1, 1, 2, 2), "none", program(2, 1, true), program(1, 4, true));
    Document document = file(run);
    assertThat(Pages.ofClass(document, "bound")).hasSize(6);
    assertThat(Pages.ofClass(document, "idle")).hasSize(2);
    assertThat(Pages.ofClass(document, "core")).hasSize(4);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("N\u00a0=\u00a02, bound", "2 of 4 processors idle", "t0", "1.90\u00a0G", "95.0");
    assertThat(panel(run).readOut().stops().getFirst().rows())
        .extracting(row -> row.text())
        .containsExactly(
            "core 0, package 0, node 0",
            "thread 0",
            "2.00\u00a0G additions/s before, 1.90\u00a0G after",
            "steal 1.00\u00a0%");
    // With four threads in one process, only the slowest one's speed is known.
    assertThat(panel(run).readOut().stops().getLast().rows())
        .extracting(row -> row.text())
        .contains("its own speed is unknown");
  }

  @Test
  void itTakesHalfTheWidthWhereThePanelOfMemoryStandsBesideIt() {
    RunReport run = run(cpus(1, 1, 2, 2), "none", program(2, 1, true));
    assertThat(panel(run).place()).isEqualTo(Panel.Place.WIDE);
    RunReport withMemory = Asides.with(run, Asides.memory(run, Asides.parts()));
    assertThat(panel(withMemory).place()).isEqualTo(Panel.Place.HALF);
  }

  @Test
  void threadsThatWereNotBoundAreCountedInTheMean() throws Exception {
    RunReport run = run(cpus(1, 1, 2, 1), "none", program(1, 5, false));
    Document document = file(run);
    assertThat(Pages.ofClass(document, "free")).hasSize(2);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("×3", "×2", "not bound", "1 trial")
        .doesNotContain("1 trials", "Filled:");
  }

  @Test
  void processorsBeyondTheQuotaAreBarred() throws Exception {
    RunReport run = run(cpus(1, 1, 3, 1), "1.5", program(1, 1, true));
    assertThat(Pages.ofClass(file(run), "barred")).hasSize(2);
    assertThat(panel(run).figure().caption()).contains("beyond the quota of 1.5");
  }

  @Test
  void efficiencyCoresStandApart() throws Exception {
    List<Cpu> cpus = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      cpus.add(new Cpu(id, id < 12 ? id / 2 : id - 6, 0, 0, id >= 12));
    }
    RunReport run = run(cpus, "none", program(1, 6, true), program(1, 14, true));
    String text = Svg.inPage(panel(run).figure());
    assertThat(text).contains("performance cores", "efficiency cores").doesNotContain("package 0");
    assertThat(Pages.ofClass(file(run), "core")).hasSize(2 * 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 14, 16, 96, 128, 256, 512})
  void fitsIntoItsWidthWithoutOverlapWhateverTheNumberOfProcessors(int processors)
      throws Exception {
    int packages = processors >= 96 ? 2 : 1;
    int siblings = processors % 4 == 0 ? 2 : 1;
    List<Cpu> cpus =
        cpus(packages, processors >= 96 ? 8 : 1, processors / packages / siblings, siblings);
    RunReport run =
        run(
            cpus,
            "none",
            program(1, Math.max(1, processors / 2), true),
            program(processors, 1, true),
            program(1, 2 * processors, false));
    Panel panel = panel(run);
    for (View view : panel.views()) {
      var drawing = view.figure().draw(false);
      assertThat(drawing.stops()).hasSameSizeAs(panel.readOut().stops());
      assertThat(drawing.height()).isLessThan(3000);
      Box canvas = new Box(0, 0, drawing.width(), drawing.height());
      for (int i = 0; i < drawing.stops().size(); i++) {
        Box cell = drawing.stops().get(i);
        assertThat(canvas.x() <= cell.x() && cell.x() + cell.width() <= canvas.width()).isTrue();
        assertThat(cell.y() + cell.height()).isLessThanOrEqualTo(canvas.height());
        if (i > 0) {
          Box before = drawing.stops().get(i - 1);
          assertThat(
                  before.x() + before.width() <= cell.x()
                      || before.y() + before.height() <= cell.y()
                      || cell.y() + cell.height() <= before.y())
              .isTrue();
        }
      }
      Pages.xml(Svg.file(view.figure()));
    }
    Pages.page(new HtmlReport().render(run));
  }

  @Test
  void isNotThereWhenNobodyKnowsWhereThreadsWere() {
    RunReport usual = Fixtures.defaultRun();
    Program program = program(1, 2, true);
    TrialRecord unknown = Asides.record(program, Asides.measurement(program, _ -> -1, null, null));
    RunReport run = Asides.with(usual, usual.environment(), List.of(unknown), SideTrials.NONE);
    assertThat(ProcessorPanel.of(run)).isEmpty();
  }
}
