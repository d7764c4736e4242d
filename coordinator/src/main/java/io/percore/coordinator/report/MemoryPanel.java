package io.percore.coordinator.report;

import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.StrategyMemory.Parts;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.StackedBars;
import io.percore.coordinator.report.chart.StackedBars.Bar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The honest price of processes: what memory the workers of each strategy need, and what for.
final class MemoryPanel {
  private static final List<String> PARTS =
      List.of("Java heap", "classes and code", "stacks, buffers, JVM data", "files: JVM, archive");

  private MemoryPanel() {}

  static Optional<Panel> of(RunReport report) {
    List<StrategyMemory> all = StrategyMemory.all(report);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> sizes = all.stream().map(m -> m.program().parallelism()).distinct().toList();
    boolean sameSize = sizes.size() == 1;
    StackedBars figure =
        new StackedBars(
            "memory",
            "Memory of the workers",
            Typography.of(caption(all, sameSize)),
            Typography.of(
                all.stream().map(MemoryPanel::reading).collect(Collectors.joining("; ")) + "."),
            PARTS,
            all.stream().map(memory -> bar(memory, sameSize)).toList(),
            Size.SMALL);
    return Optional.of(
        new Panel(
            Place.HALF,
            figure,
            new ReadOut("strategies", List.of(), all.stream().map(MemoryPanel::stop).toList())));
  }

  private static Bar bar(StrategyMemory memory, boolean sameSize) {
    Parts parts = memory.parts();
    List<Double> sizes =
        parts == null
            ? List.of((double) memory.total())
            : Stream.of(parts.heap(), parts.metaspace() + parts.code(), parts.rest(), parts.files())
                .map(Long::doubleValue)
                .toList();
    return new Bar(
        sameSize ? memory.names() : named(memory),
        memory.style(),
        sizes,
        parts != null,
        Typography.of(
            Quantities.bytes((double) memory.total())
                + (memory.workers() == 1 ? "" : " in " + memory.workers())),
        Typography.of(reading(memory)));
  }

  private static String named(StrategyMemory memory) {
    return Typography.of(memory.names() + ", N = " + memory.program().parallelism());
  }

  private static String caption(List<StrategyMemory> all, boolean sameSize) {
    String each = all.size() == 1 ? "" : " each";
    String at = sameSize ? ", N = " + all.getFirst().program().parallelism() : "";
    String workers =
        all.stream().allMatch(memory -> memory.workers() == 1)
            ? (each + " in one worker").strip()
            : "all workers together";
    return "Resident at the end of one trial"
        + each
        + at
        + ", "
        + workers
        + ", the coordinator left out; pages that several share are divided among them."
        + range(all, sameSize);
  }

  /// Compares the extremes, where they differ in what is printed.
  private static String range(List<StrategyMemory> all, boolean sameSize) {
    Comparator<StrategyMemory> bySize = Comparator.comparingLong(StrategyMemory::total);
    StrategyMemory most = all.stream().max(bySize).orElseThrow();
    StrategyMemory least = all.stream().min(bySize).orElseThrow();
    String ratio = Quantities.ratio((double) most.total() / least.total());
    return ratio.equals(Quantities.ratio(1))
        ? ""
        : " %s: %s the memory of %s.".formatted(at(most, sameSize), ratio, at(least, sameSize));
  }

  private static String at(StrategyMemory memory, boolean sameSize) {
    return sameSize ? memory.names() : memory.names() + " at N = " + memory.program().parallelism();
  }

  private static String reading(StrategyMemory memory) {
    String whole =
        "%s at N = %d: %s in %s"
            .formatted(
                memory.names(),
                memory.program().parallelism(),
                Quantities.bytes((double) memory.total()),
                Quantities.plural(memory.workers(), "worker"));
    List<String> parts = parts(memory);
    return parts.isEmpty() ? whole : whole + " (" + String.join(", ", parts) + ")";
  }

  private static Stop stop(StrategyMemory memory) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s in %s"
            .formatted(
                Quantities.bytes((double) memory.total()),
                Quantities.plural(memory.workers(), "worker")));
    List<String> parts = parts(memory);
    lines.addAll(parts.isEmpty() ? List.of("what it is used for is unknown") : parts);
    return new Stop(
        named(memory), lines.stream().map(line -> new Row(-1, Typography.of(line))).toList());
  }

  private static List<String> parts(StrategyMemory memory) {
    Parts parts = memory.parts();
    return parts == null
        ? List.of()
        : List.of(
            "heap " + Quantities.bytes((double) parts.heap()),
            "metaspace " + Quantities.bytes((double) parts.metaspace()),
            "compiled code " + Quantities.bytes((double) parts.code()),
            "stacks, buffers, JVM data " + Quantities.bytes((double) parts.rest()),
            "files " + Quantities.bytes((double) parts.files()));
  }
}
