package io.percore.coordinator.plan;

import java.util.List;

/// Two threads that each take a reference to one object and give it back, one access to the count
/// at a time, as the worker has played it on this machine.
///
/// @param discipline id of what counted
/// @param steps accesses to the count in their order
/// @param taken accesses up to the moment at which both threads had taken their references
/// @param expected references at that moment, with the creator's
/// @param counted what the count said then
/// @param held references in the end
/// @param freed whether the object was freed by then
public record Replay(
    String discipline,
    List<Step> steps,
    int taken,
    long expected,
    long counted,
    long held,
    boolean freed) {
  public Replay {
    steps = List.copyOf(steps);
  }

  /// One access.
  ///
  /// @param thread its name
  /// @param access `LOAD`, `STORE`, `ADD` or `COMPARE_AND_SET`
  /// @param value what was read, written or added
  /// @param count the count after it
  public record Step(String thread, String access, long value, long count) {
    /// What was done, in a few words.
    public String words() {
      return switch (access) {
        case "LOAD" -> "reads " + value;
        case "STORE" -> "writes " + value;
        case "ADD" -> (value < 0 ? "subtracts " : "adds ") + Math.abs(value) + " in one step";
        default -> "compares and sets " + value;
      };
    }
  }

  /// Threads in the order of their first steps.
  public List<String> threads() {
    return steps.stream().map(Step::thread).distinct().toList();
  }

  /// What it shows.
  public List<String> sentences() {
    long lost = expected - counted;
    String count =
        lost == 0
            ? "The count says " + counted + ", as many as there are references."
            : "There are "
                + expected
                + " references and the count says "
                + counted
                + ": "
                + lost
                + (lost == 1 ? " reference is lost." : " references are lost.");
    String holder = held == 1 ? "its creator still holds a reference" : held + " are still held";
    String end =
        freed && held > 0
            ? "When both threads have given theirs back, the object is freed while "
                + holder
                + ": too early."
            : freed
                ? "The object is freed when nobody holds it."
                : "When both threads have given theirs back, the object lives, since "
                    + holder
                    + ".";
    return List.of(count, end);
  }
}
