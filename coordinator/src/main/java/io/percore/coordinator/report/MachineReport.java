package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.MachineScaling;
import io.percore.coordinator.stats.MachineScaling.Baseline;
import io.percore.coordinator.stats.MachineScaling.Part;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What there is to report of each machine of a run over several.
final class MachineReport {
  private final RunReport report;
  private final MachineScaling scaling;
  private final List<String> names;

  private MachineReport(RunReport report) {
    this.report = report;
    this.scaling =
        MachineScaling.of(
            report.experiment(),
            report.catalogue(),
            report.machines().size(),
            report.summary().points().stream().map(PointSummary::point).toList(),
            report.trials());
    this.names = names(report.machines());
  }

  /// Nothing where there is one machine.
  static Optional<MachineReport> of(RunReport report) {
    return report.machines().size() == 1
        ? Optional.empty()
        : Optional.of(new MachineReport(report));
  }

  /// Host names that are safe to print, numbered where several machines have the same: `a`, `b#1`,
  /// `b#2`.
  static List<String> names(List<Environment> machines) {
    List<String> hosts =
        machines.stream().map(machine -> PlainText.printable(machine.hostName())).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      String host = hosts.get(i);
      long before = hosts.subList(0, i).stream().filter(host::equals).count();
      boolean alone = hosts.stream().filter(host::equals).count() == 1;
      names.add(alone ? host : host + "#" + (before + 1));
    }
    return List.copyOf(names);
  }

  /// Name of the machine that is filled first.
  String first() {
    return names.getFirst();
  }

  /// Machine by machine, N = 1 first.
  List<MachineRow> rows() {
    List<MachineRow> rows = new ArrayList<>();
    scaling.baselines().forEach(base -> rows.add(row(base)));
    scaling.parts().forEach(part -> rows.add(row(part)));
    rows.sort(Comparator.comparingInt(MachineRow::number));
    return rows;
  }

  private MachineRow row(Baseline base) {
    Program program = base.program();
    return new MachineRow(
        base.machine(),
        names.get(base.machine()),
        program.discipline()
            + (program.pinned() ? "" : " unpinned")
            + (program.collector() == null ? "" : " under " + program.collector().id()),
        1,
        1,
        base.rates(),
        null,
        null,
        base.overFirst());
  }

  private MachineRow row(Part part) {
    return new MachineRow(
        part.machine(),
        names.get(part.machine()),
        part.point().strategy().name(),
        part.point().parallelism(),
        part.threads(),
        part.rates(),
        part.speedup(),
        part.efficiency(),
        null);
  }

  /// What is to be said of them, most important first.
  List<String> sentences() {
    return new MachineSentences(report, scaling, names).all();
  }

  /// As it stands in `summary.json`.
  ObjectNode json() {
    return MachineJson.of(report, scaling);
  }
}
