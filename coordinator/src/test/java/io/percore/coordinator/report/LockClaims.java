package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Reads back what is said of those who held a lock: caption, description and read-outs of the
/// figure, its lanes by [LaneClaims], and the tables of the page.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class LockClaims {
  private static final List<String> COLUMNS =
      List.of(
          "thread",
          "turns",
          "held",
          "waited",
          "ran without",
          "median wait",
          "99 %",
          "99.9 %",
          "longest");

  private final Facts facts;
  private final List<WatchedTrial> trials;
  private final Grammar captions;
  private final Grammar descriptions;
  private final Grammar tables;
  private final LaneClaims lanes;
  private int told;

  /// The trial whose table is read, if there is one, and the point that it belongs to.
  private Completed outcome;

  private PointSummary point;

  LockClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.trials = WatchedTrial.all(facts);
    List<String> names = trials.stream().map(WatchedTrial::name).distinct().toList();
    this.captions = new Grammar("locks, caption", names, reached);
    this.descriptions = new Grammar("locks, description", names, reached);
    this.tables = new Grammar("locks, table", names, reached);
    this.lanes = new LaneClaims(names, reached);
    captions();
    descriptions();
    tables();
  }

  void read() {
    var shown = LockPanel.of(facts.report());
    assertThat(shown.isEmpty()).isEqualTo(trials.isEmpty());
    shown.ifPresent(
        panel -> {
          told = 0;
          captions.readAll(ChartClaims.plain(panel.figure().caption()));
          assertThat(told).isEqualTo(trials.size());
          told = 0;
          descriptions.readAll(ChartClaims.plain(panel.figure().description()));
          assertThat(told).isEqualTo(trials.size());
          lanes.read(panel, trials);
        });
  }

  private WatchedTrial trial(Claim c) {
    assertThat(trials.get(told).name()).isEqualTo(c.text("a"));
    assertThat(trials.get(told).program().parallelism()).isEqualTo(c.number("n"));
    return trials.get(told++);
  }

  private void captions() {
    String since = ", since watching takes time: the timed trials do without.";
    captions
        .form("Filled where a thread held it.", _ -> {})
        .form("Watched in a trial of its own" + since, _ -> assertThat(trials).hasSize(1))
        .form(
            "Watched in trials of their own" + since, _ -> assertThat(trials).hasSizeGreaterThan(1))
        .form(
            "Turns that follow on each other in one row, less than {time:t} apart, are drawn as"
                + " one.",
            c -> Shown.is(c.text("t"), WatchedTrial.TOO_CLOSE_NANOS / 1e9))
        .form(
            "{name:a} at N = {int:n}: {rate:r}.",
            c -> {
              WatchedTrial trial = trial(c);
              Shown.is(c.text("r"), trial.measurement().operationsPerSecond());
              assertThat(timed(trial)).isNull();
            })
        .form(
            "{name:a} at N = {int:n}: {rate:r}, timed {rate:m}.",
            c -> {
              WatchedTrial trial = trial(c);
              Shown.is(c.text("r"), trial.measurement().operationsPerSecond());
              Shown.is(c.text("m"), timed(trial).throughputMedian());
            });
  }

  private PointSummary timed(WatchedTrial trial) {
    return facts.points().stream()
        .filter(point -> point.point().program().equals(trial.program()))
        .filter(point -> point.throughputMedian() != null)
        .findFirst()
        .orElse(null);
  }

  private void descriptions() {
    descriptions.form(
        "{name:a} at N = {int:n}: {count:k} turn{s:s} of {count:t} thread{s:u} in {time:d}.",
        c -> {
          WatchedTrial trial = trial(c);
          Shown.is(c.text("k"), trial.holds().size());
          Grammar.plural(c.text("s"), trial.holds().size());
          int threads = trial.measurement().lockLedgers().size();
          Shown.is(c.text("t"), threads);
          Grammar.plural(c.text("u"), threads);
          Shown.is(c.text("d"), trial.length() / 1e9);
        });
  }

  /// A table for each trial that ran to its end, and a line for each that did not.
  void read(Document page) {
    List<TrialRecord> watched = facts.report().aside().watched();
    List<Element> sections =
        Pages.elements(page, "section").stream()
            .filter(section -> section.getAttribute("id").equals("locks-data"))
            .toList();
    assertThat(sections).hasSize(watched.isEmpty() ? 0 : 1);
    sections.forEach(section -> section(section, watched));
  }

  private void section(Element section, List<TrialRecord> watched) {
    List<TrialRecord> ended =
        watched.stream()
            .filter(trial -> trial.outcome() instanceof Completed c && ledgers(c) != null)
            .toList();
    List<String> captions = PageClaims.items(section, "p");
    assertThat(captions).hasSize(Math.max(1, ended.size()));
    if (ended.isEmpty()) {
      outcome = null;
      tables.read(captions.getFirst());
    }
    List<String> cells = new ArrayList<>(PageClaims.items(section, "td"));
    List<String> names = new ArrayList<>(PageClaims.items(section, "th"));
    for (int i = 0; i < ended.size(); i++) {
      outcome = (Completed) ended.get(i).outcome();
      program(ended.get(i), PageClaims.items(section, "h3").get(i));
      tables.read(captions.get(i));
      List<String> expected = new ArrayList<>(COLUMNS);
      expected.addAll(WatchedTrial.threads(ledgers(outcome)));
      assertThat(names).startsWith(expected.toArray(String[]::new));
      names.subList(0, expected.size()).clear();
      for (int thread = 0; thread < ledgers(outcome).size(); thread++) {
        row(
            cells.subList(0, COLUMNS.size() - 1),
            ledgers(outcome).get(thread),
            outcome.measurement().threads().get(thread));
        cells.subList(0, COLUMNS.size() - 1).clear();
      }
    }
    assertThat(cells).isEmpty();
    assertThat(names).isEmpty();
    SideMishapClaims.read(PageClaims.items(section, "li"), watched);
  }

  private static List<LockLedger> ledgers(Completed completed) {
    return completed.measurement().lockLedgers();
  }

  private void program(TrialRecord trial, String heading) {
    var program = trial.trial().program();
    assertThat(heading).isEqualTo(program.discipline() + " at N = " + program.parallelism());
    point =
        facts.points().stream()
            .filter(p -> p.point().program().equals(program) && p.throughputMedian() != null)
            .findFirst()
            .orElse(null);
  }

  private void tables() {
    String trial = "A trial of its own, in which the lock was watched: {rate:r}";
    String reading = ". Waits include one reading of the clock.";
    tables
        .form("Unknown: no watched trial told who had the lock.", _ -> assertThat(outcome).isNull())
        .form(
            trial + reading,
            c -> {
              watched(c);
              assertThat(point).isNull();
            })
        .form(
            trial + ", where the timed trial did {rate:m}" + reading,
            c -> {
              watched(c);
              Shown.is(c.text("m"), point.throughputMedian());
              assertThat(point.forks()).isEqualTo(1);
            })
        .form(
            trial + ", where the timed trials in the median did {rate:m}" + reading,
            c -> {
              watched(c);
              Shown.is(c.text("m"), point.throughputMedian());
              assertThat(point.forks()).isGreaterThan(1);
            });
  }

  private void watched(Claim c) {
    Shown.is(c.text("r"), outcome.measurement().operationsPerSecond());
  }

  private static void row(List<String> cells, LockLedger ledger, ThreadSample sample) {
    double elapsed = sample.elapsedNanos();
    Shown.is(cells.get(0), ledger.acquisitions());
    Shown.is(cells.get(1), ledger.heldNanos() / elapsed);
    Shown.is(cells.get(2), ledger.waitedNanos() / elapsed);
    double without = 1 - (ledger.heldNanos() + ledger.waitedNanos()) / elapsed;
    assertThat(Shown.value(cells.get(3))).isCloseTo(Math.max(0, without), within(0.0051));
    List<Long> waits =
        List.of(ledger.waitMedian(), ledger.waitP99(), ledger.waitP999(), ledger.waitMax());
    for (int i = 0; i < waits.size(); i++) {
      if (ledger.acquisitions() == 0) {
        assertThat(cells.get(4 + i)).isEqualTo("–");
      } else {
        Shown.is(cells.get(4 + i), waits.get(i) / 1e9);
      }
    }
  }
}
