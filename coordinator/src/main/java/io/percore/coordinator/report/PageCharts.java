package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.SvgChart;
import java.util.Locale;
import java.util.stream.IntStream;

/// The charts of a page. Every form in which a chart can be looked at is in the page from the
/// start, so that the style alone chooses among them, and all are drawn by the same code.
final class PageCharts {
  private final Charts charts;
  private final ObjectNode readings = JsonNodeFactory.instance.objectNode();

  PageCharts(RunReport report) {
    this.charts = new Charts(report);
  }

  void write(Markup page) {
    page.open("div", "class", "panels", "id", "charts", "tabindex", "-1").line();
    for (ChartKind kind : ChartKind.values()) {
      charts.chart(kind).ifPresent(chart -> panel(page, kind, chart));
    }
    page.close().line();
  }

  /// The figures of every chart that was written, as JSON that can stand in a script element.
  String readings() {
    return readings.toString().replace("<", "\\u003c");
  }

  private void panel(Markup page, ChartKind kind, Chart chart) {
    boolean switched = kind == ChartKind.THROUGHPUT;
    page.open("section", "class", switched ? "panel wide" : "panel", "id", kind.id());
    page.open("div", "class", "bar").element("h2", kind.title());
    page.open("div", "class", "tools");
    if (switched) {
      choice(page, kind);
    }
    for (String format : new String[] {"SVG", "PNG"}) {
      page.element(
          "button",
          format,
          "type",
          "button",
          "hidden",
          "hidden",
          "aria-label",
          "Download " + kind.title() + " as " + format);
    }
    page.close().close();
    page.element("p", chart.caption(), "class", "caption").line();
    page.open("div", "class", "plots", "data-chart", kind.id());
    if (switched) {
      for (Form form : Form.values()) {
        for (Size size : Size.values()) {
          charts.chart(kind, form, size).ifPresent(c -> plot(page, c, form, size));
        }
      }
    } else {
      page.trusted(SvgChart.inPage(chart));
    }
    page.close().close().line();
    readings.set(kind.id(), readings(chart));
  }

  private static void choice(Markup page, ChartKind kind) {
    page.open("fieldset").element("legend", "Scale of both axes", "class", "hidden");
    for (Form form : Form.values()) {
      String name = form.name().toLowerCase(Locale.ROOT);
      String id = kind.id() + "-" + name;
      if (form == Form.LOG) {
        page.empty(
            "input", "type", "radio", "name", "scale", "value", name, "id", id, "checked",
            "checked");
      } else {
        page.empty("input", "type", "radio", "name", "scale", "value", name, "id", id);
      }
      page.element("label", name, "for", id);
    }
    page.close();
  }

  private static void plot(Markup page, Chart chart, Form form, Size size) {
    String classes = form.name() + " " + size.name();
    page.open("div", "class", "plot " + classes.toLowerCase(Locale.ROOT))
        .trusted(SvgChart.inPage(chart))
        .close();
  }

  /// The readings of a chart by x, and how each series is marked.
  private static ObjectNode readings(Chart chart) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", chart.title());
    ArrayNode series = node.putArray("series");
    for (Series s : chart.series()) {
      series
          .addObject()
          .put("name", s.name())
          .put("look", s.style().classes())
          .put("marker", s.style().marker(4.4))
          .put("filled", s.style().filled());
    }
    ArrayNode stops = node.putArray("stops");
    chart.series().stream()
        .flatMap(s -> s.data().stream())
        .mapToDouble(Datum::x)
        .distinct()
        .sorted()
        .forEach(x -> stops.add(stop(chart, x)));
    return node;
  }

  private static ObjectNode stop(Chart chart, double x) {
    ObjectNode stop = JsonNodeFactory.instance.objectNode().put("label", "N = " + (int) x);
    ArrayNode rows = stop.putArray("rows");
    record Reading(int series, Datum datum) {}
    IntStream.range(0, chart.series().size())
        .boxed()
        .flatMap(i -> chart.series().get(i).data().stream().map(d -> new Reading(i, d)))
        .filter(r -> r.datum().x() == x)
        .sorted((a, b) -> Double.compare(b.datum().y(), a.datum().y()))
        .forEach(r -> rows.addArray().add(r.series()).add(r.datum().reading()));
    return stop;
  }
}
