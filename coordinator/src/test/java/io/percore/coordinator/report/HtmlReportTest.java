package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.stats.PointSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
  static Stream<RunReport> runs() {
    return ChartFilesTest.runs();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyPageIsWellFormedWithUniqueIds(RunReport run) throws Exception {
    Document page = Pages.page(render(run));
    List<String> ids =
        Pages.elements(page, "*").stream()
            .map(e -> e.getAttribute("id"))
            .filter(id -> !id.isEmpty())
            .toList();
    assertThat(ids).doesNotHaveDuplicates().contains("charts", "data", "trials", "terms");
    assertThat(Pages.elements(page, "h1")).hasSize(1);
    assertThat(page.getDocumentElement().getTextContent()).doesNotContain("null", "NaN");
  }

  @Test
  void forksWithSeveralSpeedsAndWideOnesAreNamed() throws Exception {
    String warnings =
        Pages.elements(Pages.page(render(Fixtures.unevenSpeeds())), "section").stream()
            .filter(section -> section.getAttribute("id").equals("warnings"))
            .map(Element::getTextContent)
            .map(ChartClaims::plain)
            .collect(Collectors.joining());

    assertThat(warnings)
        .containsPattern(
            "atomic at N = 2 has more than one speed: 3 forks at 5\\d(\\.\\d)?.M, 3 forks at"
                + " 10\\d.M ops/s\\.")
        .containsOnlyOnce("hold on condition")
        .containsPattern(
            "processes at N = 2: the forks' rates have a standard deviation of"
                + " 1\\d(\\.\\d)?.% of their mean")
        .doesNotContain("atomic at N = 1");
  }

  /// Of two threads under one atomic count at 0.62 of the speed of one: S = 0.62, and so (2 / S -
  /// 1) / (2 - 1).
  @Test
  void theSerialShareAndTheEfficiencyOverSequentialStandInTheTable() throws Exception {
    PointSummary point = Fixtures.quickRun().summary().point("atomic", 2).orElseThrow();
    double speedup = Objects.requireNonNull(point.speedup()).value();
    double sequential = Objects.requireNonNull(point.speedupOverSequential()).value();

    assertThat(Pages.page(render(Fixtures.quickRun())).getDocumentElement().getTextContent())
        .contains("of N sequential", Typography.of(Quantities.percent(sequential / 2)))
        .contains(Typography.of(Quantities.percent(2 / speedup - 1)));
  }

  @Test
  void theForksOfEachPointStandBehindTheirNumber() throws Exception {
    RunReport run = Fixtures.quickRun();
    String data = Pages.byId(Pages.page(render(run)), "data").getTextContent();
    assertThat(run.summary().points())
        .flatMap(PointSummary::forkThroughputs)
        .hasSizeGreaterThan(6)
        .allSatisfy(rate -> assertThat(data).contains(Typography.of(Quantities.count(rate))));
    assertThat(Pages.byId(Pages.page(render(Fixtures.oneFork())), "data").getTextContent())
        .doesNotContain("opens to");
  }

  @Test
  void theBoundOfTheErrorAtTheEndsOfAWindowStandsOnThePage() {
    assertThat(render(Fixtures.quickRun()))
        .containsPattern("Counts at the ends of a window are interpolated: at most 0\\.\\d+.% off");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void noRequestCanLeaveThePage(RunReport run) throws Exception {
    String html = render(run);
    assertThat(html.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", ""))
        .doesNotContain("http", "@import", "url(");
    Document page = Pages.page(html);
    assertThat(Pages.elements(page, "*"))
        .extracting(Element::getNodeName)
        .doesNotContain("iframe", "object", "embed", "img", "form", "base");
    assertThat(Pages.elements(page, "*"))
        .noneMatch(e -> e.hasAttribute("src") || e.hasAttribute("srcset"));
    assertThat(Pages.elements(page, "*"))
        .map(e -> e.getAttribute("href"))
        .allMatch(href -> href.isEmpty() || href.equals("data:,") || href.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void thePolicyAllowsTheStylesAndTheScriptOfThePageAlone(RunReport run) throws Exception {
    String html = render(run);
    String policy =
        Pages.elements(Pages.page(html), "meta").stream()
            .filter(e -> e.getAttribute("http-equiv").equals("Content-Security-Policy"))
            .map(e -> e.getAttribute("content"))
            .findFirst()
            .orElseThrow();
    assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe");
    List<String> inline =
        Stream.of("<style id=\"chart-style\">", "<style>", "<script>")
            .flatMap(tag -> Pages.raw(html, tag).stream())
            .toList();
    assertThat(inline).hasSize(3);
    for (String content : inline) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    assertThat(Pages.elements(Pages.page(html), "*"))
        .allSatisfy(
            e -> {
              assertThat(e.hasAttribute("style")).isFalse();
              for (int i = 0; i < e.getAttributes().getLength(); i++) {
                assertThat(e.getAttributes().item(i).getNodeName()).doesNotStartWith("on");
              }
            });
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyPointIsInTheTableAndEveryChartHasItsReadings(RunReport run) throws Exception {
    String html = render(run);
    Document page = Pages.page(html);
    long rows =
        Pages.elements(page, "tr").stream()
            .filter(
                tr -> ((Element) tr.getParentNode().getParentNode()).getTagName().equals("table"))
            .filter(tr -> ((Element) tr.getParentNode()).hasAttribute("class"))
            .filter(tr -> tr.getElementsByTagName("td").getLength() > 0)
            .count();
    assertThat(rows).isEqualTo(run.summary().points().size());
    JsonNode readings = readings(html);
    for (Element plots : Pages.ofClass(page, "plots")) {
      JsonNode reading = readings.get(plots.getAttribute("data-chart"));
      assertThat(Pages.ofClass(page, "stops"))
          .filteredOn(
              stops -> stops.getParentNode().getParentNode().getParentNode().isSameNode(plots))
          .allSatisfy(
              stops ->
                  assertThat(stops.getChildNodes().getLength())
                      .isEqualTo(reading.get("stops").size()));
    }
  }

  @Test
  void aDefaultRunFitsIntoThreeHundredKilobytesAndIsTheSameEachTime() {
    String html = render(Fixtures.defaultRun());
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
    assertThat(render(Fixtures.defaultRun())).isEqualTo(html);
  }

  @Test
  void saysWhatTheVerdictSays() throws Exception {
    RunReport run = Fixtures.defaultRun();
    String text = Pages.page(render(run)).getDocumentElement().getTextContent();
    assertThat(
            Verdict.sentences(run.summary(), run.experiment(), run.catalogue()).stream()
                .map(Typography::of))
        .isNotEmpty()
        .allSatisfy(sentence -> assertThat(text).contains(sentence));
    assertThat(text).contains("96 of 96 trials: counts exact");
  }

  @Test
  void hidesNoTrial() throws Exception {
    Document page = Pages.page(render(Fixtures.troubledRun()));
    String trials = Pages.byId(page, "trials").getTextContent();
    assertThat(trials)
        .contains("worker 2 was lost in the window: killed by signal 9")
        .contains("java: <killed> & gone")
        .contains("worker 0 sent no result by T2 + 2 s")
        .contains("worker 0 was stopped for 61 ms inside the window")
        .contains("wrong count: expected");
    assertThat(Pages.ofClass(page, "banner")).hasSize(1);
    assertThat(Pages.ofClass(page, "bad").getFirst().getTextContent())
        .contains("58 of 59 trials: counts exact");
  }

  @Test
  void trialsAndBlocksAreCountedFromOne() throws Exception {
    RunReport run = Fixtures.troubledRun();
    TrialRecord mishap =
        run.trials().stream()
            .filter(record -> !PageTrials.reason(record.outcome()).isEmpty())
            .findFirst()
            .orElseThrow();
    NodeList cells = Pages.byId(Pages.page(render(run)), "trials").getElementsByTagName("td");
    assertThat(cells.item(0).getTextContent()).isEqualTo("" + (mishap.trial().index() + 1));
    assertThat(cells.item(1).getTextContent()).isEqualTo("" + (mishap.trial().block() + 1));
  }

  @Test
  void namesCannotBecomeMarkup() throws Exception {
    String html = render(Fixtures.hostileNames());
    assertThat(html)
        .doesNotContain("<script>alert", "</script><img", "<b>host", "\u202e", "\u001b", "\u0007");
    Document page = Pages.page(html);
    assertThat(Pages.elements(page, "script")).hasSize(2);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("<script>alert(\"1\")</script>")
        .contains("</script><img src=x>");
    assertThat(readings(html).toString()).contains("<script>alert");
  }

  @Test
  void fixedWorkShowsTimesAndPairsShowFrees() {
    assertThat(render(Fixtures.fixedWork())).contains(">time</th>").contains("fixed work");
    assertThat(render(Fixtures.defaultRun())).doesNotContain(">time</th>").contains(">lost</th>");
    assertThat(render(Fixtures.pairs()))
        .doesNotContain(">lost</th>")
        .contains(">net error</th>", ">freed early</th>", ">freed twice</th>");
  }

  @Test
  void contractsStandBesideTheFigures() throws Exception {
    RunReport run = Fixtures.defaultRun();
    String data = Pages.byId(Pages.page(render(run)), "data").getTextContent();
    assertThat(run.summary().points())
        .extracting(p -> p.point().strategy().discipline())
        .allSatisfy(
            id -> {
              Catalogue.Discipline discipline = run.catalogue().discipline(id).orElseThrow();
              assertThat(data).contains(discipline.contract());
              assertThat(data).contains(Objects.requireNonNull(discipline.guarantees()).line());
            });
  }

  private static String render(RunReport run) {
    return new HtmlReport().render(run);
  }

  private static JsonNode readings(String html) throws Exception {
    String tag = "<script type=\"application/json\" id=\"readings\">";
    return new ObjectMapper().readTree(Pages.raw(html, tag).getFirst());
  }
}
