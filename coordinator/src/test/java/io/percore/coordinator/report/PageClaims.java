package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.stats.PointSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Reads a page back: title, warnings, cards, facts and what it says of its trials.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class PageClaims {
  private static final List<String> NUMBERS =
      List.of(
          "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
          "Twelve");

  private static final Pattern SPEED = Pattern.compile("(\\d+) fork(s?) at (.*)");

  private final Facts facts;
  private final Grammar titles;
  private final Grammar warnings;
  private final Grammar trials;
  private final Grammar lines;
  private final CardClaims cards;
  private final CostClaims costs;
  private final DisturbanceClaims disturbances;
  private final MemoryClaims memories;
  private final LockClaims locks;

  PageClaims(Facts facts, Map<String, Integer> reached) {
    List<String> names = facts.names().stream().map(PlainText::printable).toList();
    this.facts = facts;
    this.titles = new Grammar("title", names, reached);
    this.warnings = new Grammar("warnings", names, reached);
    this.trials = new Grammar("trials", names, reached);
    this.lines = new Grammar("facts", names, reached);
    this.cards = new CardClaims(facts, reached);
    this.costs = new CostClaims(facts, reached);
    this.disturbances = new DisturbanceClaims(facts, reached);
    this.memories = new MemoryClaims(facts, reached);
    this.locks = new LockClaims(facts, reached);
    titles();
    warnings();
    trials();
    verified();
    design();
  }

  void read(String html) throws Exception {
    Document page = Pages.page(html);
    titles.read(text(Pages.elements(page, "h1").getFirst()));
    readCards(page);
    Stream<Element> careful =
        Pages.elements(page, "section").stream()
            .filter(e -> e.getAttribute("id").equals("warnings"));
    careful.forEach(section -> items(section, "li").forEach(warnings::read));
    Element mishaps = Pages.byId(page, "trials");
    trials.readAll(items(mishaps, "p").getFirst());
    for (Element fact : items(Pages.ofClass(page, "facts").getFirst())) {
      String label = text((Element) fact.getElementsByTagName("dt").item(0));
      if (List.of("Verified", "Base case", "Pinning").contains(label)) {
        items(fact, "dd").forEach(line -> lines.read(label + ": " + line));
      }
    }
    costs.read(page);
    disturbances.read(page);
    memories.read(page);
    locks.read(page);
    boolean banner = !Pages.ofClass(page, "banner").isEmpty();
    assertThat(banner).isEqualTo(!facts.report().complete());
  }

  private void readCards(Document page) {
    List<Element> found = Pages.ofClass(page, "card");
    assertThat(found).hasSize(facts.names().size());
    for (int i = 0; i < found.size(); i++) {
      String name = facts.names().get(i);
      assertThat(items(found.get(i), "bdi")).containsExactly(PlainText.printable(name));
      List<String> figures = new java.util.ArrayList<>();
      List<String> sentence = new java.util.ArrayList<>();
      for (Element p : items(found.get(i))) {
        if (p.getTagName().equals("p") && !p.getAttribute("class").equals("contract")) {
          (p.getAttribute("class").isEmpty() ? sentence : figures).add(text(p));
        }
      }
      cards.read(name, figures, String.join(" ", sentence));
    }
  }

  private static String text(Element element) {
    return ChartClaims.plain(element.getTextContent());
  }

  static List<String> items(Element parent, String tag) {
    return IntStream.range(0, parent.getElementsByTagName(tag).getLength())
        .mapToObj(i -> text((Element) parent.getElementsByTagName(tag).item(i)))
        .toList();
  }

  private static List<Element> items(Element parent) {
    return IntStream.range(0, parent.getChildNodes().getLength())
        .mapToObj(i -> parent.getChildNodes().item(i))
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .toList();
  }

  private void titles() {
    titles
        .form("The sequential base: {rest:workload}", _ -> assertThat(ways()).isEmpty())
        .form("{name:a}: {rest:workload}", c -> assertThat(ways()).containsExactly(c.text("a")))
        .form(
            "{int:k} ways to go parallel: {rest:workload}",
            c -> assertThat(ways()).hasSize(c.number("k")).hasSizeGreaterThan(12))
        .form(
            "{rest:k} ways to go parallel: {rest:workload}",
            c -> assertThat(ways()).hasSize(NUMBERS.indexOf(c.text("k")) + 2));
  }

  /// All but those that are the sequential run and nothing else.
  private List<String> ways() {
    return facts.names().stream()
        .filter(
            name ->
                !facts.curve(name).stream()
                    .allMatch(
                        p ->
                            p.parallelism() == 1
                                && p.point().program().discipline().equals("plain")))
        .map(PlainText::printable)
        .toList();
  }

  /// The forks from the slowest to the fastest, cut into groups of the sizes that are claimed, have
  /// the medians that are claimed.
  private static void speeds(PointSummary point, String claimed) {
    double[] rates = rates(point);
    int from = 0;
    for (String group : claimed.split(", ", -1)) {
      Matcher words = SPEED.matcher(group);
      assertThat(words.matches()).as(group).isTrue();
      int forks = Integer.parseInt(words.group(1));
      Grammar.plural(words.group(2), forks);
      double middle = (rates[from + (forks - 1) / 2] + rates[from + forks / 2]) / 2;
      Shown.is(words.group(3), middle);
      from += forks;
    }
    assertThat(from).isEqualTo(rates.length);
    assertThat(claimed).contains(", ");
  }

  /// Each point that scatters and has one speed, in the order of the run.
  private void deviations(String claimed) {
    List<PointSummary> scattered =
        facts.points().stream().filter(p -> p.scattered() && p.modes() == 1).toList();
    assertThat(scattered).hasSizeGreaterThan(1);
    String left = claimed + "; ";
    for (PointSummary point : scattered) {
      String name = PlainText.printable(point.strategy()) + " at N = " + point.parallelism() + ", ";
      assertThat(left).startsWith(name);
      int end = left.indexOf("; ", name.length());
      Shown.is(left.substring(name.length(), end), deviation(point));
      assertThat(deviation(point)).isGreaterThan(0.0995);
      left = left.substring(end + 2);
    }
    assertThat(left).isEmpty();
  }

  private static double deviation(PointSummary point) {
    double[] rates = rates(point);
    double mean = Arrays.stream(rates).average().orElseThrow();
    double squares = Arrays.stream(rates).map(r -> (r - mean) * (r - mean)).sum();
    return Math.sqrt(squares / (rates.length - 1)) / mean;
  }

  private static double[] rates(PointSummary point) {
    return point.forkThroughputs().stream().mapToDouble(r -> r).sorted().toArray();
  }

  /// What is not to be relied on of one source.
  private String doubted(String source) {
    return facts.report().environment().readings().stream()
        .filter(reading -> !reading.trustworthy() && reading.source().equals(source))
        .map(reading -> reading.name() + " (" + reading.value() + ")")
        .collect(Collectors.joining(", "));
  }

  private void warnings() {
    warnings
        .form(
            "The run is incomplete: some planned trials have no result.",
            _ -> assertThat(facts.report().complete()).isFalse())
        .form(
            "Fewer than 6 forks: the intervals assume how the noise is distributed, and cannot"
                + " check it.",
            _ -> assertThat(facts.points()).allMatch(p -> p.forks() < 6))
        .form(
            "Above N = {int:n} threads share processors: those points measure the scheduler, too.",
            c -> {
              assertThat(c.number("n")).isEqualTo(facts.processors());
              assertThat(facts.points()).anyMatch(p -> p.parallelism() > c.number("n"));
            })
        .form(
            "Threads were not bound to processors: {rest:why}",
            c -> {
              assertThat(facts.measured()).noneMatch(PointSummary::pinned);
              assertThat(c.text("why")).isEqualTo(facts.report().environment().cannotPinReason());
            })
        .form(
            "Not to be relied on: {rest:list}, from {rest:source}",
            c -> assertThat(c.text("list")).isEqualTo(doubted(c.text("source"))))
        .form(
            "Not to be relied on: {rest:list}: there is no {rest:file}",
            c -> assertThat(c.text("list")).isEqualTo(doubted("there is no " + c.text("file"))))
        .form(
            "{name:a} at N = {int:n} has more than one speed: {rest:speeds} ops/s.",
            c -> speeds(facts.point(c.text("a"), c.number("n")), c.text("speeds")))
        .form(
            "Intervals of points with more than one speed hold on condition that forks go on"
                + " falling into these in the same shares.",
            _ -> assertThat(facts.points()).anyMatch(p -> p.modes() > 1))
        .form(
            "{name:a} at N = {int:n}: the forks' rates have a standard deviation of {percent:p} of"
                + " their mean.",
            c -> Shown.is(c.text("p"), deviation(facts.point(c.text("a"), c.number("n")))))
        .form(
            "The forks' rates have standard deviations of more than 10 % of their mean:"
                + " {rest:points}.",
            c -> deviations(c.text("points")))
        .form(
            "{name:a} at N = {int:n}: a thread passed the start {time:t} late, over 1 % of the"
                + " window.",
            c -> {
              long skew = facts.point(c.text("a"), c.number("n")).startSkewNanos();
              Shown.is(c.text("t"), skew / 1e9);
              assertThat(Shown.value(c.text("t")))
                  .isGreaterThan(facts.report().experiment().window().toMillis() / 1e5);
            })
        .form(
            "at N = 1 {rest:what}: their speedups rest on different bases",
            c ->
                assertThat(facts.report().summary().baselineWarnings())
                    .map(PlainText::printable)
                    .contains(c.parts().group()));
    ResumeClaims.addTo(warnings, facts);
  }

  private void trials() {
    trials
        .form("No attempt was made.", _ -> assertThat(facts.report().trials()).isEmpty())
        .form("{int:k} of {int:all} attempt{s:s} is not used.", c -> unused(c, 1, 1))
        .form(
            "{int:k} of {int:all} attempt{s:s} are not used.", c -> unused(c, 2, Integer.MAX_VALUE))
        .form(
            "{int:k} is used although something disturbed it.",
            c -> assertThat(facts.disturbed()).isEqualTo(c.number("k")).isEqualTo(1))
        .form(
            "{int:k} are used although something disturbed them.",
            c -> assertThat(facts.disturbed()).isEqualTo(c.number("k")).isGreaterThan(1))
        .form("None is recorded: the one attempt ran to its end.", c -> none(1))
        .form("None is recorded: all {int:k} attempts ran to their ends.", c -> none(c.number("k")))
        .form(
            "The first 300 are listed, the others counted by program and outcome; trials.jsonl has"
                + " them all.",
            _ -> assertThat(unused() + facts.disturbed()).isGreaterThan(300));
  }

  private void none(int attempts) {
    assertThat(facts.report().trials()).hasSize(attempts);
    assertThat(facts.trials(o -> o instanceof Completed)).isEqualTo(attempts);
    assertThat(facts.disturbed()).isZero();
  }

  private long unused() {
    return facts.trials(o -> !(o instanceof Completed c) || !c.defects().isEmpty());
  }

  private void unused(Claim c, int least, int most) {
    assertThat(unused()).isEqualTo(c.number("k")).isBetween((long) least, (long) most);
    assertThat(facts.report().trials()).hasSize(c.number("all"));
    Grammar.plural(c.text("s"), c.number("all"));
  }

  private void verified() {
    Predicate<TrialRecord> required =
        trial ->
            facts.points().stream()
                .filter(PointSummary::exactRequired)
                .anyMatch(p -> p.point().program().equals(trial.trial().program()));
    lines
        .form(
            "Verified: {int:k} of {int:all} trial{s:s}: counts exact",
            c -> {
              List<TrialRecord> all = completed().filter(required).toList();
              assertThat(all).hasSize(c.number("all"));
              Grammar.plural(c.text("s"), c.number("all"));
              assertThat(all).filteredOn(t -> exact(t.outcome())).hasSize(c.number("k"));
            })
        .form(
            "Verified: and {int:k} trial{s:s} whose losses are results",
            c -> {
              assertThat(completed().filter(required.negate())).hasSize(c.number("k"));
              Grammar.plural(c.text("s"), c.number("k"));
            });
  }

  private Stream<TrialRecord> completed() {
    return facts.report().trials().stream().filter(t -> t.outcome() instanceof Completed);
  }

  private static boolean exact(TrialOutcome outcome) {
    return ((Completed) outcome).measurement().verification().exact();
  }

  private void design() {
    lines
        .form(
            "Base case: no plain sequential run was measured",
            _ -> assertThat(sequential()).isEmpty())
        .form(
            "Base case: plain sequential loop, {rate:r}",
            c -> Shown.is(c.text("r"), sequential().getFirst().throughputMedian()))
        .form(
            "Base case: 95 % CI of the mean {rest:i}",
            c -> Shown.ends(c.text("i"), sequential().getFirst().throughputMean().interval()))
        .form(
            "Pinning: each thread bound to one processor",
            _ -> assertThat(facts.measured()).allMatch(PointSummary::pinned))
        .form(
            "Pinning: no thread was bound",
            _ -> assertThat(facts.measured()).noneMatch(PointSummary::pinned))
        .form(
            "Pinning: no thread was bound: {rest:why}",
            _ -> assertThat(facts.measured()).noneMatch(PointSummary::pinned))
        .form(
            "Pinning: bound to one processor, except at",
            _ -> assertThat(facts.measured()).anyMatch(PointSummary::pinned))
        .form(
            "Pinning: N = {int:n}{rest:above}",
            c -> {
              int n = c.number("n");
              assertThat(c.text("above")).isIn("", " and above");
              assertThat(facts.measured()).allMatch(p -> p.pinned() == p.parallelism() < n);
              assertThat(facts.measured().stream().anyMatch(p -> p.parallelism() > n))
                  .isEqualTo(!c.text("above").isEmpty());
            })
        .form(
            "Pinning: {rest:list}",
            c ->
                assertThat(c.text("list").split(", ", -1))
                    .hasSize((int) facts.measured().stream().filter(p -> !p.pinned()).count()));
  }

  /// The points of the sequential base with figures.
  private List<PointSummary> sequential() {
    return facts.names().stream()
        .filter(name -> !ways().contains(PlainText.printable(name)))
        .flatMap(name -> facts.curve(name).stream())
        .filter(p -> p.forks() > 0)
        .toList();
  }
}
