package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.ProcessorMap;
import io.percore.coordinator.report.chart.ProcessorMap.Cell;
import io.percore.coordinator.report.chart.ProcessorMap.Core;
import io.percore.coordinator.report.chart.ProcessorMap.Facet;
import io.percore.coordinator.report.chart.ProcessorMap.Group;
import io.percore.coordinator.report.chart.ProcessorMap.State;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the threads of a run were: the processors of the machine by package, node and core, at a
/// few parallelisms, with what is known of each one's speed and of the time that was taken from it.
final class ProcessorPanel {
  private static final int MOST_FACETS = 4;

  /// More would make the page large rather than clear.
  private static final int MOST_CELLS = 1024;

  /// Up to so many processors fit into half the width of the page.
  private static final int FEW = 12;

  private final RunReport report;
  private final Environment environment;
  private final Set<Integer> granted;
  private final List<ProcessorUse> uses;

  private ProcessorPanel(RunReport report) {
    this.report = report;
    this.environment = report.environment();
    this.granted = new HashSet<>(environment.placement(report.experiment().place()));
    this.uses = chosen(ProcessorUse.all(report.trials()));
  }

  static Optional<Panel> of(RunReport report) {
    ProcessorPanel panel = new ProcessorPanel(report);
    return panel.uses.isEmpty() || report.environment().cpus().isEmpty()
        ? Optional.empty()
        : Optional.of(panel.panel());
  }

  private Panel panel() {
    boolean half = environment.cpus().size() <= FEW && besideMemory();
    List<View> views =
        half
            ? List.of(new View(null, null, figure(Size.SMALL)))
            : Panel.SIZES.stream().map(s -> new View(null, s, figure(s))).toList();
    List<Stop> stops = uses.stream().flatMap(use -> cpus().map(cpu -> stop(use, cpu))).toList();
    return new Panel(
        half ? Place.HALF : Place.WIDE, views, new ReadOut("processors", List.of(), stops));
  }

  /// Without the panel of memory half the width would be left empty.
  private boolean besideMemory() {
    return !StrategyMemory.all(report).isEmpty();
  }

  /// Those at which some sort of processors is used up, one that leaves some idle, and the largest.
  private List<ProcessorUse> chosen(List<ProcessorUse> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    Set<Integer> sizes = new HashSet<>(environment.steps(report.experiment().place()));
    sizes.add(granted.size());
    sizes.add(all.getLast().parallelism());
    boolean idle =
        all.stream()
            .anyMatch(
                use -> use.parallelism() < granted.size() && sizes.contains(use.parallelism()));
    if (!idle) {
      all.stream()
          .map(ProcessorUse::parallelism)
          .filter(n -> n < granted.size())
          .reduce((_, last) -> last)
          .ifPresent(sizes::add);
    }
    List<ProcessorUse> chosen =
        all.stream().filter(use -> sizes.contains(use.parallelism())).toList();
    int most = Math.clamp(MOST_CELLS / Math.max(1, environment.cpus().size()), 1, MOST_FACETS);
    return chosen.size() <= most
        ? chosen
        : Stream.concat(chosen.stream().limit(most - 1), Stream.of(chosen.getLast())).toList();
  }

  private ProcessorMap figure(Size size) {
    return new ProcessorMap(
        "processors-" + size.name().toLowerCase(Locale.ROOT),
        "Where the threads ran",
        Typography.of(caption()),
        Typography.of(
            uses.stream()
                .map(use -> heading(use) + ": " + String.join(", ", notes(use)) + ".")
                .collect(Collectors.joining(" "))),
        Typography.of(legend()),
        uses.stream()
            .map(
                use ->
                    new Facet(
                        Typography.of(heading(use)),
                        groups(use),
                        notes(use).stream().map(Typography::of).toList()))
            .toList(),
        size);
  }

  // What the marks mean.

  private String caption() {
    List<String> words = new ArrayList<>();
    boolean bound = uses.stream().anyMatch(ProcessorUse::bound);
    boolean free = uses.stream().anyMatch(use -> !use.bound());
    if (bound) {
      words.add("Filled: a thread was bound to it.");
    }
    if (free) {
      words.add("Framed: threads that were not bound were there at their end.");
    }
    if (uses.stream().anyMatch(this::leavesIdle)) {
      words.add("Pale: none was.");
    }
    if (granted.size() < environment.cpus().size()) {
      words.add("Dashed: beyond the quota of " + environment.quotaCpus() + " processors.");
    }
    if (topology().values().stream().flatMap(List::stream).anyMatch(core -> core.size() > 1)) {
      words.add("In one frame: hardware threads of a core.");
    }
    int others = environment.onlineCpus() - environment.cpus().size();
    if (others > 0) {
      words.add(Quantities.plural(others, "processor") + " of the machine not ours.");
    }
    return String.join(" ", words) + doubt();
  }

  private String doubt() {
    boolean doubtful =
        environment.readings().stream()
            .anyMatch(reading -> reading.name().equals("topology") && !reading.trustworthy());
    return doubtful ? " Cores as this machine shows them, which is not to be relied on." : "";
  }

  private String legend() {
    boolean speeds =
        uses.stream().flatMap(use -> use.cpus().values().stream()).anyMatch(c -> c.after() != null);
    return "In a cell: number of the processor; threads"
        + (uses.stream().anyMatch(use -> !use.bound()) ? ", or how many in the mean" : "")
        + (speeds ? "; dependent additions per second after the trials." : ".");
  }

  private boolean leavesIdle(ProcessorUse use) {
    return granted.stream().anyMatch(cpu -> !use.uses(cpu));
  }

  private static String heading(ProcessorUse use) {
    return "N = " + use.parallelism() + (use.bound() ? ", bound" : ", not bound");
  }

  private List<String> notes(ProcessorUse use) {
    List<String> notes = new ArrayList<>();
    notes.add(Quantities.plural(use.trials(), "trial"));
    long idle = granted.stream().filter(cpu -> !use.uses(cpu)).count();
    if (idle > 0) {
      notes.add(idle + " of " + Quantities.plural(granted.size(), "processor") + " idle");
    }
    DoubleSummaryStatistics after = over(use, ProcessorUse.Cpu::after);
    if (after.getCount() > 0) {
      notes.add(range(after, Quantities::count) + " additions/s");
    }
    DoubleSummaryStatistics kept = over(use, ProcessorPanel::kept);
    if (kept.getCount() > 0) {
      notes.add(range(kept, Quantities::percent) + " of the speed before");
    }
    DoubleSummaryStatistics steal = over(use, ProcessorUse.Cpu::stealShare);
    notes.add("steal " + (steal.getCount() == 0 ? "unknown" : range(steal, Quantities::percent)));
    return notes;
  }

  private static @Nullable Double kept(ProcessorUse.Cpu cpu) {
    Double before = cpu.before();
    Double after = cpu.after();
    return before == null || after == null ? null : Double.valueOf(after / before);
  }

  private static DoubleSummaryStatistics over(
      ProcessorUse use, Function<ProcessorUse.Cpu, @Nullable Double> figure) {
    return use.cpus().values().stream()
        .map(figure)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .summaryStatistics();
  }

  /// One number where the two ends are printed alike.
  private static String range(DoubleSummaryStatistics values, Function<Double, String> text) {
    String least = text.apply(values.getMin());
    String most = text.apply(values.getMax());
    return least.equals(most) ? least : least + " to " + most;
  }

  // The processors.

  /// Sort of core on this machine.
  private record Sort(int socket, int node, boolean efficiency) {
    static final Comparator<Sort> ORDER =
        Comparator.comparingInt(Sort::socket)
            .thenComparingInt(Sort::node)
            .thenComparing(Sort::efficiency);
  }

  /// Cores by sort, each with its processors.
  private Map<Sort, List<List<Environment.Cpu>>> topology() {
    Map<Sort, Map<Integer, List<Environment.Cpu>>> sorts = new TreeMap<>(Sort.ORDER);
    environment.cpus().stream()
        .sorted(Comparator.comparingInt(Environment.Cpu::id))
        .forEach(
            cpu ->
                sorts
                    .computeIfAbsent(
                        new Sort(cpu.socket(), cpu.node(), cpu.efficiency()), _ -> new TreeMap<>())
                    .computeIfAbsent(cpu.core(), _ -> new ArrayList<>())
                    .add(cpu));
    Map<Sort, List<List<Environment.Cpu>>> cores = new TreeMap<>(Sort.ORDER);
    sorts.forEach((sort, byCore) -> cores.put(sort, List.copyOf(byCore.values())));
    return cores;
  }

  /// In the order in which they are drawn.
  private Stream<Environment.Cpu> cpus() {
    return topology().values().stream().flatMap(List::stream).flatMap(List::stream);
  }

  private List<Group> groups(ProcessorUse use) {
    Map<Sort, List<List<Environment.Cpu>>> topology = topology();
    return topology.entrySet().stream()
        .map(
            entry ->
                new Group(
                    label(entry.getKey(), topology.keySet()),
                    entry.getValue().stream()
                        .map(core -> new Core(core.stream().map(cpu -> cell(use, cpu)).toList()))
                        .toList()))
        .toList();
  }

  /// What tells a sort from the others.
  private static String label(Sort sort, Set<Sort> all) {
    List<String> words = new ArrayList<>();
    if (all.stream().map(Sort::socket).distinct().count() > 1) {
      words.add("package " + sort.socket());
    }
    if (all.stream().map(Sort::node).distinct().count() > 1) {
      words.add("node " + sort.node());
    }
    if (all.stream().map(Sort::efficiency).distinct().count() > 1) {
      words.add(sort.efficiency() ? "efficiency cores" : "performance cores");
    }
    return String.join(", ", words);
  }

  private Cell cell(ProcessorUse use, Environment.Cpu cpu) {
    State state = state(use, cpu);
    List<String> details = new ArrayList<>();
    ProcessorUse.Cpu figures = use.cpus().get(cpu.id());
    if (figures != null && use.uses(cpu.id())) {
      details.add(Typography.of(use.bound() ? threads(figures, "t") : mean(figures)));
      Double after = figures.after();
      if (after != null) {
        details.add(Typography.of(Quantities.count(after)));
      }
    }
    String reading =
        stop(use, cpu).rows().stream().map(Row::text).collect(Collectors.joining("; "));
    return new Cell(Integer.toString(cpu.id()), state, details, reading);
  }

  private State state(ProcessorUse use, Environment.Cpu cpu) {
    if (use.uses(cpu.id())) {
      return use.bound() ? State.BOUND : State.FREE;
    }
    return granted.contains(cpu.id()) ? State.IDLE : State.BARRED;
  }

  private static String mean(ProcessorUse.Cpu figures) {
    return "×" + Typography.withoutTrailingZeros(Quantities.number(figures.threadsPerTrial()));
  }

  private static String threads(ProcessorUse.Cpu figures, String prefix) {
    List<Integer> threads = List.copyOf(figures.threads());
    String first = threads.stream().limit(3).map(t -> prefix + t).collect(Collectors.joining(" "));
    return threads.size() > 3 ? first + " …" : first;
  }

  private Stop stop(ProcessorUse use, Environment.Cpu cpu) {
    List<String> lines = new ArrayList<>();
    lines.add(place(cpu));
    ProcessorUse.Cpu figures = use.cpus().get(cpu.id());
    if (figures == null || !use.uses(cpu.id())) {
      lines.add(granted.contains(cpu.id()) ? "idle" : "beyond the quota");
    } else {
      lines.add(
          use.bound()
              ? (figures.threads().size() == 1 ? "thread " : "threads ") + threads(figures, "")
              : Quantities.number(figures.threadsPerTrial()) + " threads in the mean, not bound");
      Double before = figures.before();
      Double after = figures.after();
      lines.add(
          before == null || after == null
              ? "its own speed is unknown"
              : Quantities.count(before)
                  + " additions/s before, "
                  + Quantities.count(after)
                  + " after");
    }
    Double steal = figures == null ? null : figures.stealShare();
    lines.add(steal == null ? "steal unknown" : "steal " + Quantities.percent(steal));
    return new Stop(
        Typography.of("Processor " + cpu.id() + " at N = " + use.parallelism()),
        lines.stream().map(line -> new Row(-1, Typography.of(line))).toList());
  }

  private String place(Environment.Cpu cpu) {
    return "core "
        + cpu.core()
        + ", package "
        + cpu.socket()
        + ", node "
        + cpu.node()
        + (cpu.efficiency() ? ", efficiency core" : "");
  }
}
