package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.OpenPage.Paper;
import io.percore.coordinator.report.several.SeveralFixtures;
import io.percore.coordinator.report.several.SeveralPage;
import io.percore.coordinator.report.several.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The page of several runs in a browser, on a desk, on a telephone and on paper.
@ExtendWith(WithBrowser.class)
@Tag("untimed")
class SeveralPageIT {
  private static final List<View> WINDOWS = List.of(View.DESKTOP, View.PHONE, View.NARROW_PHONE);

  /// Words of the cells of one run that are on two lines, the longest aside. A hyphen ends a word,
  /// but between digits.
  private static final String BROKEN =
      """
      const broken = [];
      for (const cell of document.querySelectorAll('.machines th, .machines td[colspan="1"]')) {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        for (let text = walker.nextNode(); text; text = walker.nextNode()) {
          for (const word of text.data.matchAll(/(?:[^\\s-]|(?<=\\d)-(?=\\d))+/g)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
            if (word[0].length <= 20 && lines.size > 1) broken.push(word[0]);
          }
        }
      }
      return broken;
      """;

  static Stream<Named<SideBySide>> several() {
    return Stream.of(
        Named.of("one machine", SeveralFixtures.oneMachine()),
        Named.of("three runs", SeveralFixtures.threeRuns()),
        Named.of("machines", SeveralFixtures.machines()),
        Named.of("hostile", SeveralFixtures.hostile()),
        Named.of("large", SeveralFixtures.large()),
        Named.of("thirty", SeveralFixtures.thirty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("several")
  void itFitsIntoEveryWindowAndBreaksNoWord(SideBySide runs, Browser browser) {
    OpenPage page = browser.open(SeveralPage.render(runs), "html", View.DESKTOP);
    for (View view : WINDOWS) {
      page.lookAs(view);
      assertThat(page.eval("return document.documentElement.scrollWidth").asInt())
          .as("%s", view)
          .isLessThanOrEqualTo(view.width());
      assertThat(page.list(ReportPageIT.STICKING_OUT)).as("%s", view).isEmpty();
      assertThat(page.list(BROKEN)).as("%s", view).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("several")
  void everyLabelCanBeReadAtEveryWidth(SideBySide runs, Browser browser) {
    OpenPage page = browser.open(SeveralPage.render(runs), "html", View.DESKTOP);
    for (View view : WINDOWS) {
      page.lookAs(view);
      for (String by : List.of("by-run", "by-strategy")) {
        page.run("document.getElementById('" + by + "').click()");
        assertThat(Labels.faults(page)).as("%s, %s", view, by).isEmpty();
      }
    }
  }

  @Test
  void nothingKeepsPeopleOut(Browser browser) throws Exception {
    OpenPage page =
        browser.open(SeveralPage.render(SeveralFixtures.threeRuns()), "html", View.DESKTOP);
    page.run(ReportPageLooksIT.axe());
    assertThat(page.await(ReportPageLooksIT.VIOLATIONS)).isEmpty();
    assertThat(page.complaints()).isEmpty();
  }

  /// What follows on a heading, wherever on its sheet that stands.
  @Test
  void noHeadingEndsASheet(Browser browser) throws Exception {
    OpenPage page =
        browser.open(SeveralPage.render(SeveralFixtures.threeRuns()), "html", View.PAPER);
    for (int room = 0; room < 1000; room += 50) {
      page.run("document.querySelector('main').style.paddingTop = '" + room + "px'");
      try (PDDocument paper = Loader.loadPDF(page.print(Paper.A4))) {
        for (String sheet :
            ReportPageLooksIT.textOf(paper, new ArrayList<>(), 0, new ArrayList<>())) {
          assertThat(sheet)
              .as("Data after %d px", room)
              .matches("(?!.*Data ops/s).*|.*Data ops/s.*] .*");
          assertThat(sheet)
              .as("Efficiency after %d px", room)
              .matches(
                  "(?!.*Parallel efficiency A line).*|.*Parallel efficiency A line.*parallelism"
                      + " N.*");
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Paper.class)
  void threeRunsArePrintedOnFourSheetsInTypeThatCanBeRead(Paper size, Browser browser)
      throws Exception {
    OpenPage page =
        browser.open(SeveralPage.render(SeveralFixtures.threeRuns()), "html", View.PAPER);
    try (PDDocument paper = Loader.loadPDF(page.print(size))) {
      List<String> outside = new ArrayList<>();
      List<String> small = new ArrayList<>();
      ReportPageLooksIT.textOf(paper, outside, 6.5, small);
      assertThat(outside).isEmpty();
      assertThat(small).as("below 6.5 pt").isEmpty();
      assertThat(paper.getNumberOfPages()).isEqualTo(4);
    }
  }
}
