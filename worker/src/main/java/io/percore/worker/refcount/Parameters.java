package io.percore.worker.refcount;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checked values for all declared parameters of one discipline or workload. Immutable.
public final class Parameters {
  private final String owner;
  private final Map<String, String> values;

  private Parameters(String owner, Map<String, String> values) {
    this.owner = owner;
    this.values = Map.copyOf(values);
  }

  /// Takes what was given, and the defaults for the rest.
  ///
  /// @param owner id of the discipline or workload, for messages
  /// @param declared what there is
  /// @param given values by name
  /// @throws IllegalArgumentException in one line, for an unknown name or a value that is not
  ///   allowed
  public static Parameters of(String owner, List<Parameter> declared, Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    for (Parameter parameter : declared) {
      String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
      parameter.check(owner, value);
      values.put(parameter.name(), value);
    }
    for (String name : given.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "%s has no parameter '%s'; it has %s"
                .formatted(owner, name, declared.stream().map(Parameter::name).toList()));
      }
    }
    for (Parameter parameter : declared) {
      for (Parameter.Requirement needs : parameter.requirements()) {
        if (needs.choice().equals(values.get(parameter.name()))
            && !needs.value().equals(values.get(needs.parameter()))) {
          throw new IllegalArgumentException(
              "%1$s.%2$s=%3$s needs %1$s.%4$s=%5$s"
                  .formatted(
                      owner, parameter.name(), needs.choice(), needs.parameter(), needs.value()));
        }
      }
    }
    return new Parameters(owner, values);
  }

  /// The word or number given for `name`.
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(owner + " declares no parameter '" + name + "'");
    }
    return value;
  }

  /// The number given for `name`.
  public long number(String name) {
    return Long.parseLong(text(name));
  }
}
