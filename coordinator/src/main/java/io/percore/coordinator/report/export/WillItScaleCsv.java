package io.percore.coordinator.report.export;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.report.CompletedTrials;
import io.percore.coordinator.report.Renderer;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Median;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The table that will-it-scale writes and plots: mean operations per second of N processes and of
/// N threads, and how idle the machine was meanwhile, in percent.
///
/// will-it-scale runs one test case both ways. So the processes are the first strategy of N
/// processes with one thread each for which there is a strategy of the same discipline with N
/// threads in one process that share its objects, as `processes` and `global-lock`; that one is the
/// threads. Where no strategy has such a counterpart the columns of the other way are blank, and so
/// is what was not measured.
final class WillItScaleCsv implements Renderer {
  private static final String HEADER =
      "tasks,processes,processes_idle,threads,threads_idle,linear\n";

  /// Below this a whole number would say too little of a rate.
  private static final double WHOLE = 1000;

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    Arms arms = Arms.of(report.summary().points());
    TreeSet<Integer> tasks = new TreeSet<>(arms.processes().keySet());
    tasks.addAll(arms.threads().keySet());
    out.write(HEADER);
    if (tasks.isEmpty()) {
      return;
    }
    // No task does no operation; how idle the machine is then was not measured.
    out.write(
        String.format(
            "0,%s,,%s,,0\n",
            arms.processes().isEmpty() ? "" : "0", arms.threads().isEmpty() ? "" : "0"));
    Double base = arms.base();
    CompletedTrials trials = new CompletedTrials(report.trials());
    int online = report.environment().onlineCpus();
    for (int n : tasks) {
      PointSummary processes = arms.processes().get(n);
      PointSummary threads = arms.threads().get(n);
      List<String> cells =
          List.of(
              Integer.toString(n),
              rate(throughput(processes)),
              idle(processes, trials, online),
              rate(throughput(threads)),
              idle(threads, trials, online),
              rate(base == null ? null : Double.valueOf(base * n)));
      out.write(String.join(",", cells) + "\n");
    }
  }

  /// The points of both ways by parallelism, either of them without any when there is none.
  private record Arms(Map<Integer, PointSummary> processes, Map<Integer, PointSummary> threads) {
    static Arms of(List<PointSummary> points) {
      List<Strategy> strategies =
          points.stream().map(point -> point.point().strategy()).distinct().toList();
      List<Strategy> processes = strategies.stream().filter(Arms::isProcesses).toList();
      for (Strategy strategy : processes) {
        Map<Integer, PointSummary> arm = curve(strategy, points);
        Optional<Map<Integer, PointSummary>> threads =
            strategies.stream()
                .filter(Arms::isThreads)
                .filter(other -> other.discipline().equals(strategy.discipline()))
                .map(other -> curve(other, points))
                .filter(other -> boundAlike(arm, other))
                .findFirst();
        if (threads.isPresent()) {
          return new Arms(arm, threads.get());
        }
      }
      return processes.isEmpty()
          ? new Arms(Map.of(), first(strategies, Arms::isThreads, points))
          : new Arms(curve(processes.getFirst(), points), Map.of());
    }

    private static boolean isProcesses(Strategy strategy) {
      return strategy.processes().equals(Strategy.Extent.N)
          && strategy.threadsPerProcess().equals(Strategy.Extent.of(1));
    }

    private static boolean isThreads(Strategy strategy) {
      return strategy.processes().equals(Strategy.Extent.of(1))
          && strategy.threadsPerProcess().equals(Strategy.Extent.N)
          && strategy.sharing() == Sharing.PROCESS;
    }

    private static Map<Integer, PointSummary> first(
        List<Strategy> strategies, Predicate<Strategy> which, List<PointSummary> points) {
      return strategies.stream()
          .filter(which)
          .findFirst()
          .map(strategy -> curve(strategy, points))
          .orElse(Map.of());
    }

    private static Map<Integer, PointSummary> curve(Strategy strategy, List<PointSummary> points) {
      Map<Integer, PointSummary> curve = new TreeMap<>();
      points.stream()
          .filter(point -> point.point().strategy().equals(strategy))
          .forEach(point -> curve.put(point.parallelism(), point));
      return curve;
    }

    private static boolean boundAlike(
        Map<Integer, PointSummary> arm, Map<Integer, PointSummary> other) {
      return arm.entrySet().stream()
          .filter(entry -> other.containsKey(entry.getKey()))
          .allMatch(
              entry ->
                  program(entry.getValue()).pinned()
                      == program(Objects.requireNonNull(other.get(entry.getKey()))).pinned());
    }

    private static Program program(PointSummary point) {
      return point.point().program();
    }

    /// The better of both ways with one task, as will-it-scale has it; null when neither is known.
    @Nullable Double base() {
      Double first = throughput(processes.get(1));
      Double second = throughput(threads.get(1));
      return first == null
          ? second
          : second == null ? first : Double.valueOf(Math.max(first, second));
    }
  }

  private static @Nullable Double throughput(@Nullable PointSummary point) {
    Estimate mean = point == null ? null : point.throughputMean();
    return mean == null ? null : Double.valueOf(mean.value());
  }

  private static String rate(@Nullable Double perSecond) {
    if (perSecond == null) {
      return "";
    }
    return perSecond >= WHOLE
        ? Long.toString(Math.round(perSecond))
        : new BigDecimal(perSecond).round(new MathContext(4)).toPlainString();
  }

  /// Median over the forks, in percent; blank unless all processors were observed in each.
  private static String idle(@Nullable PointSummary point, CompletedTrials trials, int onlineCpus) {
    if (point == null) {
      return "";
    }
    Collection<Measurement> forks = trials.sound(point).values();
    List<Double> shares = new ArrayList<>();
    for (Measurement fork : forks) {
      Double share = Idleness.of(fork, onlineCpus);
      if (share != null) {
        shares.add(share);
      }
    }
    return shares.isEmpty() || shares.size() < forks.size()
        ? ""
        : String.format(
            Locale.ROOT,
            "%.2f",
            100 * Median.of(shares.stream().mapToDouble(share -> share).toArray()));
  }
}
