package io.percore.coordinator;

import io.percore.coordinator.DryRun.Aside;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of `percore run` that ask for trials beside the experiment. They belong to no point,
/// so a run that is over can still be given them.
final class SideTrialOptions {
  @Option(
      names = "--timeline",
      description =
          "At the end, run one more trial of each strategy with one lock for all objects, at its"
              + " largest N, that watches who holds the lock and for how long the others wait. It"
              + " is slower for that, and counts for nothing else.")
  boolean timeline;

  @Option(
      names = "--memory",
      description =
          "At the end, run one more trial of each strategy at its largest N that has processors,"
              + " with a heap that is not touched beforehand, and report what memory it needs.")
  boolean memory;

  @Option(
      names = "--process-cost",
      description =
          "At the end, run further trials of each strategy of several processes, in which these are"
              + " handed their work in calls of 10 to 10 million operations, and report from which"
              + " size on that beats threads.")
  boolean processCost;

  @Option(
      names = "--compiler-log",
      description =
          "At the end, run one more trial of each strategy at its largest N that has processors,"
              + " whose workers write down what the JIT compiled and inlined: files in"
              + " DIR/compiler, for JITWatch.")
  boolean compilerLog;

  boolean any() {
    return timeline || memory || processCost || compilerLog;
  }

  /// What is asked for, in the order in which it is run.
  List<Aside> planned(Planner planner, Catalogue catalogue) {
    List<Aside> planned = new ArrayList<>();
    if (timeline) {
      planned.add(new Aside("--timeline", planner.watchable(catalogue, 0).size()));
    }
    if (memory) {
      planned.add(new Aside("--memory", planner.largest(0).size()));
    }
    if (processCost) {
      planned.add(new Aside("--process-cost", planner.ofSeveralProcesses(0).size()));
    }
    if (compilerLog) {
      planned.add(new Aside("--compiler-log", planner.largest(0).size()));
    }
    return planned;
  }
}
