package io.percore.coordinator.plan;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A named way of going parallel: how the count is protected, and how threads are spread over
/// processes. The two are independent, and so is who shares an object.
///
/// @param name what the user calls it, for instance `processes` or `atomic@2x2`
/// @param discipline id of the discipline in the worker's catalogue
/// @param sharing who shares an object
/// @param processes number of worker processes
/// @param threadsPerProcess measured threads in each
public record Strategy(
    String name, String discipline, Sharing sharing, Extent processes, Extent threadsPerProcess) {

  /// Name of the plain single-threaded base.
  public static final String SEQUENTIAL = "sequential";

  /// Discipline of the plain single-threaded base.
  public static final String PLAIN = "plain";

  private static final Pattern AT_LAYOUT =
      Pattern.compile("([a-z][a-z0-9-]*)@(N|[1-9][0-9]{0,4})x(N|[1-9][0-9]{0,4})");

  private static final Map<String, Strategy> NAMED_SHAPES =
      Map.of(
          "processes",
          new Strategy("processes", "global-lock", Sharing.PROCESS, Extent.N, Extent.of(1)),
          "unshared",
          new Strategy("unshared", "global-lock", Sharing.THREAD, Extent.of(1), Extent.N),
          SEQUENTIAL,
          new Strategy(SEQUENTIAL, PLAIN, Sharing.PROCESS, Extent.of(1), Extent.of(1)));

  public Strategy {
    Objects.requireNonNull(name);
    Objects.requireNonNull(discipline);
    Objects.requireNonNull(sharing);
    Objects.requireNonNull(processes);
    Objects.requireNonNull(threadsPerProcess);
  }

  /// One factor of a layout: a number, or the parallelism that is asked for.
  ///
  /// @param fixed the number, or 0 for the parallelism N
  public record Extent(int fixed) {
    /// As many as the parallelism that is asked for.
    public static final Extent N = new Extent(0);

    /// Always `count`.
    public static Extent of(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("an extent is at least 1, got " + count);
      }
      return new Extent(count);
    }

    int at(int n) {
      return fixed == 0 ? n : fixed;
    }

    @Override
    public String toString() {
      return fixed == 0 ? "N" : Integer.toString(fixed);
    }
  }

  /// Reads `processes`, `unshared`, `sequential`, a discipline's id (one process, N threads), or
  /// `discipline@PxT` where P and T are numbers or the letter N.
  ///
  /// @throws IllegalArgumentException when the text has none of these forms
  public static Strategy parse(String text) {
    Strategy named = NAMED_SHAPES.get(text);
    if (named != null) {
      return named;
    }
    Matcher at = AT_LAYOUT.matcher(text);
    if (at.matches()) {
      String discipline = at.group(1).equals(SEQUENTIAL) ? PLAIN : at.group(1);
      return new Strategy(
          text, discipline, Sharing.PROCESS, extent(at.group(2)), extent(at.group(3)));
    }
    if (text.matches("[a-z][a-z0-9-]*")) {
      return new Strategy(text, text, Sharing.PROCESS, Extent.of(1), Extent.N);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a strategy: give a name, or discipline@PxT such as atomic@2x2");
  }

  private static Extent extent(String text) {
    return text.equals("N") ? Extent.N : Extent.of(Integer.parseInt(text));
  }

  /// The layout when parallelism `n` is asked for.
  public Layout layoutAt(int n) {
    return new Layout(processes.at(n), threadsPerProcess.at(n));
  }

  /// Whether the layout grows with the parallelism that is asked for.
  public boolean followsParallelism() {
    return processes.fixed() == 0 || threadsPerProcess.fixed() == 0;
  }
}
