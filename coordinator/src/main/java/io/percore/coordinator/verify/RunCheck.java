package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares `summary.json` and `summary.csv` with what the plan and the trials give.
///
/// All that has to stand there is worked out first, without a look at what does: which points and
/// comparisons there are, too. So what is missing is found like what is wrong. What stands there
/// and is not worked out is named, so that nothing goes unseen.
public final class RunCheck {
  private final List<String> disagreements = new ArrayList<>();
  private final List<String> unchecked = new ArrayList<>();
  private int agreeing;

  private RunCheck() {}

  /// What the check of a run found.
  ///
  /// @param agreeing numbers that agree
  /// @param disagreements one line for each number, text or truth value that does not
  /// @param unchecked paths of what was not worked out again
  /// @param torn bytes of a last line of the trials that was never finished and did not count
  public record Result(int agreeing, List<String> disagreements, List<String> unchecked, int torn) {
    /// Copies its lists.
    public Result {
      disagreements = List.copyOf(disagreements);
      unchecked = List.copyOf(unchecked);
    }

    /// Whether there were numbers, and all of them agree.
    public boolean agrees() {
      return disagreements.isEmpty() && agreeing > 0;
    }
  }

  /// Checks a run's directory.
  ///
  /// @throws IOException when a file of it is missing or damaged
  public static Result of(Path run) throws IOException {
    Evidence evidence = Evidence.read(run);
    JsonNode summary = Evidence.tree(run.resolve("summary.json"));
    Map<String, JsonNode> cells = CsvCells.written(Evidence.text(run.resolve("summary.csv")));
    Plan plan = new Plan(evidence.header());
    Map<String, Expected> answers = answers(plan, evidence);
    RunCheck check = new RunCheck();
    check.compare(Leaves.of("", summary), answers);
    check.compare(cells, CsvCells.expected(plan, answers));
    return new Result(check.agreeing, check.disagreements, check.unchecked, evidence.torn());
  }

  private static Map<String, Expected> answers(Plan plan, Evidence evidence) {
    List<JsonNode> lines = evidence.lines();
    Answers answers = new Answers();
    Arms arms = new Arms(plan, lines);
    HeaderNumbers.of(plan, lines, answers);
    List<Plan.Point> points = plan.points();
    answers.size("points", points.size());
    for (int i = 0; i < points.size(); i++) {
      PointNumbers.of(plan, points.get(i), arms, answers.element("points", i));
    }
    ContestNumbers.of(plan, arms, answers);
    MachineNumbers.of(plan, lines, arms, answers);
    LawNumbers.of(plan, arms, new Canaries(lines, plan.machine().hardwareThreads()), answers);
    CallNumbers.of(plan, arms, evidence.called(), answers);
    return answers.byPath();
  }

  private void compare(Map<String, JsonNode> written, Map<String, Expected> expected) {
    Map<String, JsonNode> left = new LinkedHashMap<>(written);
    expected.forEach((path, answer) -> compare(path, left.remove(path), answer));
    unchecked.addAll(left.keySet());
  }

  private void compare(String path, @Nullable JsonNode written, Expected expected) {
    if (written == null || !expected.agrees(written)) {
      disagreements.add(
          path
              + ": summary "
              + (written == null ? "has nothing there" : written)
              + ", trials "
              + expected);
    } else if (expected.number()) {
      agreeing++;
    }
  }
}
