package io.percore.coordinator.report;

import io.percore.coordinator.measurement.MemoryParts;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.chart.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What memory all workers of one program had at the end of a trial whose heap was not touched
/// beforehand, in bytes. What processes share is divided among them.
///
/// @param names of the strategies that the program belongs to, for people
/// @param style look of the first of them
/// @param program what ran
/// @param total proportional memory of all workers
/// @param parts what that is used for; null when unknown of any worker, or when it does not fit
///   into the total
record StrategyMemory(
    String names, Style style, Program program, long total, @Nullable Parts parts) {
  /// @param heap Java heap at its fullest
  /// @param metaspace classes that came from no archive
  /// @param code compiled code
  /// @param files the JVM, its libraries and its archive of classes
  /// @param rest what is left of the total: thread stacks, buffers, and what the JVM needs for
  ///   itself
  record Parts(long heap, long metaspace, long code, long files, long rest) {}

  int workers() {
    return program.layout().processes();
  }

  /// Of every program of which the memory of all workers is known, in the order of the trials.
  static List<StrategyMemory> all(RunReport report) {
    Map<Program, List<ProcessSample>> last = new LinkedHashMap<>();
    for (TrialRecord record : report.aside().memory()) {
      if (record.outcome() instanceof Completed completed) {
        last.put(record.trial().program(), completed.measurement().processes());
      }
    }
    List<Curve> curves = Curve.all(report.summary());
    List<StrategyMemory> all = new ArrayList<>();
    last.forEach(
        (program, processes) -> {
          List<Curve> owners =
              curves.stream()
                  .filter(curve -> largest(curve, last).filter(program::equals).isPresent())
                  .toList();
          total(processes)
              .ifPresent(total -> all.add(of(program, owners, curves.size(), total, processes)));
        });
    return List.copyOf(all);
  }

  /// The program that speaks for a strategy: smaller ones may belong to others, too.
  private static Optional<Program> largest(Curve curve, Map<Program, ?> measured) {
    return curve.points().reversed().stream()
        .map(point -> point.point().program())
        .filter(measured::containsKey)
        .findFirst();
  }

  /// Empty when that of any worker is unknown.
  private static OptionalLong total(List<ProcessSample> processes) {
    long total = 0;
    for (ProcessSample process : processes) {
      Long bytes = process.proportionalBytes();
      if (bytes == null) {
        return OptionalLong.empty();
      }
      total += bytes;
    }
    return total == 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }

  private static StrategyMemory of(
      Program program, List<Curve> owners, int curves, long total, List<ProcessSample> processes) {
    String names =
        owners.isEmpty()
            ? program.discipline() + "@" + program.layout()
            : owners.stream().map(Curve::name).collect(Collectors.joining(", "));
    Style style = owners.isEmpty() ? new Style(curves) : owners.getFirst().style();
    return new StrategyMemory(
        PlainText.printable(names), style, program, total, parts(processes, total));
  }

  private static @Nullable Parts parts(List<ProcessSample> processes, long total) {
    List<MemoryParts> known = new ArrayList<>();
    long files = 0;
    for (ProcessSample process : processes) {
      MemoryParts parts = process.memoryParts();
      Long file = parts == null ? null : parts.fileBytes();
      if (parts == null || file == null) {
        return null;
      }
      known.add(parts);
      files += file;
    }
    long heap = sum(known, MemoryParts::heapBytes);
    long metaspace = sum(known, MemoryParts::metaspaceBytes);
    long code = sum(known, MemoryParts::codeBytes);
    long rest = total - heap - metaspace - code - files;
    return rest < 0 ? null : new Parts(heap, metaspace, code, files, rest);
  }

  private static long sum(List<MemoryParts> parts, ToLongFunction<MemoryParts> which) {
    return parts.stream().mapToLong(which).sum();
  }
}
