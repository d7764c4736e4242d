package io.percore.coordinator.report;

import io.percore.coordinator.report.StrategyMemory.Parts;
import io.percore.coordinator.report.chart.Markup;
import java.util.List;
import java.util.function.ToLongFunction;

/// The figures of [MemoryPanel] as a table: from trials of their own, whose heaps were not touched
/// beforehand.
final class PageMemory {
  private static final List<String> COLUMNS =
      List.of(
          "strategy",
          "program",
          "workers",
          "in all",
          "per worker",
          "heap",
          "metaspace",
          "compiled code",
          "stacks, buffers, JVM data",
          "files");

  private PageMemory() {}

  static void write(Markup page, RunReport report) {
    if (report.aside().memory().isEmpty()) {
      return;
    }
    List<StrategyMemory> all = StrategyMemory.all(report);
    page.open("section", "class", "data", "id", "memory-data").element("h2", "Memory");
    page.element(
        "p",
        all.isEmpty()
            ? "Unknown: no such trial ran to its end on a system that tells."
            : "Heap, metaspace and compiled code are what the JVM's pools held at their fullest;"
                + " files are the JVM, its libraries and its archive of classes; what is left of"
                + " the proportional memory is for thread stacks, buffers and the JVM itself.",
        "class",
        "caption");
    if (!all.isEmpty()) {
      table(page, all);
    }
    SideMishaps.write(page, report.aside().memory());
    page.close().line();
  }

  private static void table(Markup page, List<StrategyMemory> all) {
    PageFrame.openScroll(page, "Memory of the workers");
    page.open("table").open("thead").open("tr");
    COLUMNS.forEach(title -> page.element("th", title, "scope", "col"));
    page.close().close().open("tbody").line();
    all.forEach(memory -> row(page, memory));
    page.close().close().close();
  }

  private static void row(Markup page, StrategyMemory memory) {
    page.open("tr").open("th", "scope", "row").element("bdi", memory.names()).close();
    page.element(
        "td", PlainText.printable(memory.program().discipline() + "@" + memory.program().layout()));
    page.element("td", Integer.toString(memory.workers()));
    page.element("td", bytes((double) memory.total()));
    page.element("td", bytes((double) memory.total() / memory.workers()));
    part(page, memory, Parts::heap);
    part(page, memory, Parts::metaspace);
    part(page, memory, Parts::code);
    part(page, memory, Parts::rest);
    part(page, memory, Parts::files);
    page.close().line();
  }

  private static void part(Markup page, StrategyMemory memory, ToLongFunction<Parts> which) {
    Parts parts = memory.parts();
    page.element("td", parts == null ? "unknown" : bytes((double) which.applyAsLong(parts)));
  }

  private static String bytes(double bytes) {
    return Typography.of(Quantities.bytes(bytes));
  }
}
