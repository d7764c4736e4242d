package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.Svg;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What the page does when somebody points, clicks or types.
@ExtendWith(WithBrowser.class)
@Tag("untimed")
class ReportPageControlsIT {
  /// Where the stops of a chart are in the window, once it has been scrolled there.
  private static final String STOPS =
      """
      const plots = document.querySelector(`[data-chart="${arguments[0]}"]`);
      plots.scrollIntoView({ block: 'center' });
      const shown = [...plots.querySelectorAll('svg[role="img"]')]
        .find(svg => svg.getClientRects().length > 0);
      return [...shown.querySelectorAll('.stop')].map(stop => {
        const box = stop.getBoundingClientRect();
        return { x: box.left, y: (box.top + box.bottom) / 2 };
      });
      """;

  private static final String READ_OUT =
      """
      const box = document.querySelector(`[data-chart="${arguments[0]}"] .readout`);
      const frame = box.getBoundingClientRect();
      return box.hidden ? null : {
        head: box.querySelector('b').textContent,
        rows: [...box.querySelectorAll('div')]
          .map(row => [row.querySelector('bdi').textContent, row.querySelector('span').textContent]),
        inside: frame.left >= 0 && frame.right <= innerWidth,
        marked: document.querySelectorAll('.stop.on').length,
      };
      """;

  /// A read-out that names no series: its heading, and its lines.
  private static final String LINES =
      """
      const box = document.querySelector(`[data-chart="${arguments[0]}"] .readout`);
      return box.hidden ? [] : [...box.querySelectorAll('b, p')].map(line => line.textContent);
      """;

  private static final String FOCUS =
      """
      const e = document.activeElement;
      const ring = e.matches('fieldset input') ? e.nextElementSibling : e;
      return {
        what: e.id || e.getAttribute('aria-label') || e.textContent || e.tagName,
        on: e.tagName,
        outlined: getComputedStyle(ring).outlineStyle !== 'none',
        left: ring.getBoundingClientRect().left,
      };
      """;

  static Stream<Named<RunReport>> curves() {
    return PageRuns.named("default", "sixteen cores", "foreign names");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("curves")
  void theReadOutGivesTheFiguresOfThePointedAtN(RunReport run, Browser browser) {
    OpenPage page = browser.open(run, View.DESKTOP);
    for (ChartKind kind : ChartKind.values()) {
      List<Integer> sizes = sizes(run, kind);
      JsonNode stops = page.eval(STOPS, kind.id());
      assertThat(stops).as(kind.id()).hasSameSizeAs(sizes);
      for (int i = 0; i < sizes.size(); i++) {
        page.pointAt(stops.get(i).get("x").asDouble(), stops.get(i).get("y").asDouble());
        JsonNode readOut = page.eval(READ_OUT, kind.id());
        assertThat(readOut.get("head").asText()).isEqualTo("N = " + sizes.get(i));
        assertThat(readOut.get("inside").asBoolean()).as("inside the window").isTrue();
        assertThat(readOut.get("marked").asInt()).isOne();
        assertReadings(run, kind, sizes.get(i), readOut.get("rows"));
      }
      page.pointAt(1, 1);
      assertThat(page.eval(READ_OUT, kind.id()).isNull()).as("hidden again").isTrue();
    }
    assertThat(page.complaints()).isEmpty();
  }

  private static List<Integer> sizes(RunReport run, ChartKind kind) {
    return Curve.all(run.summary()).stream()
        .filter(kind::shows)
        .flatMap(curve -> curve.points().stream())
        .filter(point -> shown(kind, point))
        .map(PointSummary::parallelism)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean shown(ChartKind kind, PointSummary point) {
    Estimate figure = kind.of(point);
    return figure != null && (figure.value() > 0 || !kind.logarithmic());
  }

  private static void assertReadings(RunReport run, ChartKind kind, int n, JsonNode rows) {
    int expected = 0;
    for (Curve curve : Curve.all(run.summary())) {
      for (PointSummary point : curve.points()) {
        Estimate figure = kind.of(point);
        if (figure != null && point.parallelism() == n && kind.shows(curve) && shown(kind, point)) {
          String name = PlainText.printable(curve.name());
          String reading = reading(rows, name);
          assertThat(reading)
              .as("%s of %s at N = %d", kind.id(), name, n)
              .startsWith(Typography.of(kind.reading(figure.value())));
          Interval interval = figure.interval();
          assertThat(reading.contains("[")).isEqualTo(interval != null);
          if (interval != null && kind != ChartKind.THROUGHPUT) {
            assertThat(reading)
                .contains(
                    Typography.of("[" + kind.reading(interval.low())),
                    Typography.of(kind.reading(interval.high()) + "]"));
          }
          expected++;
        }
      }
    }
    assertThat(rows).hasSize(expected);
  }

  private static String reading(JsonNode rows, String name) {
    for (JsonNode row : rows) {
      if (row.get(0).asText().equals(name)) {
        return row.get(1).asText();
      }
    }
    throw new AssertionError("no row of " + name + " in " + rows);
  }

  /// Position of a chart's points: those of one series in turn.
  private static final String POINTS =
      """
      const shown = [...document.querySelectorAll('#throughput svg[role="img"]')]
        .filter(svg => svg.getClientRects().length > 0);
      return shown.length !== 1 ? [] : [...shown[0].querySelectorAll('.series')].map(series =>
        [...series.querySelectorAll('.mark')].slice(0, -1).map(mark => {
          const box = mark.getBoundingClientRect();
          return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
        }));
      """;

  @Test
  void theSwitchChangesBothAxes(Browser browser) {
    RunReport run = PageRuns.run("sixteen cores");
    for (View view : List.of(View.DESKTOP, View.PHONE, View.DESKTOP.withoutScripts())) {
      OpenPage page = browser.open(run, view);
      assertBothAxes(page.eval(POINTS), run, Math::log);
      click(page, "label[for='throughput-linear']");
      assertBothAxes(page.eval(POINTS), run, value -> value);
      click(page, "label[for='throughput-log']");
      assertBothAxes(page.eval(POINTS), run, Math::log);
    }
  }

  private static void click(OpenPage page, String selector) {
    JsonNode at =
        page.eval(
            """
            const e = document.querySelector(arguments[0]);
            e.scrollIntoView({ block: 'center' });
            const box = e.getBoundingClientRect();
            return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
            """,
            selector);
    page.clickAt(at.get("x").asDouble(), at.get("y").asDouble());
  }

  /// Distances on the screen are as the differences of the scaled values, along both axes.
  private static void assertBothAxes(JsonNode series, RunReport run, DoubleUnaryOperator scale) {
    List<double[]> across = new ArrayList<>();
    List<double[]> up = new ArrayList<>();
    List<Curve> curves = Curve.all(run.summary());
    assertThat(series).hasSameSizeAs(curves);
    for (int s = 0; s < curves.size(); s++) {
      List<PointSummary> points =
          curves.get(s).points().stream().filter(p -> p.throughputMedian() != null).toList();
      assertThat(series.get(s)).hasSameSizeAs(points);
      for (int i = 0; i < points.size(); i++) {
        JsonNode at = series.get(s).get(i);
        PointSummary point = points.get(i);
        Double rate = point.throughputMedian();
        across.add(new double[] {scale.applyAsDouble(point.parallelism()), at.get("x").asDouble()});
        up.add(new double[] {scale.applyAsDouble(rate == null ? 0 : rate), at.get("y").asDouble()});
      }
    }
    assertThat(largestDeviation(across)).isLessThan(1.5);
    assertThat(largestDeviation(up)).isLessThan(1.5);
  }

  /// How far the positions are from a straight line through those of the least and the largest
  /// value.
  private static double largestDeviation(List<double[]> points) {
    double[] first = points.stream().min((a, b) -> Double.compare(a[0], b[0])).orElseThrow();
    double[] last = points.stream().max((a, b) -> Double.compare(a[0], b[0])).orElseThrow();
    double slope = (last[1] - first[1]) / (last[0] - first[0]);
    assertThat(Math.abs(last[1] - first[1])).isGreaterThan(50);
    return points.stream()
        .mapToDouble(p -> Math.abs(first[1] + slope * (p[0] - first[0]) - p[1]))
        .max()
        .orElseThrow();
  }

  @Test
  void everyButtonSavesAPictureThatStandsAlone(Browser browser) throws Exception {
    OpenPage page = browser.open(PageRuns.run("default"), View.DESKTOP);
    List<String> panels =
        page.list("return [...document.querySelectorAll('.panel:has(button)')].map(p => p.id)");
    assertThat(panels).isNotEmpty();
    List<Path> drawings = new ArrayList<>();
    for (String panel : panels) {
      click(page, "#" + panel + " button:nth-of-type(1)");
      drawings.add(saved(page, panel + ".svg"));
      click(page, "#" + panel + " button:nth-of-type(2)");
      assertPicture(saved(page, panel + ".png"));
    }
    assertThat(page.complaints()).isEmpty();
    for (Path drawing : drawings) {
      String svg = Files.readString(drawing);
      Document document = Pages.xml(svg);
      assertThat(document.getDocumentElement().getNodeName()).isEqualTo("svg");
      assertThat(Pages.elements(document, "style"))
          .singleElement()
          .extracting(Element::getTextContent)
          .isEqualTo(Svg.style());
      assertThat(svg.replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain("http", "href", "<script", "class=\"stop");
      OpenPage alone = browser.open(svg, "svg", View.DESKTOP);
      assertThat(alone.complaints()).isEmpty();
      assertThat(Labels.faults(alone)).as("%s", drawing).isEmpty();
    }
  }

  private static Path saved(OpenPage page, String name) {
    Path file = page.downloads().resolve(name);
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
    return file;
  }

  /// Twice the size of the drawing, on paper rather than on nothing, and something is drawn.
  private static void assertPicture(Path file) throws Exception {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image).as("%s", file).isNotNull();
    assertThat(image.getWidth()).isIn(2 * 460, 2 * 1004);
    assertThat(image.getRGB(2, 2)).isEqualTo(0xffffffff);
    long colours =
        IntStream.range(0, image.getWidth() * image.getHeight())
            .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
            .distinct()
            .count();
    assertThat(colours).isGreaterThan(50);
  }

  /// One line for each point, the strategy in front, and the titles above.
  @Test
  void theTableCanBeCopiedIntoASpreadsheet(Browser browser) {
    RunReport run = PageRuns.run("default");
    OpenPage page = browser.open(run, View.DESKTOP);
    page.run("navigator.clipboard.writeText = async text => { window.copied = text; };");
    click(page, "#data button");
    List<String> lines = page.eval("return window.copied").asText().lines().toList();
    List<PointSummary> points = run.summary().points();
    assertThat(lines).hasSize(1 + points.size());
    List<String> titles = List.of(lines.getFirst().split("\t", -1));
    assertThat(titles).startsWith("strategy", "N", "layout", "forks", "ops/s", "ops/s (below)");
    for (int i = 0; i < points.size(); i++) {
      List<String> cells = List.of(lines.get(i + 1).split("\t", -1));
      assertThat(cells)
          .hasSameSizeAs(titles)
          .startsWith(
              points.get(i).strategy(),
              Integer.toString(points.get(i).parallelism()),
              points.get(i).point().program().layout().toString(),
              Integer.toString(points.get(i).forks()));
    }
    assertThat(page.eval("return document.querySelector('#data table').innerText").asText())
        .contains("−");
    assertThat(lines).noneMatch(line -> line.contains("−")).anyMatch(line -> line.contains("\t-"));
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void theWholePageCanBeUsedByKeyboard(Browser browser) {
    OpenPage page = browser.open(PageRuns.run("default"), View.DESKTOP);
    List<String> focusable =
        page.list(
            """
            return [...document.querySelectorAll('a[href], input:checked, button, [tabindex="0"], summary')]
              .filter(e => e.getClientRects().length > 0)
              .map(e => e.id || e.getAttribute('aria-label') || e.textContent);
            """);
    List<String> visited = new ArrayList<>();
    for (int i = 0; i < focusable.size(); i++) {
      page.tab();
      JsonNode focus = page.eval(FOCUS);
      assertThat(focus.get("outlined").asBoolean()).as("%s", focus).isTrue();
      assertThat(focus.get("left").asDouble()).as("%s", focus).isNotNegative();
      visited.add(focus.get("what").asText());
    }
    assertThat(visited).containsExactlyElementsOf(focusable);
    page.tab();
    assertThat(page.eval(FOCUS).get("on").asText()).as("out of the page again").isEqualTo("BODY");
  }

  @Test
  void theSkipLinkLeadsToTheCharts(Browser browser) {
    OpenPage page = browser.open(PageRuns.run("default"), View.DESKTOP);
    page.tab();
    assertThat(page.eval(FOCUS).get("what").asText()).isEqualTo("Skip to the charts");
    page.press(Keys.ENTER);
    assertThat(page.eval(FOCUS).get("what").asText()).isEqualTo("charts");
    page.tab();
    assertThat(page.eval(FOCUS).get("what").asText()).isEqualTo("throughput-log");
  }

  @Test
  void arrowKeysStepThroughTheSizes(Browser browser) {
    OpenPage page = browser.open(PageRuns.run("default"), View.DESKTOP);
    for (ChartKind kind : ChartKind.values()) {
      page.run("document.querySelector('[data-chart=\"" + kind.id() + "\"]').focus()");
      List<Integer> sizes = sizes(PageRuns.run("default"), kind);
      for (int n : sizes) {
        page.press(Keys.ARROW_RIGHT);
        assertThat(headOf(page, kind)).isEqualTo("N = " + n);
      }
      page.press(Keys.ARROW_RIGHT);
      assertThat(headOf(page, kind)).as("it stays").isEqualTo("N = " + sizes.getLast());
      page.press(Keys.ARROW_LEFT);
      assertThat(headOf(page, kind)).isEqualTo("N = " + sizes.get(sizes.size() - 2));
      page.press(Keys.HOME);
      assertThat(headOf(page, kind)).isEqualTo("N = " + sizes.getFirst());
      page.press(Keys.END);
      assertThat(headOf(page, kind)).isEqualTo("N = " + sizes.getLast());
      page.press(Keys.ESCAPE);
      assertThat(page.eval(READ_OUT, kind.id()).isNull()).as("hidden by Escape").isTrue();
    }
  }

  @Test
  void arrowKeysSwitchTheScaleToo(Browser browser) {
    RunReport run = PageRuns.run("sixteen cores");
    OpenPage page = browser.open(run, View.DESKTOP);
    page.run("document.getElementById('throughput-log').focus()");
    page.press(Keys.ARROW_RIGHT);
    assertBothAxes(page.eval(POINTS), run, value -> value);
  }

  @Test
  void arrowKeysStepThroughTheRanking(Browser browser) {
    RunReport run = PageRuns.run("default");
    ReadOut ranking = PanelKind.RANKING.create(run, new Charts(run)).orElseThrow().readOut();
    OpenPage page = browser.open(run, View.DESKTOP);
    page.run("document.querySelector('[data-chart=\"ranking\"]').focus()");
    assertThat(ranking.stops()).hasSizeGreaterThan(2);
    for (ReadOut.Stop stop : ranking.stops()) {
      page.press(Keys.ARROW_RIGHT);
      List<String> read = new ArrayList<>();
      page.eval(LINES, "ranking").forEach(line -> read.add(line.asText()));
      assertThat(read.removeFirst()).isEqualTo(stop.label());
      assertThat(read).isEqualTo(stop.rows().stream().map(ReadOut.Row::text).toList());
    }
    page.press(Keys.HOME);
    assertThat(page.eval(LINES, "ranking").get(0).asText())
        .isEqualTo(ranking.stops().getFirst().label());
  }

  private static String headOf(OpenPage page, ChartKind kind) {
    return page.eval(READ_OUT, kind.id()).path("head").asText();
  }
}
