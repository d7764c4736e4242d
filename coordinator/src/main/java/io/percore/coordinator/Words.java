package io.percore.coordinator;

import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment.Pinning;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.stats.law.Weighting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Enum constants as they are written on the command line: in small letters, read in any.
final class Words {
  private Words() {}

  /// Makes a command line read its enums so.
  static void register(CommandLine commands) {
    register(commands, Collector.class);
    register(commands, CompletionCommand.Shell.class);
    register(commands, ConsoleOptions.Color.class);
    register(commands, LauncherOptions.Engine.class);
    register(commands, ListCommand.Kind.class);
    register(commands, OutputOptions.Format.class);
    register(commands, Pinning.class);
    register(commands, Place.class);
    register(commands, ReportOutputOptions.Format.class);
    register(commands, Weighting.class);
  }

  private static <E extends Enum<E>> void register(CommandLine commands, Class<E> type) {
    commands.registerConverter(type, text -> constant(type, text));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", of(type))));
  }

  /// The words of an enum, in their order.
  static List<String> of(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> word((Enum<?>) c)).toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
