package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.report.OpenPage.Paper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The page for those who see it in the dark, on paper, without motion, without scripts or not at
/// all.
@ExtendWith(WithBrowser.class)
@Tag("untimed")
class ReportPageLooksIT {
  static final String VIOLATIONS =
      """
      axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(
        v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))
      """;

  private static final String MAIN = "return document.querySelector('main').innerText";

  static Stream<Named<RunReport>> shapes() {
    return PageRuns.named(
        "default",
        "every chart",
        "missing and failed trials",
        "foreign names",
        "fourteen strategies");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void nothingKeepsPeopleOut(RunReport run, Browser browser) throws Exception {
    OpenPage page = browser.open(run, View.DESKTOP);
    page.run(axe());
    assertThat(page.await(VIOLATIONS)).isEmpty();
  }

  @Test
  void norInTheDarkOrOnAPhone(Browser browser) throws Exception {
    OpenPage page = browser.open(PageRuns.run("default"), View.DESKTOP.inTheDark());
    page.run(axe());
    assertThat(page.await(VIOLATIONS)).isEmpty();
    page.lookAs(View.PHONE);
    // Colours change gradually: those halfway are nobody's to read.
    page.await("Promise.all(document.getAnimations().map(a => a.finished)).then(() => true)");
    assertThat(page.await(VIOLATIONS)).isEmpty();
  }

  @Test
  void axeWouldNotice(Browser browser) throws Exception {
    OpenPage page =
        browser.open(
            "<!DOCTYPE html><title>x</title><p style=\"color: #bbb\">grey</p>",
            "html",
            View.DESKTOP);
    page.run(axe());
    assertThat(page.await("axe.run(document).then(r => r.violations.map(v => v.id))").toString())
        .contains("color-contrast", "html-has-lang");
  }

  static String axe() throws IOException {
    try (InputStream library = ReportPageLooksIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(library, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Contrast of each text in a picture to what the picture stands on, by WCAG 2.
  private static final String FAINT =
      """
      const channels = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
      const luminance = colour => channels(colour)
        .map(c => c / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const paper = luminance(getComputedStyle(document.body).backgroundColor);
      const contrast = l => (Math.max(l, paper) + 0.05) / (Math.min(l, paper) + 0.05);
      return {
        paper,
        faint: [...document.querySelectorAll('svg[role="img"] text')]
          .filter(t => contrast(luminance(getComputedStyle(t).fill)) < 4.5)
          .map(t => t.textContent),
      };
      """;

  @Test
  void theDarkSchemeIsDarkAndEveryTextStandsOut(Browser browser) {
    RunReport run = PageRuns.run("fourteen strategies");
    JsonNode light = browser.open(run, View.DESKTOP).eval(FAINT);
    assertThat(light.get("paper").asDouble()).isGreaterThan(0.9);
    assertThat(light.get("faint")).isEmpty();
    JsonNode dark = browser.open(run, View.DESKTOP.inTheDark()).eval(FAINT);
    assertThat(dark.get("paper").asDouble()).isLessThan(0.05);
    assertThat(dark.get("faint")).isEmpty();
  }

  private static final String MOVING =
      """
      return [...document.querySelectorAll('*')]
        .filter(e => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
          return animationName !== 'none' || scrollBehavior === 'smooth'
            || transitionDuration.split(', ').some(d => parseFloat(d) > 0);
        })
        .map(e => e.tagName);
      """;

  @Test
  void nothingMovesForThoseWhoWantItStill(Browser browser) {
    RunReport run = PageRuns.run("default");
    assertThat(browser.open(run, View.DESKTOP).list(MOVING)).contains("BUTTON");
    assertThat(browser.open(run, View.DESKTOP.withoutMotion()).list(MOVING)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void withoutScriptsEverythingIsThereButReadOutsAndDownloads(RunReport run, Browser browser) {
    String drop = "document.querySelectorAll('.readout, button').forEach(e => e.remove());";
    OpenPage usual = browser.open(run, View.DESKTOP);
    String text = usual.eval(drop + MAIN).asText();
    int pictures = shownPictures(usual);
    OpenPage page = browser.open(run, View.DESKTOP.withoutScripts());
    assertThat(
            page.list(
                "return [...document.querySelectorAll('button')].filter(b =>"
                    + " b.getClientRects().length > 0)"))
        .isEmpty();
    assertThat(page.eval(MAIN).asText()).isEqualTo(text);
    assertThat(shownPictures(page)).isEqualTo(pictures).isPositive();
  }

  private static int shownPictures(OpenPage page) {
    return page.eval(
            "return [...document.querySelectorAll('svg[role=\"img\"]')]"
                + ".filter(svg => svg.getClientRects().length > 0).length")
        .asInt();
  }

  static Stream<Named<RunReport>> defaults() {
    return PageRuns.named("default", "default, busy");
  }

  static Stream<Arguments> prints() {
    return Stream.of(Paper.values())
        .flatMap(
            paper ->
                Stream.of(
                    Arguments.of("default", paper, 3, 6.2),
                    Arguments.of("default, busy", paper, 3, 6.2),
                    Arguments.of("every chart", paper, 4, 5.3),
                    Arguments.of("every chart, noisy", paper, 4, 5.3)));
  }

  @ParameterizedTest(name = "{0} on {1}: {2} sheets")
  @MethodSource("prints")
  void aRunIsPrintedOnFewSheetsInTypeThatCanBeRead(
      String run, Paper size, int sheets, double points, Browser browser) throws Exception {
    OpenPage page = browser.open(PageRuns.run(run), View.PAPER);
    List<Panel> panels = new ArrayList<>();
    page.eval(PANELS)
        .forEach(p -> panels.add(new Panel(p.get("title").asText(), p.get("last").asText())));
    assertThat(panels).hasSizeGreaterThan(5);
    try (PDDocument paper = Loader.loadPDF(page.print(size))) {
      assertThat(paper.getNumberOfPages()).isEqualTo(sheets);
      List<String> outside = new ArrayList<>();
      List<String> small = new ArrayList<>();
      List<String> printed = textOf(paper, outside, points, small);
      assertThat(outside).isEmpty();
      assertThat(small).as("below %s pt", points).isEmpty();
      assertThat(String.join(" ", printed)).contains("Not on paper, but in the page");
      for (String sheet : printed) {
        panels.stream()
            .filter(panel -> sheet.contains(panel.title()))
            .collect(Collectors.groupingBy(Panel::last, Collectors.counting()))
            .forEach(
                (last, count) ->
                    assertThat((sheet + ' ').split(Pattern.quote(last)))
                        .as("charts that end in '%s'", last)
                        .hasSizeGreaterThan(count.intValue()));
      }
    }
  }

  /// What stands above a chart, and at its end: on one sheet, unless the chart is torn.
  private record Panel(String title, String last) {}

  private static final String PANELS =
      """
      return [...document.querySelectorAll('.panel:not(:has(details))')].map(panel => {
        const texts = [...panel.querySelectorAll('svg[role="img"] text')]
          .filter(t => t.getClientRects().length > 0 && t.textContent.trim().length > 3);
        const bottom = t => t.getBoundingClientRect().bottom;
        texts.sort((a, b) => bottom(b) - bottom(a));
        return { title: panel.querySelector('h2').textContent, last: texts[0].textContent };
      });
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource("defaults")
  void theTableOfADefaultRunNeedsNoScrollingOnADesk(RunReport run, Browser browser) {
    JsonNode table =
        browser
            .open(run, View.DESKTOP.wide(1200))
            .eval(
                """
                const { scrollWidth, clientWidth } = document.querySelector('#data .scroll');
                return { scrollWidth, clientWidth };
                """);
    assertThat(table.get("scrollWidth").asInt())
        .isLessThanOrEqualTo(table.get("clientWidth").asInt());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void nothingIsCutOffOnPaper(RunReport run, Browser browser) throws Exception {
    OpenPage page = browser.open(run, View.PAPER);
    List<String> words =
        Stream.of(page.eval(MAIN).asText().split("\\s+"))
            .filter(w -> w.matches("\\w{1,30}"))
            .toList();
    for (Paper size : Paper.values()) {
      try (PDDocument paper = Loader.loadPDF(page.print(size))) {
        List<String> outside = new ArrayList<>();
        String printed = String.join(" ", textOf(paper, outside, 0, new ArrayList<>()));
        assertThat(outside).isEmpty();
        assertThat(List.of(printed.split("\\W+"))).containsAll(words);
      }
    }
  }

  /// The text of each sheet.
  ///
  /// @param outside takes what lies beyond the edges of its sheet
  /// @param points the smallest size of type that can be read
  /// @param small takes what is smaller
  static List<String> textOf(
      PDDocument paper, List<String> outside, double points, List<String> small)
      throws IOException {
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void processTextPosition(TextPosition text) {
            boolean inside =
                text.getX() >= 0
                    && text.getY() >= 0
                    && text.getX() + text.getWidth() <= text.getPageWidth()
                    && text.getY() <= text.getPageHeight();
            if (!inside) {
              outside.add(text.getUnicode());
            }
            if (text.getYScale() < points) {
              small.add("%s in %.1f pt".formatted(text.getUnicode(), text.getYScale()));
            }
            super.processTextPosition(text);
          }
        };
    // Reads each direction of writing by itself: titles of upright axes are turned.
    stripper.setSortByPosition(true);
    List<String> sheets = new ArrayList<>();
    for (int sheet = 1; sheet <= paper.getNumberOfPages(); sheet++) {
      stripper.setStartPage(sheet);
      stripper.setEndPage(sheet);
      sheets.add(stripper.getText(paper).replaceAll("\\s+", " "));
    }
    return sheets;
  }
}
