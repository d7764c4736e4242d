package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes panels into a page. Every form in which a figure can be looked at is in the page from the
/// start, so that the style alone chooses among them, and all are drawn by the same code.
public final class PagePanels {
  private final ObjectNode readings = JsonNodeFactory.instance.objectNode();

  /// The read-outs of every panel that was written, as JSON that can stand in a script element.
  public String readings() {
    return Json.text(readings).replace("<", "\\u003c");
  }

  /// Writes a panel.
  ///
  /// @param id of its section, and of its read-outs
  /// @param level of its heading: `h2`, or `h3` where it is one of a group
  /// @param heading its text
  public void write(Markup page, String id, String level, String heading, Panel panel) {
    page.open("section", "class", panel.place() == Place.HALF ? "panel" : "panel wide", "id", id);
    if (panel.place() == Place.COLLAPSED) {
      page.open("details").open("summary").element(level, heading).close();
      page.open("div", "class", "bar");
    } else {
      page.open("div", "class", "bar").element(level, heading);
    }
    tools(page, id, panel);
    page.close();
    page.element("p", panel.figure().caption(), "class", "caption").line();
    page.open("div", "class", "plots", "data-chart", id);
    panel.views().forEach(view -> view(page, view));
    page.close();
    if (panel.place() == Place.COLLAPSED) {
      page.close();
    }
    page.close().line();
    readings.set(id, readings(panel.figure().title(), panel.readOut()));
  }

  private static void tools(Markup page, String id, Panel panel) {
    page.open("div", "class", "tools");
    if (panel.switched()) {
      choice(page, id);
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
          "Download " + panel.figure().title() + " as " + format);
    }
    page.close();
  }

  private static void choice(Markup page, String panel) {
    page.open("fieldset").element("legend", "Scale of both axes", "class", "hidden");
    for (Form form : Form.values()) {
      String name = form.name().toLowerCase(Locale.ROOT);
      String id = panel + "-" + name;
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

  private static void view(Markup page, View view) {
    List<String> classes = new ArrayList<>(List.of("plot"));
    Form form = view.form();
    Size size = view.size();
    if (form != null) {
      classes.add(form.name().toLowerCase(Locale.ROOT));
    }
    if (size != null) {
      classes.add(size.name().toLowerCase(Locale.ROOT));
    }
    page.open("div", "class", String.join(" ", classes)).trusted(Svg.inPage(view.figure())).close();
  }

  /// What is read out at each stop, and how each series is marked.
  private static ObjectNode readings(String title, ReadOut readOut) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", title).put("through", readOut.through());
    ArrayNode series = node.putArray("series");
    for (ReadOut.Key key : readOut.keys()) {
      series
          .addObject()
          .put("name", key.name())
          .put("look", key.style().classes())
          .put("marker", key.style().marker(4.4))
          .put("filled", key.style().filled());
    }
    ArrayNode stops = node.putArray("stops");
    for (ReadOut.Stop stop : readOut.stops()) {
      ArrayNode rows = stops.addObject().put("label", stop.label()).putArray("rows");
      stop.rows().forEach(row -> rows.addArray().add(row.key()).add(row.text()));
    }
    return node;
  }
}
