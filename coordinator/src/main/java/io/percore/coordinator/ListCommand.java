package io.percore.coordinator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Catalogue.Discipline;
import io.percore.coordinator.plan.Catalogue.Parameter;
import io.percore.coordinator.plan.Catalogue.Workload;
import io.percore.coordinator.plan.Guarantees;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.report.export.ReportFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `percore list`: what there is, with one line for each.
@Command(name = "list", description = "Lists what there is, with one-line contracts.")
final class ListCommand implements Callable<Integer> {
  /// What can be listed.
  enum Kind {
    STRATEGIES,
    DISCIPLINES,
    WORKLOADS,
    FORMATS,
    LAUNCHERS
  }

  /// One line.
  ///
  /// @param id what the user writes
  /// @param title for people
  /// @param contract what it does
  /// @param parameters with their defaults and choices
  record Entry(String id, String title, String contract, List<String> parameters) {
    Entry {
      parameters = List.copyOf(parameters);
    }
  }

  @Parameters(
      paramLabel = "KIND",
      arity = "1",
      description = "One of strategies, disciplines, workloads, formats, launchers.")
  private Kind kind = Kind.STRATEGIES;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Entry> entries =
        switch (kind) {
          case STRATEGIES -> strategies(catalogue());
          case DISCIPLINES ->
              catalogue().disciplines().stream().map(ListCommand::discipline).toList();
          case WORKLOADS -> catalogue().workloads().stream().map(ListCommand::workload).toList();
          case FORMATS ->
              Arrays.stream(ReportFormat.values())
                  .map(f -> new Entry(f.id(), f.title(), "", List.of()))
                  .toList();
          case LAUNCHERS ->
              Arrays.stream(LauncherOptions.Engine.values())
                  .map(
                      engine ->
                          new Entry(
                              engine.name().toLowerCase(Locale.ROOT),
                              engine.title(),
                              engine.contract(),
                              List.of()))
                  .toList();
        };
    if (output.json()) {
      System.out.println(
          JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(entries));
    } else {
      System.out.print(text(entries));
    }
    return ExitCode.OK;
  }

  private static Catalogue catalogue() throws InterruptedException {
    return WorkerSetup.survey(new RunOptions()).survey().catalogue();
  }

  private static Entry discipline(Discipline d) {
    return new Entry(
        d.id(),
        d.title(),
        d.contract()
            + "; fits "
            + String.join(", ", d.workloads())
            + "; "
            + d.width()
            + (d.exact() ? "; exact" : "; not exact under threads")
            + (d.singleThreaded() ? "; one thread only" : ""),
        Stream.concat(
                Stream.ofNullable(d.guarantees()).map(Guarantees::line),
                d.parameters().stream().map(ListCommand::parameter))
            .toList());
  }

  private static Entry workload(Workload w) {
    return new Entry(
        w.id(),
        w.title(),
        w.contract(),
        w.parameters().stream().map(ListCommand::parameter).toList());
  }

  private static String parameter(Parameter p) {
    String values =
        p.choices().isEmpty()
            ? p.minimum() + " to " + p.maximum()
            : p.choices().stream()
                .map(c -> p.inexactChoices().contains(c) ? c + " (inexact)" : c)
                .collect(Collectors.joining(" or "));
    String requirements =
        p.requirements().stream()
            .map(r -> "; %s needs %s=%s".formatted(r.choice(), r.parameter(), r.value()))
            .collect(Collectors.joining());
    return "%s=%s: %s (%s%s)"
        .formatted(p.name(), p.defaultValue(), p.meaning(), values, requirements);
  }

  /// Names of strategies that need no more than a name.
  static Stream<String> strategyNames(Catalogue catalogue) {
    return strategies(catalogue).stream().map(Entry::id).filter(id -> !id.endsWith("@PxT"));
  }

  private static List<Entry> strategies(Catalogue catalogue) {
    List<Entry> entries = new ArrayList<>();
    for (Discipline d : catalogue.disciplines()) {
      if (!d.singleThreaded()) {
        entries.add(new Entry(d.id(), d.title(), "one process, N threads", List.of()));
      }
    }
    for (String name : List.of("processes", "unshared", Strategy.SEQUENTIAL, "sequential@Nx1")) {
      entries.add(named(Strategy.parse(name)));
    }
    entries.add(
        new Entry(
            "discipline@PxT",
            "Any discipline, any layout",
            "P processes of T threads each; the letter N follows -n",
            List.of()));
    return entries;
  }

  private static Entry named(Strategy strategy) {
    String shape = strategy.processes() + "x" + strategy.threadsPerProcess();
    return new Entry(
        strategy.name(),
        strategy.discipline() + "@" + shape,
        "shared by each "
            + strategy.sharing().name().toLowerCase(Locale.ROOT)
            + (strategy.followsParallelism() ? "" : "; the base of every comparison"),
        List.of());
  }

  private static String text(List<Entry> entries) {
    int width = entries.stream().mapToInt(e -> e.id().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(
          String.format(
              "%-" + width + "s  %s%s%n",
              entry.id(),
              entry.title(),
              entry.contract().isEmpty() ? "" : ": " + entry.contract()));
      for (String parameter : entry.parameters()) {
        text.append(" ".repeat(width + 4)).append(parameter).append(System.lineSeparator());
      }
    }
    return text.toString();
  }
}
