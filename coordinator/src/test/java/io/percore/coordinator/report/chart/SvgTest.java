package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SvgTest {
  private record Plain(String title, String caption, Drawing drawing) implements Figure {
    @Override
    public String id() {
      return "plain";
    }

    @Override
    public String description() {
      return "What <it> shows";
    }

    @Override
    public Drawing draw(boolean tooltips) {
      return new Drawing(
          drawing.width(),
          drawing.height(),
          drawing.marks() + (tooltips ? "<title>tip</title>" : ""),
          drawing.stops());
    }
  }

  private static Plain plain(List<Box> stops) {
    return new Plain("Title", "Caption", new Drawing(200, 100, "<g class=\"marks\"/>", stops));
  }

  @Test
  void aPageGetsTheMarksAndTheStopsAndKnowsTheStyleAlready() {
    assertThat(Svg.inPage(plain(List.of(new Box(5, 1, 0, 9), new Box(10, 20, 30, 40)))))
        .contains("aria-labelledby=\"plain-title plain-desc\" viewBox=\"0 0 200 100\"")
        .contains("<desc id=\"plain-desc\">What &lt;it&gt; shows</desc>")
        .contains("<g class=\"marks\"/>")
        .contains("<path class=\"stop\" d=\"M5 1V10\"/>")
        .contains("<rect class=\"stop\" x=\"10\" y=\"20\" width=\"30\" height=\"40\"/>")
        .doesNotContain("<style>", "tip", "heading");
    assertThat(Svg.inPage(plain(List.of()))).doesNotContain("stop");
  }

  @Test
  void aFileHasTheHeadingAboveTheMarksAndNoStops() {
    assertThat(Svg.file(plain(List.of(new Box(5, 1, 0, 9)))))
        .contains("viewBox=\"0 0 200 148\"", "<style>", "prefers-color-scheme: dark")
        .containsSubsequence(
            ">Title</text>",
            ">Caption</text>",
            "<g transform=\"translate(0 48)\">",
            "<g class=\"marks\"/>",
            "<title>tip</title>")
        .doesNotContain("class=\"stop\"");
  }

  @Test
  void aFileIsLightOrDarkOrAsThePageIs() {
    Map<Colours, String> files = Svg.files(plain(List.of()));
    assertThat(files.get(Colours.LIGHT)).contains("fill: #ffffff").doesNotContain("fill: #16181c");
    assertThat(files.get(Colours.DARK))
        .containsSubsequence(".card { fill: #ffffff; }", ".card { fill: #16181c; }")
        .doesNotContain("@media");
    assertThat(files.get(Colours.ADAPTIVE))
        .isEqualTo(Svg.file(plain(List.of())))
        .containsSubsequence(
            ".card { fill: #ffffff; }",
            "@media screen and (prefers-color-scheme: dark) {\n  .c0",
            "  .chart .card { fill: #16181c; }",
            "\n}\n");
  }

  @Test
  void aCaptionIsBrokenIntoLinesThatFit() {
    List<String> lines =
        Svg.heading(
            new Plain(
                "A title that is wider than the picture is",
                "A caption of some length that has to be broken into more than one line.",
                new Drawing(200, 100, "")),
            200);
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(lines.getFirst()).endsWith("…");
    assertThat(TextWidth.of(lines.getFirst(), 16, true)).isLessThanOrEqualTo(176);
    assertThat(lines.subList(1, lines.size()))
        .allSatisfy(line -> assertThat(TextWidth.of(line, 11, false)).isLessThanOrEqualTo(176));
    assertThat(String.join(" ", lines.subList(1, lines.size())))
        .isEqualTo("A caption of some length that has to be broken into more than one line.");
  }
}
