package io.percore.coordinator.report.several;

import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Quantities;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reader must know about a run before using any of its figures.
final class State {
  private State() {}

  /// A few words each: whether it is complete first.
  static List<String> of(NamedRun run) {
    List<String> words = new ArrayList<>();
    words.add(run.report().complete() ? "complete" : "incomplete");
    words.addAll(troubles(run));
    return words;
  }

  /// What went wrong, apart from trials that are missing.
  static List<String> troubles(NamedRun run) {
    Map<Program, PointSummary> programs = new LinkedHashMap<>();
    run.report()
        .summary()
        .points()
        .forEach(point -> programs.putIfAbsent(point.point().program(), point));
    Collection<PointSummary> points = programs.values();
    List<String> words = new ArrayList<>();
    long wrong = points.stream().filter(point -> !point.defects().isEmpty()).count();
    if (wrong > 0) {
      words.add(Quantities.plural(wrong, "point") + " with wrong counts");
    }
    int disturbed = points.stream().mapToInt(PointSummary::disturbed).sum();
    if (disturbed > 0) {
      words.add(Quantities.plural(disturbed, "disturbed trial"));
    }
    if (run.report().limits() == null) {
      words.add("disturbances not judged");
    }
    if (run.torn() > 0) {
      words.add("journal cut off");
    }
    return words;
  }
}
