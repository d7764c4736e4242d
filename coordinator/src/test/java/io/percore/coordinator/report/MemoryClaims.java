package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.StackedBars;
import io.percore.coordinator.report.chart.StackedBars.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Reads back what is said of the memory of the workers: the caption and the bars of the figure,
/// its description and read-outs, and the table of the page.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class MemoryClaims {
  private static final List<String> PARTS =
      List.of("heap", "metaspace", "compiled code", "stacks, buffers, JVM data", "files");

  private final Facts facts;
  private final List<MeasuredMemory> memories;
  private final Grammar captions;
  private final Grammar bars;
  private final Grammar lines;
  private final Grammar tables;
  private MeasuredMemory memory;
  private int line;

  MemoryClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.memories = MeasuredMemory.all(facts);
    List<String> names = memories.stream().map(MeasuredMemory::names).toList();
    this.captions = new Grammar("memory, caption", names, reached);
    this.bars = new Grammar("memory, bar", names, reached);
    this.lines = new Grammar("memory, line", names, reached);
    this.tables = new Grammar("memory, table", names, reached);
    captions();
    bars();
    lines();
    tables();
  }

  void read() {
    var panel = MemoryPanel.of(facts.report());
    assertThat(panel.isEmpty()).isEqualTo(memories.isEmpty());
    panel.ifPresent(
        shown -> {
          StackedBars figure = (StackedBars) shown.figure();
          captions.readAll(ChartClaims.plain(figure.caption()));
          assertThat(figure.caption().contains(" the memory of ")).isEqualTo(differ());
          assertThat(figure.parts())
              .containsExactly(
                  "Java heap",
                  "classes and code",
                  "stacks, buffers, JVM data",
                  "files: JVM, archive");
          assertThat(figure.bars()).hasSameSizeAs(memories);
          assertThat(shown.readOut().stops()).hasSameSizeAs(memories);
          List<String> readings = new ArrayList<>();
          for (int i = 0; i < memories.size(); i++) {
            memory = memories.get(i);
            bar(figure.bars().get(i));
            stop(shown.readOut().stops().get(i));
            readings.add(figure.bars().get(i).reading());
          }
          assertThat(figure.description()).isEqualTo(String.join("; ", readings) + ".");
        });
  }

  /// By as much as three digits show.
  private boolean differ() {
    double[] totals = memories.stream().mapToDouble(MeasuredMemory::total).sorted().toArray();
    return totals[totals.length - 1] / totals[0] >= 1.005;
  }

  private void bar(Bar bar) {
    bars.read(ChartClaims.plain(bar.reading()));
    boolean sameSize =
        memories.stream().map(m -> m.program().parallelism()).distinct().count() == 1;
    assertThat(ChartClaims.plain(bar.name())).isEqualTo(sameSize ? memory.names() : named());
    String[] total = ChartClaims.plain(bar.total()).split(" in ", -1);
    Shown.is(total[0], memory.total());
    assertThat(total.length == 1 ? "1" : total[1]).isEqualTo("" + memory.workers());
    List<Double> parts = memory.parts();
    assertThat(bar.divided()).isEqualTo(parts != null);
    assertThat(bar.sizes())
        .isEqualTo(
            parts == null
                ? List.of(memory.total())
                : List.of(parts.get(0), parts.get(1) + parts.get(2), parts.get(3), parts.get(4)));
  }

  private String named() {
    return memory.names() + ", N = " + memory.program().parallelism();
  }

  private void stop(Stop stop) {
    assertThat(ChartClaims.plain(stop.label())).isEqualTo(named());
    List<String> rows = stop.rows().stream().map(Row::text).map(ChartClaims::plain).toList();
    assertThat(rows).hasSize(memory.parts() == null ? 2 : 1 + PARTS.size());
    for (line = 0; line < rows.size(); line++) {
      lines.read(rows.get(line));
    }
  }

  private void captions() {
    String sharing = ", the coordinator left out; pages that several share are divided among them.";
    captions
        .form("Resident at the end of one trial{rest:where}" + sharing, this::where)
        .form(
            "{name:a}: {ratio:r} the memory of {name:b}.",
            c -> {
              assertThat(sizes()).isEqualTo(1);
              extremes(c, named(c.text("a"), null), named(c.text("b"), null));
            })
        .form(
            "{name:a} at N = {int:n}: {ratio:r} the memory of {name:b} at N = {int:m}.",
            c -> {
              assertThat(sizes()).isGreaterThan(1);
              extremes(c, named(c.text("a"), c.number("n")), named(c.text("b"), c.number("m")));
            });
  }

  private long sizes() {
    return memories.stream().map(m -> m.program().parallelism()).distinct().count();
  }

  private void where(Claim c) {
    String each = memories.size() == 1 ? "" : " each";
    String size = sizes() == 1 ? ", N = " + memories.getFirst().program().parallelism() : "";
    boolean one = memories.stream().allMatch(m -> m.workers() == 1);
    String workers = one ? each + " in one worker" : " all workers together";
    assertThat(c.text("where")).isEqualTo(each + size + "," + workers);
  }

  private Stream<MeasuredMemory> named(String names, @Nullable Integer size) {
    return memories.stream()
        .filter(m -> m.names().equals(names))
        .filter(m -> size == null || m.program().parallelism() == size);
  }

  private void extremes(Claim c, Stream<MeasuredMemory> a, Stream<MeasuredMemory> b) {
    double most = a.mapToDouble(MeasuredMemory::total).max().orElseThrow();
    double least = b.mapToDouble(MeasuredMemory::total).min().orElseThrow();
    assertThat(memories).allMatch(m -> m.total() <= most && m.total() >= least);
    Shown.is(c.text("r"), most / least);
    assertThat(Shown.value(c.text("r"))).isGreaterThan(1);
  }

  private void bars() {
    bars.form(
        "{name:a} at N = {int:n}: {bytes:t} in {int:w} worker{s:s}{rest:parts}",
        c -> {
          assertThat(c.text("a")).isEqualTo(memory.names());
          assertThat(c.number("n")).isEqualTo(memory.program().parallelism());
          Shown.is(c.text("t"), memory.total());
          assertThat(c.number("w")).isEqualTo(memory.workers());
          Grammar.plural(c.text("s"), memory.workers());
          inBrackets(c.text("parts"));
        });
  }

  private void inBrackets(String said) {
    List<Double> parts = memory.parts();
    if (parts == null) {
      assertThat(said).isEmpty();
      return;
    }
    String left = said.replaceFirst("^ \\(", "").replaceFirst("\\)$", "");
    for (int i = 0; i < parts.size(); i++) {
      assertThat(left).startsWith(PARTS.get(i) + " ");
      String rest = left.substring(PARTS.get(i).length() + 1);
      int end = rest.contains(", ") ? rest.indexOf(", ") : rest.length();
      Shown.is(rest.substring(0, end), parts.get(i));
      left = rest.substring(Math.min(rest.length(), end + 2));
    }
    assertThat(left).isEmpty();
  }

  private void lines() {
    lines
        .form(
            "{bytes:t} in {int:w} worker{s:s}",
            c -> {
              assertThat(line).isZero();
              Shown.is(c.text("t"), memory.total());
              assertThat(c.number("w")).isEqualTo(memory.workers());
              Grammar.plural(c.text("s"), memory.workers());
            })
        .form("what it is used for is unknown", _ -> assertThat(memory.parts()).isNull());
    for (String part : PARTS) {
      lines.form(
          part + " {bytes:v}",
          c -> {
            assertThat(line).isEqualTo(1 + PARTS.indexOf(part));
            Shown.is(c.text("v"), memory.parts().get(line - 1));
          });
    }
  }

  private void tables() {
    tables
        .form(
            "Unknown: no such trial ran to its end on a system that tells.",
            _ -> assertThat(memories).isEmpty())
        .form(
            "Heap, metaspace and compiled code are what the JVM's pools held at their fullest;"
                + " files are the JVM, its libraries and its archive of classes; what is left of"
                + " the proportional memory is for thread stacks, buffers and the JVM itself.",
            _ -> assertThat(memories).isNotEmpty());
  }

  /// The table holds the same, and is there where such trials were made.
  void read(Document page) {
    List<Element> sections =
        Pages.elements(page, "section").stream()
            .filter(section -> section.getAttribute("id").equals("memory-data"))
            .toList();
    assertThat(sections).hasSize(facts.report().aside().memory().isEmpty() ? 0 : 1);
    sections.forEach(this::table);
  }

  private void table(Element section) {
    PageClaims.items(section, "p").forEach(tables::read);
    SideMishapClaims.read(PageClaims.items(section, "li"), facts.report().aside().memory());
    List<String> columns = new ArrayList<>();
    if (!memories.isEmpty()) {
      columns.addAll(List.of("strategy", "program", "workers", "in all", "per worker"));
      columns.addAll(PARTS);
    }
    columns.addAll(memories.stream().map(MeasuredMemory::names).toList());
    assertThat(PageClaims.items(section, "th")).isEqualTo(columns);
    assertThat(PageClaims.items(section, "bdi"))
        .isEqualTo(memories.stream().map(MeasuredMemory::names).toList());
    List<String> cells = new ArrayList<>(PageClaims.items(section, "td"));
    for (MeasuredMemory each : memories) {
      Program program = each.program();
      assertThat(cells.removeFirst()).isEqualTo(program.discipline() + "@" + program.layout());
      assertThat(cells.removeFirst()).isEqualTo("" + each.workers());
      Shown.is(cells.removeFirst(), each.total());
      Shown.is(cells.removeFirst(), each.total() / each.workers());
      List<Double> parts = each.parts();
      for (int i = 0; i < PARTS.size(); i++) {
        String cell = cells.removeFirst();
        if (parts == null) {
          assertThat(cell).isEqualTo("unknown");
        } else {
          Shown.is(cell, parts.get(i));
        }
      }
    }
    assertThat(cells).isEmpty();
  }
}
