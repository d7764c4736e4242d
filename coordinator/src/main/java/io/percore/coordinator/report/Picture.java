package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Colours;
import io.percore.coordinator.report.chart.Markup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The element that shows a chart's file in a README: light on a light page, dark on a dark one.
public final class Picture {
  private Picture() {}

  /// The element for the throughput, between blank lines; empty when it was not measured.
  ///
  /// @param charts directory that holds the files, as seen from the text
  public static String ofThroughput(Panels panels, Path charts) {
    Optional<Panel> panel = panels.panel(PanelKind.THROUGHPUT);
    return panel.map(shown -> element(shown, PanelKind.THROUGHPUT, charts)).orElse("");
  }

  private static String element(Panel panel, PanelKind kind, Path charts) {
    Markup picture = new Markup();
    picture.open("picture").line();
    picture
        .empty(
            "source",
            "media",
            "(prefers-color-scheme: dark)",
            "srcset",
            address(charts.resolve(Colours.DARK.fileName(kind.id()))))
        .line();
    picture
        .empty(
            "img",
            "src",
            address(charts.resolve(Colours.LIGHT.fileName(kind.id()))),
            "alt",
            panel.figure().description().replace('\n', ' '))
        .line();
    return "\n" + picture.close().line();
  }

  private static String address(Path file) {
    String names =
        StreamSupport.stream(file.spliterator(), false)
            .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8))
            .map(name -> name.replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return file.isAbsolute() ? "/" + names : names;
  }
}
