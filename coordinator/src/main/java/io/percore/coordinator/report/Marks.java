package io.percore.coordinator.report;

import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.stats.PointSummary;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What a reader must know about a row of the table before using it.
public enum Marks {
  DEFECT('!', "a wrong count or an impossible speed: the figures of that trial are not used"),
  INEXACT('~', "need not count exactly: what it loses is a result"),
  NO_COUNT('x', "not a reference count, frees nothing: shown, not compared"),
  CONSTRUCTION('=', "exact by construction: no two threads count on one object"),
  UNBOUND('u', "threads not bound to processors"),
  OVERSUBSCRIBED('o', "more threads than processors"),
  MISSING('m', "forks are missing"),
  COMPILED('c', "not all forks' code was compiled equally often"),
  MODES(
      'b',
      "forks fall into groups more than 15 % apart: intervals hold on condition of this mixture"),
  SCATTERED('v', "the forks' standard deviation is above 10 % of their mean"),
  DISTURBED(
      'd', "something disturbed each attempt at a fork beyond its limit: the last one is kept"),
  SLOWDOWN('s', "forks that were slower in the end than before"),
  UNSTEADY('n', "forks without a steady state in their last quarter"),
  REPEATED('r', "attempts were invalidated or failed, and are not in the figures");

  private final char sign;
  private final String meaning;

  Marks(char sign, String meaning) {
    this.sign = sign;
    this.meaning = meaning;
  }

  /// One line of the legend.
  public String legend() {
    return sign + " " + meaning;
  }

  /// What stands in the table.
  char sign() {
    return sign;
  }

  static Set<Marks> of(PointSummary point, int processors) {
    Set<Marks> marks = EnumSet.noneOf(Marks.class);
    if (!point.defects().isEmpty()) {
      marks.add(DEFECT);
    }
    if (!point.exactRequired()) {
      marks.add(INEXACT);
    }
    if (!point.referenceCount()) {
      marks.add(NO_COUNT);
    }
    if (point.exactByConstruction()) {
      marks.add(CONSTRUCTION);
    }
    if (point.forks() > 0 && !point.pinned()) {
      marks.add(UNBOUND);
    }
    if (point.parallelism() > processors) {
      marks.add(OVERSUBSCRIBED);
    }
    if (point.missing() > 0) {
      marks.add(MISSING);
    }
    if (point.modes() > 1) {
      marks.add(MODES);
    }
    if (point.scattered()) {
      marks.add(SCATTERED);
    }
    if (point.oddlyCompiled() > 0) {
      marks.add(COMPILED);
    }
    if (point.disturbed() > 0) {
      marks.add(DISTURBED);
    }
    if (point.forksOf(SteadyState.SLOWDOWN) > 0) {
      marks.add(SLOWDOWN);
    }
    if (point.forksOf(SteadyState.NO_STEADY_STATE) > 0) {
      marks.add(UNSTEADY);
    }
    if (point.invalidated() + point.failed() > 0) {
      marks.add(REPEATED);
    }
    return marks;
  }

  static String signs(Set<Marks> marks) {
    return marks.stream().map(mark -> String.valueOf(mark.sign)).collect(Collectors.joining());
  }
}
