package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PictureTest {
  private static String picture(String charts) {
    return Picture.ofThroughput(new Panels(Fixtures.defaultRun()), Path.of(charts));
  }

  @Test
  void showsTheDarkChartOnDarkPagesAndTheLightOneOnOthers() throws Exception {
    Document picture = Pages.xml(picture("run/charts").strip());
    Element source = Pages.elements(picture, "source").getFirst();
    assertThat(source.getAttribute("media")).isEqualTo("(prefers-color-scheme: dark)");
    assertThat(source.getAttribute("srcset")).isEqualTo("run/charts/throughput-dark.svg");
    Element image = Pages.elements(picture, "img").getFirst();
    assertThat(image.getAttribute("src")).isEqualTo("run/charts/throughput-light.svg");
    assertThat(image.getAttribute("alt"))
        .startsWith("Throughput against parallelism. gil: at N = 1 ");
  }

  /// A blank line would end it in Markdown, and without one before it it would go on in a
  /// paragraph.
  @Test
  void isOneBlock() {
    assertThat(picture("charts")).startsWith("\n<picture>\n").endsWith("</picture>\n");
    assertThat(picture("charts").strip()).doesNotContain("\n\n");
  }

  @Test
  void anyDirectoryHasAnAddress() {
    assertThat(picture("../a b/1:2, \"x\"/charts"))
        .contains("srcset=\"../a%20b/1%3A2%2C%20%22x%22/charts/throughput-dark.svg\"");
    assertThat(picture("/runs/one")).contains("src=\"/runs/one/throughput-light.svg\"");
  }
}
