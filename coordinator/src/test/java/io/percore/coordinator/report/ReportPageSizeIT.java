package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How large pages are. How long they take to write and to show, and what memory the browser needs
/// for that, is printed: those figures say something on a quiet machine alone.
@ExtendWith(WithBrowser.class)
@Tag("untimed")
class ReportPageSizeIT {
  private static final int KILOBYTE = 1000;

  @Test
  void aDefaultRunStaysBelowThreeHundredKilobytes(Browser browser) {
    assertThat(size("default", PageRuns.run("default, busy"), browser)).isLessThan(300 * KILOBYTE);
  }

  @Test
  void aHundredTimesTheTrialsDoNotMakeThePageAHundredTimesAsLarge(Browser browser) {
    size("1,000 trials", Fixtures.manyTrials(1_000), browser);
    assertThat(size("10,000 trials", PageRuns.run("10,000 trials"), browser))
        .isLessThan(1000 * KILOBYTE);
  }

  private static int size(String name, RunReport run, Browser browser) {
    long begin = System.nanoTime();
    String html = new HtmlReport().render(run);
    double written = (System.nanoTime() - begin) / 1e6;
    int bytes = html.getBytes(StandardCharsets.UTF_8).length;
    JsonNode shown =
        browser
            .open(html, "html", View.DESKTOP)
            .eval(
                """
                const [load] = performance.getEntriesByType('navigation');
                return {
                  millis: load.loadEventEnd,
                  heap: performance.memory.usedJSHeapSize,
                  elements: document.querySelectorAll('*').length,
                };
                """);
    System.out.printf(
        Locale.ROOT,
        "page of %s: %d kB, written in %.0f ms, shown in %.0f ms, %d elements, script heap %.1f"
            + " MB%n",
        name,
        bytes / KILOBYTE,
        written,
        shown.get("millis").asDouble(),
        shown.get("elements").asInt(),
        shown.get("heap").asDouble() / 1e6);
    return bytes;
  }
}
