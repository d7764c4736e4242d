package io.percore.coordinator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which values of the parallelism N a run visits. N = 1 is always among them: it is the base of
/// everything else.
public final class Parallelisms {
  /// Largest N that is accepted. Beyond it a worker per thread is no longer one machine's matter.
  public static final int MAXIMUM = 65_536;

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})\\.\\.([0-9]{1,6}|max)");
  private static final Pattern MULTIPLE = Pattern.compile("([0-9]{1,4})x");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  private Parallelisms() {}

  /// Sizes for a machine: every N to 8, then powers of two and the points between them, the number
  /// of physical cores, the number of hardware threads, and twice that (oversubscription).
  ///
  /// @param cores physical cores that workers may use, at least 1
  /// @param hardwareThreads processors that workers may use, at least `cores`
  public static List<Integer> standard(int cores, int hardwareThreads) {
    return standard(List.of(cores), hardwareThreads);
  }

  /// Sizes for a machine whose processors differ: as [#standard(int, int)], and every size at which
  /// those of one sort are used up.
  ///
  /// @param steps such sizes, each between 1 and `hardwareThreads`: the performance cores, the
  ///   cores of one NUMA node, all physical cores
  /// @param hardwareThreads processors that workers may use, at least 1
  public static List<Integer> standard(List<Integer> steps, int hardwareThreads) {
    SortedSet<Integer> sizes = new TreeSet<>();
    for (int n = 1; n <= Math.min(8, hardwareThreads); n++) {
      sizes.add(n);
    }
    for (int n = 8; n <= hardwareThreads; n *= 2) {
      sizes.add(n);
      if (n + n / 2 <= hardwareThreads) {
        sizes.add(n + n / 2);
      }
    }
    sizes.addAll(steps);
    sizes.add(hardwareThreads);
    sizes.add(2 * hardwareThreads);
    return List.copyOf(sizes);
  }

  /// Few sizes for a quick look: powers of two up to the number of physical cores, and that number.
  ///
  /// @param cores physical cores that workers may use, at least 1
  public static List<Integer> quick(int cores) {
    SortedSet<Integer> sizes = new TreeSet<>();
    for (int n = 1; n <= cores; n *= 2) {
      sizes.add(n);
    }
    sizes.add(cores);
    return List.copyOf(sizes);
  }

  /// Reads a list such as `1,2,4`, `1..8`, `max` (every processor that workers may use) or `2x`
  /// (twice as many), in any mixture.
  ///
  /// @throws IllegalArgumentException when a part has none of these forms or is out of range
  public static List<Integer> parse(String text, int hardwareThreads) {
    SortedSet<Integer> sizes = new TreeSet<>();
    sizes.add(1);
    for (String part : text.split(",", -1)) {
      sizes.addAll(part(part.strip(), hardwareThreads));
    }
    return List.copyOf(sizes);
  }

  private static List<Integer> part(String part, int hardwareThreads) {
    Matcher range = RANGE.matcher(part);
    if (range.matches()) {
      int first = checked(Integer.parseInt(range.group(1)), part);
      int last = range.group(2).equals("max") ? hardwareThreads : Integer.parseInt(range.group(2));
      if (checked(last, part) < first) {
        throw new IllegalArgumentException("parallelism '" + part + "' ends before it begins");
      }
      List<Integer> sizes = new ArrayList<>();
      for (int n = first; n <= last; n++) {
        sizes.add(n);
      }
      return sizes;
    }
    if (part.equals("max")) {
      return List.of(hardwareThreads);
    }
    Matcher multiple = MULTIPLE.matcher(part);
    if (multiple.matches()) {
      return List.of(checked(Integer.parseInt(multiple.group(1)) * hardwareThreads, part));
    }
    if (NUMBER.matcher(part).matches()) {
      return List.of(checked(Integer.parseInt(part), part));
    }
    throw new IllegalArgumentException(
        "parallelism '"
            + part
            + "' is not a number, a range such as 1..8, max, or a multiple such as 2x");
  }

  private static int checked(int n, String part) {
    if (n < 1 || n > MAXIMUM) {
      throw new IllegalArgumentException("parallelism '" + part + "' is outside 1 to " + MAXIMUM);
    }
    return n;
  }
}
