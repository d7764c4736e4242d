package io.percore.coordinator.report.several;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.report.ComparisonReport;
import io.percore.coordinator.report.Json;
import io.percore.coordinator.report.JsonSummary;
import io.percore.coordinator.report.several.Relation.Difference;
import io.percore.coordinator.report.several.Relation.Withheld;
import io.percore.coordinator.stats.RunComparison;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/// `summary.json` of several runs: the whole summary of each, what differs, and the ratios of each
/// to the first. An unknown or withheld figure is null.
public final class SeveralJson {
  /// Version of the form.
  public static final String SCHEMA = "percore-runs/1";

  private SeveralJson() {}

  /// Writes the document; `out` stays open.
  ///
  /// @throws IOException when `out` does
  public static void write(SideBySide runs, Writer out) throws IOException {
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA);
    root.put("title", runs.title());
    root.set("verdict", Json.texts(SeveralVerdict.sentences(runs)));
    root.put("machines", NamedRun.machines(runs.runs()));
    root.set("facts", facts(runs));
    ArrayNode relations = root.putArray("relations");
    runs.relations().forEach(relation -> relations.add(relation(relation)));
    ArrayNode all = root.putArray("runs");
    for (NamedRun run : runs.runs()) {
      ObjectNode node = all.addObject();
      node.put("name", run.name());
      node.put("tornBytes", run.torn());
      node.set("summary", JsonSummary.document(run.report()));
    }
    Json.write(root, out);
  }

  private static ArrayNode facts(SideBySide runs) {
    ArrayNode facts = Json.array();
    for (Fact fact : Fact.values()) {
      ObjectNode node = facts.addObject();
      node.put("fact", fact.title());
      node.put("differs", fact.differs(runs.runs()));
      ArrayNode values = node.putArray("values");
      runs.runs().forEach(run -> values.add(Json.texts(fact.of(run))));
    }
    return facts;
  }

  private static ObjectNode relation(Relation relation) {
    ObjectNode node = Json.object();
    node.put("run", relation.run().name());
    ArrayNode differences = node.putArray("differences");
    for (Difference difference : relation.differences()) {
      differences
          .addObject()
          .put("factor", difference.factor().name().toLowerCase(Locale.ROOT))
          .put("what", difference.what())
          .put("first", difference.first())
          .put("here", difference.here());
    }
    ArrayNode withheld = node.putArray("withheld");
    for (Withheld strategy : relation.withheld()) {
      withheld.addObject().put("strategy", strategy.strategy()).put("reason", strategy.reason());
    }
    RunComparison comparison = relation.comparison();
    if (comparison == null) {
      node.putNull("points");
    } else {
      node.set("points", ComparisonReport.points(comparison));
      node.set("onlyInFirst", Json.texts(comparison.onlyInBase()));
      node.set("onlyHere", Json.texts(comparison.onlyInNew()));
    }
    return node;
  }
}
