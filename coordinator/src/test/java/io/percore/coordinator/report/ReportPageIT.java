package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.report.chart.Svg;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page in a browser, as it is opened: quiet, whole and readable in every shape of run.
@ExtendWith(WithBrowser.class)
@Tag("untimed")
class ReportPageIT {
  static Stream<Named<RunReport>> runs() {
    return PageRuns.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void opensWithoutAComplaintAndAsksForNothing(RunReport run, Browser browser) {
    OpenPage page = browser.open(run, View.DESKTOP);
    assertThat(page.complaints()).isEmpty();
    assertThat(page.requests()).containsExactly(page.address());
    assertThat(page.list("return [...document.querySelectorAll('.panel')].map(p => p.id)"))
        .isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void everyLabelCanBeReadAtEveryWidth(RunReport run, Browser browser) {
    OpenPage page = browser.open(run, View.DESKTOP);
    page.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    for (View view : List.of(View.DESKTOP, View.PHONE, View.NARROW_PHONE, View.PAPER)) {
      page.lookAs(view);
      for (String form : List.of("linear", "log")) {
        page.run("document.getElementById('throughput-" + form + "').click()");
        assertThat(Labels.faults(page)).as("%s, %s", view, form).isEmpty();
      }
    }
  }

  @Test
  void aPhoneShowsNoSmallPrint(Browser browser) {
    OpenPage page = browser.open(PageRuns.run("sixteen cores"), View.PHONE);
    assertThat(Labels.smallerThan(9, page)).isEmpty();
    page.lookAs(View.NARROW_PHONE);
    assertThat(Labels.smallerThan(8.4, page)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void nothingIsWiderThanTheWindow(RunReport run, Browser browser) {
    OpenPage page = browser.open(run, View.DESKTOP);
    for (View view : List.of(View.DESKTOP, View.PHONE, View.NARROW_PHONE)) {
      page.lookAs(view);
      assertThat(page.eval("return document.documentElement.scrollWidth").asInt())
          .as("%s", view)
          .isLessThanOrEqualTo(view.width());
      assertThat(page.list(STICKING_OUT)).as("%s", view).isEmpty();
    }
  }

  /// Where rows of charts end that end before the page does.
  private static final String HOLES =
      """
      const right = document.getElementById('charts').getBoundingClientRect().right;
      const rows = new Map();
      for (const panel of document.querySelectorAll('#charts > .panel')) {
        const box = panel.getBoundingClientRect();
        const top = Math.round(box.top);
        rows.set(top, Math.max(rows.get(top) ?? 0, box.right));
      }
      return [...rows.entries()].filter(([, end]) => end < right - 1).map(row => `${row}`);
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void noRowOfChartsHasAHole(RunReport run, Browser browser) {
    assertThat(browser.open(run, View.DESKTOP).list(HOLES)).isEmpty();
  }

  /// Whether bars end in caps, the lower end first: 2.5 to the left of the stem nothing else is.
  private static final String CAPS =
      """
      return [...document.querySelectorAll('#efficiency .plots path.bar')].map(bar => {
        const { x, y, width, height } = bar.getBBox();
        const capAt = end => bar.isPointInStroke(new DOMPoint(x + width / 2 - 2.5, end));
        return `${capAt(y + height)} ${capAt(y)}`;
      });
      """;

  @Test
  void aBarHasACapAtEachEndWithinItsFrame(Browser browser) {
    RunReport run = Fixtures.twoForks();
    Chart chart = new Charts(run).chart(ChartKind.EFFICIENCY).orElseThrow();
    Scale axis = chart.y().scale();
    List<String> ends =
        chart.series().stream()
            .flatMap(series -> series.data().stream())
            .map(Datum::interval)
            .flatMap(Stream::ofNullable)
            .map(i -> (i.low() > axis.min()) + " " + (i.high() < axis.max()))
            .toList();
    assertThat(ends).contains("true false");
    assertThat(browser.open(run, View.DESKTOP).list(CAPS))
        .containsExactlyInAnyOrderElementsOf(ends);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void theChartFilesCanBeReadToo(RunReport run, Browser browser) {
    Charts charts = new Charts(run);
    for (PanelKind kind : PanelKind.values()) {
      kind.create(run, charts)
          .map(panel -> Svg.file(panel.figure()))
          .ifPresent(svg -> assertReadable(svg, browser));
    }
  }

  private static void assertReadable(String svg, Browser browser) {
    OpenPage picture = browser.open(svg, "svg", View.DESKTOP);
    assertThat(Labels.faults(picture)).isEmpty();
    assertThat(picture.complaints()).isEmpty();
  }

  /// Tables may be wider than a telephone: they scroll by themselves.
  static final String STICKING_OUT =
      """
      return [...document.querySelectorAll('body *:not(.skip, .hidden, legend, fieldset input)')]
        .filter(e => !e.closest('.scroll, svg') || e.matches('svg:not(.key), .scroll'))
        .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5
          || e.getBoundingClientRect().left < -0.5)
        .map(e => `${e.tagName}.${e.className.baseVal ?? e.className}: ${e.textContent.slice(0, 40)}`);
      """;

  @Test
  void aFaultyPageWouldBeNoticed(Browser browser) {
    OpenPage page =
        browser.open(
            """
            <!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="script-src 'none'">
            <title>faulty</title><style>svg { width: 100px }</style><script>alert(1)</script>
            <svg role="img" viewBox="0 0 100 100"><title id="faulty">x</title>
            <text x="10" y="50">one</text><text x="12" y="52">two</text><text x="90" y="90">three</text>
            </svg><img src="none.png"><p style="width: 2000px">wide</p>
            """,
            "html",
            View.PHONE);
    assertThat(page.complaints()).anyMatch(line -> line.contains("Content Security Policy"));
    assertThat(page.requests()).hasSize(2).anyMatch(address -> address.endsWith("none.png"));
    assertThat(Labels.faults(page))
        .containsExactly("faulty: 'two' lies on 'one'", "faulty: 'three' leaves the picture");
    assertThat(page.list(STICKING_OUT)).containsExactly("P.: wide");
  }
}
