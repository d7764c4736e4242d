package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What memory the workers of each strategy need, stacked by worker: from trials of their own,
/// whose heaps were not touched beforehand.
final class PageMemory {
  private static final double WIDTH = 860;
  private static final double LEFT = 190;
  private static final double RIGHT = 90;
  private static final double ROW = 26;
  private static final double BAR = 16;

  /// More could not be told apart.
  private static final int MOST_PARTS = 128;

  private PageMemory() {}

  /// One strategy's workers, each with its proportional memory in bytes.
  private record Stack(Program program, List<Long> bytes) {
    double total() {
      return bytes.stream().mapToDouble(Long::doubleValue).sum();
    }

    String name() {
      return PlainText.printable(
          program.discipline()
              + "@"
              + program.layout()
              + (program.sharing() == Sharing.THREAD ? " unshared" : ""));
    }
  }

  static void write(Markup page, RunReport report) {
    if (report.aside().memory().isEmpty()) {
      return;
    }
    List<Stack> stacks = stacks(report.aside().memory());
    page.open("section", "class", "data", "id", "memory").element("h2", "Memory");
    page.element(
        "p",
        stacks.isEmpty()
            ? "Unknown: no such trial ran to its end on a system that tells."
            : "What all workers of a trial have in memory at its end, each worker a part of the"
                + " bar; what several processes share is divided among them. The coordinator is"
                + " left out.",
        "class",
        "caption");
    if (!stacks.isEmpty()) {
      page.open("div", "class", "plots").trusted(svg(stacks)).close();
    }
    page.close().line();
  }

  private static List<Stack> stacks(List<TrialRecord> records) {
    List<Stack> stacks = new ArrayList<>();
    for (TrialRecord record : records) {
      if (record.outcome() instanceof Completed completed) {
        bytes(completed.measurement())
            .ifPresent(bytes -> stacks.add(new Stack(record.trial().program(), bytes)));
      }
    }
    return stacks;
  }

  /// Empty when that of any worker is unknown.
  private static Optional<List<Long>> bytes(Measurement measurement) {
    List<Long> bytes = new ArrayList<>();
    for (ProcessSample process : measurement.processes()) {
      Long proportional = process.proportionalBytes();
      if (proportional == null) {
        return Optional.empty();
      }
      bytes.add(proportional);
    }
    return Optional.of(bytes);
  }

  private static String svg(List<Stack> stacks) {
    double most = stacks.stream().mapToDouble(Stack::total).max().orElse(1);
    double height = stacks.size() * ROW;
    Markup out = new Markup();
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "chart",
        "role",
        "img",
        "aria-labelledby",
        "memory-title memory-desc",
        "viewBox",
        "0 0 " + Math.round(WIDTH) + " " + Math.round(height),
        "width",
        WIDTH,
        "height",
        height);
    out.element("title", "Memory of the workers", "id", "memory-title");
    out.element("desc", description(stacks), "id", "memory-desc").line();
    for (int row = 0; row < stacks.size(); row++) {
      bar(out, stacks.get(row), row, (WIDTH - LEFT - RIGHT) / most);
    }
    return out.close().toString();
  }

  private static void bar(Markup out, Stack stack, int row, double perByte) {
    double top = row * ROW + (ROW - BAR) / 2;
    double baseline = row * ROW + ROW / 2 + 4;
    out.element("text", stack.name(), "class", "tick end", "x", LEFT - 8, "y", baseline);
    List<Long> parts =
        stack.bytes.size() > MOST_PARTS ? List.of(Math.round(stack.total())) : stack.bytes;
    out.open("g", "class", "c2");
    double left = LEFT;
    for (long bytes : parts) {
      double width = bytes * perByte;
      double drawn = Math.max(0.5, width - 1);
      out.empty("rect", "class", "part", "x", left, "y", top, "width", drawn, "height", BAR);
      left += width;
    }
    out.close();
    String total = Quantities.bytes(stack.total());
    out.element("text", total, "class", "tick", "x", left + 6, "y", baseline).line();
  }

  private static String description(List<Stack> stacks) {
    List<String> words = new ArrayList<>();
    for (Stack stack : stacks) {
      words.add(
          "%s: %s in %s"
              .formatted(
                  stack.name(),
                  Quantities.bytes(stack.total()),
                  Quantities.plural(stack.bytes.size(), "worker")));
    }
    return String.join("; ", words) + ".";
  }
}
