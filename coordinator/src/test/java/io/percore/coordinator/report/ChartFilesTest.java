package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartFilesTest {
  @TempDir Path directory;

  static Stream<RunReport> runs() {
    return Stream.of(
        Fixtures.defaultRun(),
        Fixtures.quickRun(),
        Fixtures.oneFork(),
        Fixtures.fixedWork(),
        Fixtures.pairs(),
        Fixtures.troubledRun(),
        Fixtures.sixteenCores(),
        Fixtures.hostileNames(),
        Fixtures.foreignNames(),
        Fixtures.fourteenStrategies());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyFileIsWellFormedSelfContainedAndDescribed(RunReport run) throws Exception {
    List<Path> files = ChartFiles.write(new Panels(run), directory);
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      String svg = Files.readString(file);
      Document document = Pages.xml(svg);
      Element root = document.getDocumentElement();
      assertThat(root.getNodeName()).isEqualTo("svg");
      for (String id : root.getAttribute("aria-labelledby").split(" ", -1)) {
        assertThat(Pages.byId(document, id).getTextContent()).isNotBlank();
      }
      boolean fixed = file.toString().matches(".*-(light|dark)\\.svg");
      assertThat(svg.contains("prefers-color-scheme: dark")).isNotEqualTo(fixed);
      assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
          .doesNotContain("http", "href", "src=", "@import", "url(", "<script", "NaN", "Infinity");
    }
  }

  /// Names of the files that are light or dark as the page is; the others are beside them.
  private static List<String> adaptive(RunReport run, Path directory) throws IOException {
    List<String> names =
        ChartFiles.write(new Panels(run), directory).stream()
            .map(file -> file.getFileName().toString())
            .toList();
    List<String> adaptive =
        names.stream().filter(name -> !name.matches(".*-(light|dark)\\.svg")).toList();
    assertThat(names)
        .containsExactlyElementsOf(
            adaptive.stream()
                .map(name -> name.replace(".svg", ""))
                .flatMap(name -> Stream.of(name + ".svg", name + "-light.svg", name + "-dark.svg"))
                .toList());
    return adaptive;
  }

  @Test
  void drawsWhatWasMeasured() throws IOException {
    assertThat(adaptive(Fixtures.defaultRun(), directory.resolve("new/charts")))
        .containsExactly(
            "throughput.svg",
            "ranking.svg",
            "speedup.svg",
            "efficiency.svg",
            "time-per-operation.svg",
            "lost-updates.svg",
            "trial-strip.svg",
            "processors.svg");
  }

  @Test
  void drawsNothingThatWasNotMeasuredAndRemovesWhatWasThere() throws IOException {
    Path stale = Files.writeString(directory.resolve("lost-updates.svg"), "older");
    Path dark = Files.writeString(directory.resolve("lost-updates-dark.svg"), "older");
    assertThat(ChartFiles.write(new Panels(Fixtures.pairs()), directory)).doesNotContain(stale);
    assertThat(stale).doesNotExist();
    assertThat(dark).doesNotExist();
    assertThat(adaptive(Fixtures.oneFork(), directory))
        .containsExactly("throughput.svg", "time-per-operation.svg", "processors.svg");
  }

  @Test
  void theSameRunGivesTheSameFiles() throws IOException {
    List<Path> files = ChartFiles.write(new Panels(Fixtures.defaultRun()), directory.resolve("a"));
    ChartFiles.write(new Panels(Fixtures.defaultRun()), directory.resolve("b"));
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      assertThat(file).hasSameTextualContentAs(directory.resolve("b").resolve(file.getFileName()));
    }
  }
}
