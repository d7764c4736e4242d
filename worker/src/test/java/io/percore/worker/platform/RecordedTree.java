package io.percore.worker.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Machines that are written down in short, as resources below `machines/`.
///
/// Each line is a path, a tab and what the file holds, with `\n` and `\t` for line breaks and tabs.
/// A path with `{0-7}` stands for eight files; what they hold may then name the number as `{n}`,
/// with whole-number arithmetic from left to right: `{n%4+4}`. Lines that begin with `#` say what
/// machine it is.
final class RecordedTree {
  private static final Pattern RANGE = Pattern.compile("\\{([0-9]+)-([0-9]+)}");
  private static final Pattern TERM = Pattern.compile("\\{n((?:[%*/+][0-9]+)*)}");
  private static final Pattern STEP = Pattern.compile("([%*/+])([0-9]+)");

  private RecordedTree() {}

  /// Unpacks the machine `name` below `root`.
  static RecordedMachine unpack(String name, Path root) {
    RecordedMachine machine = new RecordedMachine(root);
    text(name).lines().filter(line -> !line.startsWith("#")).forEach(line -> add(machine, line));
    return machine;
  }

  private static String text(String name) {
    String resource = "/machines/" + name + ".txt";
    try (InputStream in = RecordedTree.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such machine: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void add(RecordedMachine machine, String line) {
    int tab = line.indexOf('\t');
    String path = line.substring(0, tab);
    String content = line.substring(tab + 1).replace("\\n", "\n").replace("\\t", "\t");
    Matcher range = RANGE.matcher(path);
    if (!range.find()) {
      machine.file(path, content);
      return;
    }
    for (int n = Integer.parseInt(range.group(1)); n <= Integer.parseInt(range.group(2)); n++) {
      int number = n;
      machine.file(
          range.replaceFirst(String.valueOf(n)),
          TERM.matcher(content)
              .replaceAll(term -> String.valueOf(evaluated(number, term.group(1)))));
    }
  }

  private static int evaluated(int n, String steps) {
    int value = n;
    Matcher step = STEP.matcher(steps);
    while (step.find()) {
      int operand = Integer.parseInt(step.group(2));
      value =
          switch (step.group(1)) {
            case "%" -> value % operand;
            case "*" -> value * operand;
            case "/" -> value / operand;
            default -> value + operand;
          };
    }
    return value;
  }
}
