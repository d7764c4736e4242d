package io.percore.coordinator.plan;

import io.percore.coordinator.plan.Catalogue.Discipline;
import io.percore.coordinator.plan.Catalogue.Parameter;
import io.percore.coordinator.plan.Catalogue.Requirement;
import io.percore.coordinator.plan.Catalogue.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Checks what a user asked for against what the worker offers, before anything is launched.
///
/// Every method throws {@link IllegalArgumentException} with one line that names the offending word
/// and what would be accepted.
public final class Validation {
  private Validation() {}

  /// The strategies that a comma-separated text names; `all` is every discipline of the catalogue
  /// that fits the workload, and the named layouts.
  public static List<Strategy> strategies(String text, Catalogue catalogue, Workload workload) {
    List<Strategy> strategies = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      List<Strategy> named =
          name.strip().equals("all")
              ? everything(catalogue, workload)
              : List.of(Strategy.parse(name.strip()));
      named.stream().filter(s -> !strategies.contains(s)).forEach(strategies::add);
    }
    strategies.forEach(strategy -> fits(strategy, catalogue, workload));
    return List.copyOf(strategies);
  }

  /// Names of everything that `all` stands for.
  public static List<Strategy> everything(Catalogue catalogue, Workload workload) {
    List<Strategy> all = new ArrayList<>();
    for (Discipline discipline : catalogue.disciplines()) {
      if (!discipline.singleThreaded() && discipline.workloads().contains(workload.id())) {
        all.add(Strategy.parse(discipline.id()));
      }
    }
    for (String named : List.of("processes", "unshared", Strategy.SEQUENTIAL, "sequential@Nx1")) {
      all.add(Strategy.parse(named));
    }
    all.removeIf(strategy -> !doesFit(strategy, catalogue, workload));
    return all;
  }

  /// The workload of that name.
  public static Workload workload(String id, Catalogue catalogue) {
    return catalogue
        .workload(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown workload '"
                        + id
                        + "': there are "
                        + catalogue.workloads().stream()
                            .map(Workload::id)
                            .collect(Collectors.joining(", "))));
  }

  private static void fits(Strategy strategy, Catalogue catalogue, Workload workload) {
    Discipline discipline = discipline(strategy.discipline(), catalogue);
    if (!discipline.workloads().contains(workload.id())) {
      throw new IllegalArgumentException(
          "discipline '"
              + discipline.id()
              + "' does not fit workload '"
              + workload.id()
              + "': it fits "
              + String.join(", ", discipline.workloads()));
    }
    if (discipline.singleThreaded() && strategy.layoutAt(2).threadsPerProcess() > 1) {
      throw new IllegalArgumentException(
          "discipline '"
              + discipline.id()
              + "' runs one thread in each process: use sequential or sequential@Nx1, not "
              + strategy.name());
    }
    if (workload.needsCompany() && alone(strategy)) {
      throw new IllegalArgumentException(
          "workload '"
              + workload.id()
              + "' is about threads that give objects to each other, and in strategy '"
              + strategy.name()
              + "' no two threads share any: use a discipline, or discipline@PxT with T above 1");
    }
  }

  /// Whether none of its threads ever shares anything with another, but for the sequential base.
  private static boolean alone(Strategy strategy) {
    return !strategy.name().equals(Strategy.SEQUENTIAL)
        && (strategy.sharing() == Sharing.THREAD || strategy.layoutAt(2).threadsPerProcess() == 1);
  }

  private static boolean doesFit(Strategy strategy, Catalogue catalogue, Workload workload) {
    try {
      fits(strategy, catalogue, workload);
      return true;
    } catch (IllegalArgumentException doesNot) {
      return false;
    }
  }

  /// Those of a comma-separated text that fit the workload.
  public static List<Strategy> fitting(String text, Catalogue catalogue, Workload workload) {
    return Arrays.stream(text.split(",", -1))
        .map(Strategy::parse)
        .filter(strategy -> doesFit(strategy, catalogue, workload))
        .toList();
  }

  private static Discipline discipline(String id, Catalogue catalogue) {
    return catalogue
        .discipline(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown strategy '"
                        + id
                        + "': there are processes, unshared, sequential, "
                        + catalogue.disciplines().stream()
                            .map(Discipline::id)
                            .collect(Collectors.joining(", "))
                        + ", and discipline@PxT"));
  }

  /// The values of a workload's or discipline's parameters: those given, else their defaults.
  ///
  /// @param owner what they belong to, for messages: `workload counter`
  /// @param declared its parameters
  /// @param given by name
  public static Map<String, String> parameters(
      String owner, List<Parameter> declared, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    declared.forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
    given.forEach(
        (name, value) -> {
          Parameter parameter =
              declared.stream()
                  .filter(p -> p.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> unknownParameter(owner, declared, name));
          values.put(name, checked(owner, parameter, value));
        });
    declared.forEach(parameter -> compatible(owner, parameter, values));
    return values;
  }

  private static void compatible(String owner, Parameter parameter, Map<String, String> values) {
    for (Requirement needs : parameter.requirements()) {
      if (needs.choice().equals(values.get(parameter.name()))
          && !needs.value().equals(values.get(needs.parameter()))) {
        throw new IllegalArgumentException(
            "%s: %s=%s needs %s=%s, not %s"
                .formatted(
                    owner,
                    parameter.name(),
                    needs.choice(),
                    needs.parameter(),
                    needs.value(),
                    values.get(needs.parameter())));
      }
    }
  }

  /// Parameters given as `discipline.name=value`, by discipline, with the defaults of all
  /// disciplines of the strategies.
  public static Map<String, Map<String, String>> disciplineParameters(
      Map<String, String> given, List<Strategy> strategies, Catalogue catalogue) {
    Map<String, Map<String, String>> byDiscipline = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          if (dot < 1) {
            throw new IllegalArgumentException(
                "discipline parameter '" + key + "' needs the form discipline.name=value");
          }
          Discipline discipline = discipline(key.substring(0, dot), catalogue);
          byDiscipline
              .computeIfAbsent(discipline.id(), _ -> new LinkedHashMap<>())
              .put(key.substring(dot + 1), value);
        });
    Map<String, Map<String, String>> complete = new LinkedHashMap<>();
    for (Strategy strategy : strategies) {
      Discipline discipline = discipline(strategy.discipline(), catalogue);
      complete.put(
          discipline.id(),
          parameters(
              "discipline " + discipline.id(),
              discipline.parameters(),
              byDiscipline.getOrDefault(discipline.id(), Map.of())));
    }
    for (String id : byDiscipline.keySet()) {
      if (!complete.containsKey(id)) {
        throw new IllegalArgumentException(
            "a parameter is given for discipline '" + id + "', which none of the strategies uses");
      }
    }
    return complete;
  }

  private static IllegalArgumentException unknownParameter(
      String owner, List<Parameter> declared, String name) {
    String names = declared.stream().map(Parameter::name).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        owner + " has no parameter '" + name + "'" + (names.isEmpty() ? "" : ": it has " + names));
  }

  private static String checked(String owner, Parameter parameter, String value) {
    if (!parameter.choices().isEmpty()) {
      if (!parameter.choices().contains(value)) {
        throw new IllegalArgumentException(
            owner
                + ": "
                + parameter.name()
                + "="
                + value
                + " is not among "
                + String.join(", ", parameter.choices()));
      }
      return value;
    }
    try {
      long number = Long.parseLong(value);
      if (number < parameter.minimum() || number > parameter.maximum()) {
        throw new IllegalArgumentException(
            owner
                + ": "
                + parameter.name()
                + "="
                + value
                + " is outside "
                + parameter.minimum()
                + " to "
                + parameter.maximum());
      }
      return Long.toString(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          owner + ": " + parameter.name() + "=" + value + " is not a whole number", e);
    }
  }
}
