package io.percore.coordinator.report.several;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percore.coordinator.report.Pages;
import io.percore.coordinator.stats.PointSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SeveralPageTest {
  private static final List<SideBySide> SEVERAL =
      List.of(
          SeveralFixtures.oneMachine(),
          SeveralFixtures.machines(),
          SeveralFixtures.hostile(),
          SeveralFixtures.large(),
          SeveralFixtures.thirty());

  static List<SideBySide> several() {
    return SEVERAL;
  }

  @ParameterizedTest
  @MethodSource("several")
  void everyPageIsWellFormedWithUniqueIdsAndMakesNoRequest(SideBySide runs) throws Exception {
    String html = SeveralPage.render(runs);
    Document page = Pages.page(html);
    List<Element> all = Pages.elements(page, "*");
    assertThat(all)
        .extracting(e -> e.getAttribute("id"))
        .filteredOn(id -> !id.isEmpty())
        .doesNotHaveDuplicates()
        .contains("machines", "each", "charts", "data", "terms", "by-strategy", "by-run");
    assertThat(Pages.elements(page, "h1")).hasSize(1);
    assertThat(page.getDocumentElement().getTextContent()).doesNotContain("null", "NaN");
    assertThat(html.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", ""))
        .doesNotContain("http", "@import", "url(");
    assertThat(all)
        .noneMatch(e -> e.hasAttribute("src") || e.hasAttribute("style"))
        .map(e -> e.getAttribute("href"))
        .allMatch(href -> href.isEmpty() || href.equals("data:,") || href.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("several")
  void thePolicyAllowsTheStylesAndTheScriptOfThePageAlone(SideBySide runs) throws Exception {
    String html = SeveralPage.render(runs);
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
  }

  @ParameterizedTest
  @MethodSource("several")
  void everyPointOfEveryRunIsInTheTable(SideBySide runs) throws Exception {
    Document page = Pages.page(SeveralPage.render(runs));
    long rows =
        Pages.ofClass(page, "point").stream()
            .mapToLong(point -> point.getElementsByTagName("tr").getLength())
            .sum();
    assertThat(rows)
        .isEqualTo(
            runs.runs().stream().mapToLong(run -> run.report().summary().points().size()).sum());
  }

  @ParameterizedTest
  @MethodSource("several")
  void everyPanelHasItsReadings(SideBySide runs) throws Exception {
    String html = SeveralPage.render(runs);
    Document page = Pages.page(html);
    JsonNode readings =
        new ObjectMapper()
            .readTree(
                Pages.raw(html, "<script type=\"application/json\" id=\"readings\">").getFirst());
    List<Element> plots = Pages.ofClass(page, "plots");
    assertThat(plots).isNotEmpty();
    for (Element plot : plots) {
      long stops =
          IntStream.range(0, plot.getElementsByTagName("path").getLength())
              .mapToObj(i -> (Element) plot.getElementsByTagName("path").item(i))
              .filter(line -> line.getAttribute("class").equals("stop"))
              .count();
      assertThat(readings.get(plot.getAttribute("data-chart")).get("stops").size())
          .isEqualTo((int) stops)
          .isPositive();
    }
  }

  @Test
  void whatDiffersIsMarkedAndNothingElse() throws Exception {
    Document page = Pages.page(SeveralPage.render(SeveralFixtures.oneMachine()));
    assertThat(Pages.ofClass(page, "differs"))
        .extracting(row -> row.getElementsByTagName("th").item(0).getTextContent())
        .containsExactly("JVM arguments ≠ (differs)");
    assertThat(Pages.elements(page, "mark"))
        .extracting(Element::getTextContent)
        .containsExactly("-XX:+UseParallelGC");
  }

  @Test
  void aRunThatIsNotCompleteIsNamedAtTheTop() throws Exception {
    Document page = Pages.page(SeveralPage.render(SeveralFixtures.machines()));
    assertThat(Pages.ofClass(page, "banner"))
        .extracting(Element::getTextContent)
        .containsExactly("Incomplete: troubled");
    assertThat(SeveralVerdict.sentences(SeveralFixtures.machines()))
        .contains(
            "Careful with troubled: some planned trials have no result, 1 point with wrong"
                + " counts.");
  }

  @Test
  void namesCannotBecomeMarkup() throws Exception {
    String html = SeveralPage.render(SeveralFixtures.hostile());
    assertThat(html).doesNotContain("<script>alert", "\u202e", "\u001b");
    assertThat(Pages.elements(Pages.page(html), "script")).hasSize(2);
    assertThat(Pages.page(html).getDocumentElement().getTextContent())
        .contains("<script>alert(2)</script>");
  }

  /// One look for each run in all charts of strategies, and one for each strategy in all of runs.
  @Test
  void aNameLooksTheSameInAllCharts() {
    SideBySide runs = SeveralFixtures.machines();
    for (Multiples.By by : Multiples.By.values()) {
      Set<String> looks = new HashSet<>();
      Set<String> names = new HashSet<>();
      for (Multiples multiples : Multiples.all(runs)) {
        if (multiples.by() == by) {
          multiples.panels().stream()
              .flatMap(panel -> panel.chart().series().stream())
              .forEach(
                  series -> {
                    names.add(series.name());
                    looks.add(series.name() + series.style().index());
                  });
        }
      }
      assertThat(looks).hasSameSizeAs(names);
      assertThat(names).hasSizeGreaterThan(2);
    }
  }

  @Test
  void allChartsOfAKindHaveTheSameAxes() {
    for (Multiples multiples : Multiples.all(SeveralFixtures.machines())) {
      assertThat(multiples.panels())
          .extracting(panel -> panel.chart().x().scale())
          .containsOnly(multiples.panels().getFirst().chart().x().scale());
      assertThat(multiples.panels())
          .extracting(panel -> panel.chart().y().scale())
          .containsOnly(multiples.panels().getFirst().chart().y().scale());
    }
  }

  /// A size from 1 to 512 has its place, and a chart that knows only small ones the same axis.
  @Test
  void fewAndManySizesStandBesideEachOther() {
    SideBySide runs = SeveralFixtures.large();
    assertThat(Multiples.all(runs))
        .allSatisfy(
            multiples ->
                assertThat(multiples.panels())
                    .allSatisfy(
                        panel -> assertThat(panel.chart().x().scale().max()).isEqualTo(512)));
    assertThat(
            runs.runs().stream()
                .map(run -> run.report().summary().points().stream())
                .map(points -> points.mapToInt(PointSummary::parallelism).max().orElse(0)))
        .containsExactly(4, 512);
  }
}
