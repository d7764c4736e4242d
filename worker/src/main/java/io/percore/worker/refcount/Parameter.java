package io.percore.worker.refcount;

import java.util.List;

/// A setting that a discipline or a workload can be given.
///
/// @param name lower case, words joined by hyphens
/// @param defaultValue used when none is given; itself an allowed value
/// @param meaning one line for people
/// @param choices allowed values; empty where any whole number of the range is
/// @param minimum smallest number; 0 where there are choices
/// @param maximum largest number; 0 where there are choices
/// @param inexactChoices choices under which an otherwise exact discipline may lose updates
/// @param requirements choices that go with one value of another parameter only
public record Parameter(
    String name,
    String defaultValue,
    String meaning,
    List<String> choices,
    long minimum,
    long maximum,
    List<String> inexactChoices,
    List<Requirement> requirements) {
  public Parameter {
    choices = List.copyOf(choices);
    inexactChoices = List.copyOf(inexactChoices);
    requirements = List.copyOf(requirements);
  }

  /// A choice that needs another parameter of the same owner to have one value.
  ///
  /// @param choice the choice of the parameter that requires
  /// @param parameter name of the other
  /// @param value what that must be
  public record Requirement(String choice, String parameter, String value) {}

  /// One of several words, the first of which is the default.
  public static Parameter choice(String name, String meaning, String... choices) {
    return new Parameter(name, choices[0], meaning, List.of(choices), 0, 0, List.of(), List.of());
  }

  /// A whole number in [`minimum`, `maximum`].
  public static Parameter number(
      String name, String meaning, long defaultValue, long minimum, long maximum) {
    return new Parameter(
        name,
        Long.toString(defaultValue),
        meaning,
        List.of(),
        minimum,
        maximum,
        List.of(),
        List.of());
  }

  /// This parameter, inexact under the given choices.
  public Parameter inexactWith(String... inexact) {
    return new Parameter(
        name, defaultValue, meaning, choices, minimum, maximum, List.of(inexact), requirements);
  }

  /// This parameter, whose `choice` is allowed only while another parameter has that value.
  public Parameter onlyWith(String choice, String parameter, String value) {
    return new Parameter(
        name,
        defaultValue,
        meaning,
        choices,
        minimum,
        maximum,
        inexactChoices,
        List.of(new Requirement(choice, parameter, value)));
  }

  /// Checks a value that was given for this parameter.
  ///
  /// @param owner id of the discipline or workload, for the message
  /// @throws IllegalArgumentException in one line that says what is allowed
  void check(String owner, String value) {
    if (!choices.isEmpty()) {
      if (!choices.contains(value)) {
        throw new IllegalArgumentException(
            "%s.%s must be one of %s, not '%s'"
                .formatted(owner, name, String.join(", ", choices), value));
      }
    } else if (!inRange(value)) {
      throw new IllegalArgumentException(
          "%s.%s must be a whole number from %d to %d, not '%s'"
              .formatted(owner, name, minimum, maximum, value));
    }
  }

  private boolean inRange(String value) {
    try {
      long number = Long.parseLong(value);
      return minimum <= number && number <= maximum;
    } catch (NumberFormatException notWhole) {
      return false;
    }
  }
}
