package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.JobCost;
import io.percore.coordinator.stats.ProcessCost;
import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Reads back what is said of calls to processes and of jobs that processes are started for: the
/// sentences, the captions and points of their charts, and the tables of the page.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class CostClaims {
  /// Looks up the ratios over a strategy of threads, by operations of a call or nanoseconds of a
  /// job.
  private interface Ratios {
    NavigableMap<Double, Estimate> of(String other);
  }

  private final Facts facts;
  private final List<ProcessCost> costs;
  private final List<JobCost> jobs;
  private final Grammar calls;
  private final Grammar starts;
  private final Grammar doubts;
  private final Grammar captions;

  /// The claim that is read, and what it is about.
  private Claim claim;

  private List<Estimate> about = List.of();

  /// Whose sentences, or whose chart, are read.
  private ProcessCost cost;

  private JobCost job;
  private Chart chart;

  CostClaims(Facts facts, Map<String, Integer> reached) {
    List<String> names = facts.names().stream().map(PlainText::printable).toList();
    this.facts = facts;
    this.costs = ProcessCost.of(facts.report().aside().called(), facts.report().summary());
    this.jobs = JobCost.of(facts.report().aside().called(), facts.report().summary());
    this.calls = new Grammar("calls", names, reached);
    this.starts = new Grammar("jobs", names, reached);
    this.doubts = new Grammar("costs, doubt", List.of(), reached);
    this.captions = new Grammar("costs, caption", names, reached);
    call();
    start();
    callsOfSomeSizes();
    claims(calls, "Calls to {name:a}", "size", "{count:x#} operation{s:s#}", this::callsOver);
    claims(
        starts,
        "Started for a job, the workers of {name:a}",
        "length",
        "{time:x#}",
        this::jobsOver);
    doubts();
    captions();
  }

  void read() {
    for (ProcessCost each : costs) {
      cost = each;
      read(calls, ProcessCostSentences.of(cost), cost.pieces().stream().map(Piece::against));
    }
    for (JobCost each : jobs) {
      job = each;
      read(starts, ProcessCostSentences.of(job), job.jobs().stream().map(JobCost.Job::against));
    }
    ProcessCostPanel.of(facts.report())
        .ifPresent(panel -> read((Chart) panel.figure(), this::callsOver));
    JobCostPanel.of(facts.report())
        .ifPresent(
            panel -> {
              read((Chart) panel.figure(), this::jobsOver);
              ProcessCost beside = ProcessCostPanel.shown(facts.report()).orElseThrow();
              assertThat(job.strategy()).isEqualTo(beside.strategy());
              assertThat(job.parallelism()).isEqualTo(beside.parallelism());
            });
  }

  /// One sentence on the cost, and one on each strategy that is compared at every size.
  private static void read(
      Grammar grammar, List<String> said, Stream<Map<String, Estimate>> against) {
    List<Map<String, Estimate>> sizes = against.toList();
    long compared =
        sizes.getFirst().keySet().stream()
            .filter(other -> sizes.stream().allMatch(ratios -> ratios.containsKey(other)))
            .count();
    assertThat(said).hasSize(1 + (int) compared);
    said.stream().map(PlainText::printable).forEach(grammar::read);
  }

  private void read(Chart drawn, Ratios ratios) {
    chart = drawn;
    captions.readAll(ChartClaims.plain(drawn.caption()));
    assertThat(drawn.caption().contains(Captions.CUT_OFF))
        .isEqualTo(ChartClaims.cutOff(drawn.series(), drawn.y().scale()));
    for (Series series : drawn.series()) {
      var truth = ratios.of(series.name().substring("over ".length()));
      assertThat(series.data()).extracting(Datum::x).containsExactlyElementsOf(truth.keySet());
      series
          .data()
          .forEach(datum -> ratio(ChartClaims.plain(datum.reading()), truth.get(datum.x())));
    }
  }

  /// The lists say the same as was read, and the tables hold the figures.
  void read(Document page) {
    List<Element> sections =
        Pages.elements(page, "section").stream()
            .filter(section -> section.getAttribute("id").equals("calls"))
            .toList();
    assertThat(sections).hasSize(costs.isEmpty() ? 0 : 1);
    sections.forEach(this::section);
  }

  private void section(Element section) {
    List<String> said =
        Stream.concat(
                costs.stream().map(ProcessCostSentences::of),
                jobs.stream().map(ProcessCostSentences::of))
            .flatMap(List::stream)
            .map(line -> ChartClaims.plain(PlainText.printable(line)))
            .toList();
    assertThat(PageClaims.items(section, "li")).isEqualTo(said);
    List<String> cells = new ArrayList<>(PageClaims.items(section, "td"));
    for (ProcessCost each : costs) {
      for (Piece piece : each.pieces()) {
        Shown.is(cells.removeFirst(), piece.callNanos() / 1e9);
        Shown.is(cells.removeFirst(), piece.rate());
        Shown.is(cells.removeFirst(), piece.forks());
        piece.against().values().forEach(ratio -> ratio(cells.removeFirst(), ratio));
      }
    }
    assertThat(cells).isEmpty();
  }

  private static void ratio(String text, Estimate truth) {
    int end = text.contains(" ") ? text.indexOf(' ') : text.length();
    Shown.is(text.substring(0, end), truth.value());
    Shown.ends(text.substring(end), truth.interval());
  }

  private NavigableMap<Double, Estimate> callsOver(String other) {
    NavigableMap<Double, Estimate> ratios = new TreeMap<>();
    for (Piece piece : cost.pieces()) {
      over(other, piece.against()).forEach(ratio -> ratios.put((double) piece.operations(), ratio));
    }
    return ratios;
  }

  private NavigableMap<Double, Estimate> jobsOver(String other) {
    NavigableMap<Double, Estimate> ratios = new TreeMap<>();
    for (JobCost.Job each : job.jobs()) {
      over(other, each.against()).forEach(ratio -> ratios.put(each.nanos(), ratio));
    }
    return ratios;
  }

  private static Stream<Estimate> over(String other, Map<String, Estimate> against) {
    return against.entrySet().stream()
        .filter(entry -> PlainText.printable(entry.getKey()).equals(other))
        .map(Map.Entry::getValue);
  }

  private void call() {
    calls.form(
        "With {name:a} at N = {int:n} a call of {count:x} operation{s:s} takes {time:t}, the work"
            + " included ({rest:forks}).",
        c -> {
          is(c, cost.strategy(), cost.parallelism());
          Piece smallest = cost.pieces().getFirst();
          Shown.is(c.text("x"), smallest.operations());
          Grammar.plural(c.text("s"), smallest.operations());
          Shown.is(c.text("t"), smallest.callNanos() / 1e9);
          forks(c, smallest.forks());
        });
  }

  private void start() {
    starts.form(
        "Starting the workers of {name:a} at N = {int:n} takes {time:t} ({rest:forks}).",
        c -> {
          is(c, job.strategy(), job.parallelism());
          Shown.is(c.text("t"), job.startNanos() / 1e9);
          forks(c, job.forks());
        });
  }

  /// Jobs never: the longer one is, the less does its start count.
  private void callsOfSomeSizes() {
    calls.form(
        "Calls to {name:a} do more than {name:b} at some sizes, but not at the largest:"
            + " {ratio:r2}{ends:i2} at {count:x2} operation{s:s2}, and"
            + " {ratio:r1}{ends:i1} at {count:x1} operation{s:s1}.{rest:doubt}",
        c -> somewhereMore(c, over(c, this::callsOver)));
  }

  private static void is(Claim c, String strategy, int parallelism) {
    assertThat(c.text("a")).isEqualTo(PlainText.printable(strategy));
    assertThat(c.number("n")).isEqualTo(parallelism);
  }

  private static void forks(Claim c, int forks) {
    assertThat(c.text("forks"))
        .isEqualTo(forks == 1 ? "one fork" : "median of " + forks + " forks");
  }

  /// The claims that calls, and jobs, have alike. Of the two ratios that a claim may give, part 1
  /// is at most 1 and part 2 is above.
  ///
  /// @param size form of a size; `#` stands for the number of the ratio
  private void claims(
      Grammar grammar, String subject, String dimension, String size, Ratios ratios) {
    String below = " {ratio:r1}{ends:i1} at " + size.replace("#", "1");
    String above = " {ratio:r2}{ends:i2} at " + size.replace("#", "2");
    String from = size.replace("#", "3");
    grammar
        .form(
            subject
                + " do more than {name:b} at every "
                + dimension
                + ":"
                + above
                + ".{rest:doubt}",
            c -> more(c, over(c, ratios)))
        .form(
            subject
                + " do not do more than {name:b} at any "
                + dimension
                + ":"
                + below
                + ".{rest:doubt}",
            c -> notMore(c, over(c, ratios)))
        .form(
            subject
                + " do more than {name:b} from about "
                + from
                + " on:"
                + below
                + ", and"
                + above
                + ".{rest:doubt}",
            c -> moreFrom(c, over(c, ratios)));
  }

  private NavigableMap<Double, Estimate> over(Claim c, Ratios ratios) {
    boolean calls = c.parts().group().startsWith("Calls");
    assertThat(c.text("a"))
        .isEqualTo(PlainText.printable(calls ? cost.strategy() : job.strategy()));
    return ratios.of(c.text("b"));
  }

  private void more(Claim c, NavigableMap<Double, Estimate> ratios) {
    above(c, ratios);
    doubt(c, ratios.values());
  }

  /// All are above 1, and the one that is given is the least sure of it.
  private static void above(Claim c, NavigableMap<Double, Estimate> ratios) {
    double least = low(given(c, 2, ratios));
    assertThat(ratios.values()).allMatch(r -> r.value() > 1 && low(r) >= least);
  }

  private void notMore(Claim c, NavigableMap<Double, Estimate> ratios) {
    double most = high(given(c, 1, ratios));
    assertThat(ratios.values()).allMatch(r -> r.value() <= 1 && high(r) <= most);
    doubt(c, ratios.values());
  }

  private void somewhereMore(Claim c, NavigableMap<Double, Estimate> ratios) {
    Estimate surest = given(c, 2, ratios);
    Estimate last = given(c, 1, ratios);
    assertThat(surest.value()).isGreaterThan(1);
    assertThat(ratios.values()).allMatch(r -> r.value() <= 1 || low(r) <= low(surest));
    assertThat(last.value()).isLessThanOrEqualTo(1);
    assertThat(last).isEqualTo(ratios.lastEntry().getValue());
    doubt(c, List.of(surest, last));
  }

  private void moreFrom(Claim c, NavigableMap<Double, Estimate> ratios) {
    double last = key(c.text("x1"), ratios);
    Estimate before = given(c, 1, ratios);
    NavigableMap<Double, Estimate> beyond = ratios.tailMap(last, false);
    assertThat(before.value()).isLessThanOrEqualTo(1);
    above(c, beyond);
    double next = beyond.firstKey();
    double low = Math.log(before.value());
    double high = Math.log(beyond.get(next).value());
    double even = Math.exp((high * Math.log(last) - low * Math.log(next)) / (high - low));
    assertThat(size(c.text("x3"))).isCloseTo(even, withinPercentage(0.51));
    List<Estimate> all = new ArrayList<>(beyond.values());
    all.add(before);
    doubt(c, all);
  }

  /// The ratio that a claim gives, which is that of the size beside it.
  private static Estimate given(Claim c, int part, NavigableMap<Double, Estimate> ratios) {
    String size = c.text("x" + part);
    double key = key(size, ratios);
    Estimate truth = ratios.get(key);
    Facts.ratio(c.text("r" + part), c.text("i" + part), truth);
    if (!size.endsWith("s")) {
      Grammar.plural(c.text("s" + part), (long) key);
    }
    return truth;
  }

  /// The size that was measured and is shown so.
  private static double key(String size, NavigableMap<Double, Estimate> ratios) {
    return ratios.keySet().stream()
        .filter(key -> Math.abs(key - size(size)) <= 0.0051 * key)
        .findFirst()
        .orElseThrow();
  }

  private static double size(String size) {
    return Shown.value(size) * (size.endsWith("s") ? 1e9 : 1);
  }

  private static double low(Estimate ratio) {
    return ratio.interval() == null ? Double.NEGATIVE_INFINITY : ratio.interval().low();
  }

  private static double high(Estimate ratio) {
    return ratio.interval() == null ? Double.POSITIVE_INFINITY : ratio.interval().high();
  }

  private void doubt(Claim c, Collection<Estimate> rests) {
    claim = c;
    about = List.copyOf(rests);
    doubts.read(c.text("doubt").strip());
  }

  private void doubts() {
    doubts
        .form(
            "",
            _ ->
                assertThat(about)
                    .allMatch(r -> r.value() > 1 ? low(r) > 1 : high(r) < 1)
                    .isNotEmpty())
        .form(
            "Without an interval this is not established.",
            _ -> assertThat(ends()).contains("(no interval)"))
        .form(
            "An interval holds 1: this is not established.",
            _ ->
                assertThat(ends())
                    .doesNotContain("(no interval)")
                    .anyMatch(ends -> Shown.low(ends) <= 1 && Shown.high(ends) >= 1));
  }

  /// The intervals that the claim gives.
  private List<String> ends() {
    return IntStream.of(1, 2)
        .filter(part -> claim.parts().namedGroups().containsKey("i" + part))
        .mapToObj(part -> claim.text("i" + part).strip())
        .toList();
  }

  private void captions() {
    captions
        .form(
            "{name:a} at N = {int:n}, all work handed over in calls, over threads that find it.",
            c -> cost = find(costs, c, ProcessCost::strategy, ProcessCost::parallelism))
        .form(
            "{name:a} at N = {int:n}, started for a job, over threads that are there.",
            c -> job = find(jobs, c, JobCost::strategy, JobCost::parallelism))
        .form(
            "Worked out from the start and the rate of each fork.",
            _ -> assertThat(chart.id()).isEqualTo(PanelKind.JOB_COST.id()))
        .form("Bars: 95 % CI.", _ -> assertThat(ChartClaims.intervals(chart.series())).isNotEmpty())
        .form(
            "No intervals: each needs two forks.",
            _ -> assertThat(ChartClaims.intervals(chart.series())).isEmpty())
        .form(
            "A bar without a cap goes on beyond the frame.",
            _ -> assertThat(ChartClaims.cutOff(chart.series(), chart.y().scale())).isTrue());
  }

  private static <T> T find(
      List<T> of, Claim c, Function<T, String> strategy, ToIntFunction<T> parallelism) {
    return of.stream()
        .filter(each -> PlainText.printable(strategy.apply(each)).equals(c.text("a")))
        .filter(each -> parallelism.applyAsInt(each) == c.number("n"))
        .findFirst()
        .orElseThrow();
  }
}
