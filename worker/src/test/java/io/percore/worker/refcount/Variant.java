package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A discipline with one allowed combination of its choices. The lists here follow the registry, so
/// that a new constant of [Discipline] is in all tests which use them.
///
/// The system property `percore.disciplines` restricts them to some ids, separated by commas.
///
/// @param discipline the discipline
/// @param given values of its parameters by name; those that are not given have their defaults
public record Variant(Discipline discipline, Map<String, String> given) {
  public Variant {
    given = Map.copyOf(given);
  }

  /// Every discipline with every allowed combination of choices, and defaults for its numbers.
  public static List<Variant> all() {
    String some = System.getProperty("percore.disciplines", "");
    Stream<Discipline> wanted =
        some.isEmpty()
            ? Arrays.stream(Discipline.values())
            : Pattern.compile(",").splitAsStream(some).map(Discipline::byId);
    return wanted
        .flatMap(
            discipline ->
                combinations(discipline.parameters()).stream()
                    .map(given -> new Variant(discipline, given)))
        .filter(Variant::allowed)
        .toList();
  }

  /// Those whose counts are exact, and which have each object freed in the end.
  public static List<Variant> exact() {
    return all().stream().filter(Variant::countsExactly).toList();
  }

  /// Those of [#exact] that several threads may use.
  public static List<Variant> exactAndShared() {
    return exact().stream().filter(variant -> !variant.discipline.singleThreaded()).toList();
  }

  /// Those of [#exactAndShared] whose release itself says that a count has become zero.
  public static List<Variant> freeingAtOnce() {
    return exactAndShared().stream()
        .filter(variant -> variant.discipline.guarantees().freeing() == Guarantees.Freeing.AT_ONCE)
        .toList();
  }

  /// A new domain in which threads get in each other's way as often as it allows: every number is
  /// the smallest allowed one, since numbers say for how long a discipline puts something off.
  public RefCount createImpatient() {
    Map<String, String> impatient = new HashMap<>(given);
    for (Parameter parameter : discipline.parameters()) {
      if (parameter.choices().isEmpty()) {
        impatient.put(parameter.name(), Long.toString(parameter.minimum()));
      }
    }
    return discipline.create(impatient);
  }

  /// Whether an attached thread keeps all others out until it detaches or is asked to give way.
  boolean attachedThreadExcludesOthers() {
    return discipline == Discipline.GIL;
  }

  /// Whether, while threads are attached, zero is found for those objects only that were retired.
  boolean findsOnlyWhatIsRetired() {
    return discipline == Discipline.PERCPU;
  }

  private boolean countsExactly() {
    Parameters values = discipline.check(given);
    return discipline.exact()
        && discipline.offers().contains(Capability.RECLAIM)
        && discipline.parameters().stream()
            .noneMatch(
                parameter -> parameter.inexactChoices().contains(values.text(parameter.name())));
  }

  private boolean allowed() {
    try {
      discipline.check(given);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static List<Map<String, String>> combinations(List<Parameter> parameters) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Parameter parameter : parameters) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> shorter : combinations) {
        for (String choice : parameter.choices()) {
          Map<String, String> more = new HashMap<>(shorter);
          more.put(parameter.name(), choice);
          longer.add(more);
        }
      }
      combinations = parameter.choices().isEmpty() ? combinations : longer;
    }
    return combinations;
  }

  /// One word, such as `global-lock,hold=op,lock=reentrant`.
  @Override
  public String toString() {
    return Stream.concat(
            Stream.of(discipline.id()),
            given.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Object::toString))
        .collect(Collectors.joining(","));
  }
}
