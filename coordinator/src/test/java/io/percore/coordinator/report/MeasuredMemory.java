package io.percore.coordinator.report;

import io.percore.coordinator.measurement.MemoryParts;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// What is true of the memory of one program in its last trial, looked up by other code than that
/// of its figure.
///
/// @param names of the strategies that it speaks for
/// @param total of all workers, in bytes
/// @param parts heap, metaspace, code, what is left, and files; null when any is unknown
@NullUnmarked // A figure that is asked for and unknown breaks the reading, as it should.
record MeasuredMemory(String names, Program program, double total, @Nullable List<Double> parts) {
  int workers() {
    return program.layout().processes();
  }

  /// Of each program of which that of all workers is known, in the order of the trials.
  static List<MeasuredMemory> all(Facts facts) {
    Map<Program, List<ProcessSample>> last = new LinkedHashMap<>();
    for (TrialRecord trial : facts.report().aside().memory()) {
      if (trial.outcome() instanceof Completed completed) {
        last.put(trial.trial().program(), completed.measurement().processes());
      }
    }
    List<MeasuredMemory> all = new ArrayList<>();
    last.forEach(
        (program, workers) -> {
          if (workers.stream().allMatch(worker -> worker.proportionalBytes() != null)) {
            double total = workers.stream().mapToDouble(ProcessSample::proportionalBytes).sum();
            if (total > 0) {
              String names = names(facts, program, last);
              all.add(new MeasuredMemory(names, program, total, parts(workers, total)));
            }
          }
        });
    return all;
  }

  /// A program speaks for the strategies of which it is the largest that was measured.
  private static String names(Facts facts, Program program, Map<Program, ?> measured) {
    String owners =
        facts.names().stream()
            .filter(name -> program.equals(largest(facts.curve(name), measured)))
            .collect(Collectors.joining(", "));
    return PlainText.printable(
        owners.isEmpty() ? program.discipline() + "@" + program.layout() : owners);
  }

  private static Program largest(List<PointSummary> curve, Map<Program, ?> measured) {
    return curve.stream()
        .filter(point -> measured.containsKey(point.point().program()))
        .max((a, b) -> Integer.compare(a.parallelism(), b.parallelism()))
        .map(PointSummary::point)
        .map(point -> point.program())
        .orElse(null);
  }

  private static @Nullable List<Double> parts(List<ProcessSample> workers, double total) {
    List<MemoryParts> known =
        workers.stream().map(ProcessSample::memoryParts).filter(Objects::nonNull).toList();
    if (known.size() < workers.size() || known.stream().anyMatch(p -> p.fileBytes() == null)) {
      return null;
    }
    double heap = sum(known, MemoryParts::heapBytes);
    double metaspace = sum(known, MemoryParts::metaspaceBytes);
    double code = sum(known, MemoryParts::codeBytes);
    double files = sum(known, MemoryParts::fileBytes);
    double rest = total - heap - metaspace - code - files;
    return rest < 0 ? null : List.of(heap, metaspace, code, rest, files);
  }

  private static double sum(List<MemoryParts> parts, ToLongFunction<MemoryParts> which) {
    return parts.stream().mapToLong(which).sum();
  }
}
