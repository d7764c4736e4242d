package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.percore.coordinator.verify.Expected.Same;
import io.percore.coordinator.verify.Plan.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// `summary.csv`: what stands in its cells, and what has to stand there. A cell's path is the row,
/// from 0, and the column, such as `summary.csv[3].speedup`.
final class CsvCells {
  private static final String NAME = "summary.csv";

  /// Columns that have another name in a point of `summary.json`.
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("throughputMedian", "throughput.median"),
          Map.entry("throughputMean", "throughput.mean"),
          Map.entry("throughputCiLow", "throughput.ciLow"),
          Map.entry("throughputCiHigh", "throughput.ciHigh"),
          Map.entry("speedup", "speedup.value"),
          Map.entry("speedupCiLow", "speedup.ciLow"),
          Map.entry("speedupCiHigh", "speedup.ciHigh"),
          Map.entry("efficiency", "efficiency.value"),
          Map.entry("efficiencyCiLow", "efficiency.ciLow"),
          Map.entry("efficiencyCiHigh", "efficiency.ciHigh"),
          Map.entry("speedupOverSequential", "speedupOverSequential.value"),
          Map.entry("speedupOverSequentialCiLow", "speedupOverSequential.ciLow"),
          Map.entry("speedupOverSequentialCiHigh", "speedupOverSequential.ciHigh"));

  private static final List<String> ALIKE =
      Pattern.compile(",")
          .splitAsStream(
              "strategy,discipline,workload,sharing,scaling,parallelism,processes,"
                  + "threadsPerProcess,forks,nanosPerOp,lostUpdates,expectedUpdates,netError,"
                  + "doubleFrees,prematureFrees,invalidated,failed,missing,fairness,"
                  + "startSkewNanos,cpuShare,collector,usesAfterFree,leaks,referenceCount,disturbed")
          .toList();

  private CsvCells() {}

  /// The cells of a file.
  ///
  /// @throws IOException when it is not such a table
  static Map<String, JsonNode> written(String text) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    Map<String, JsonNode> cells = new LinkedHashMap<>();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      int row = 0;
      for (CSVRecord line : parser) {
        String where = NAME + "[" + row++ + "].";
        if (!line.isConsistent()) {
          throw new IOException(NAME + " is damaged: row " + row + " has too few or many cells");
        }
        line.toMap().forEach((column, cell) -> cells.put(where + column, node(cell)));
      }
      cells.put(NAME + "[]", IntNode.valueOf(row));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new IOException(NAME + " is damaged: " + e.getMessage(), e);
    }
    return cells;
  }

  private static JsonNode node(String cell) {
    if (cell.isEmpty()) {
      return NullNode.getInstance();
    }
    if (cell.matches("-?[0-9]+")) {
      return BigIntegerNode.valueOf(new BigInteger(cell));
    }
    if (cell.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?")) {
      return DoubleNode.valueOf(Double.parseDouble(cell));
    }
    return cell.equals("true") || cell.equals("false")
        ? BooleanNode.valueOf(cell.equals("true"))
        : TextNode.valueOf(cell);
  }

  /// What follows from what has to stand in `summary.json`.
  static Map<String, Expected> expected(Plan plan, Map<String, Expected> answers) {
    Map<String, Expected> cells = new TreeMap<>();
    List<Point> points = plan.points();
    cells.put(NAME + "[]", Expected.count(BigInteger.valueOf(points.size())));
    for (int i = 0; i < points.size(); i++) {
      String cell = NAME + "[" + i + "].";
      String point = "points[" + i + "].";
      RENAMED.forEach((column, name) -> cells.put(cell + column, get(answers, point + name)));
      ALIKE.forEach(column -> cells.put(cell + column, get(answers, point + column)));
      boolean scored = !Expected.count(BigInteger.ZERO).equals(get(answers, point + "forks"));
      cells.put(cell + "pinned", scored ? get(answers, point + "pinned") : Expected.nothing());
      cells.put(cell + "parameters", parameters(plan.parameters(points.get(i).discipline())));
      if (new Expected.Filled(true).equals(get(answers, point + "defects[]"))) {
        cells.put(cell + "defects", Expected.nothing());
      }
    }
    return cells;
  }

  private static Expected get(Map<String, Expected> answers, String path) {
    Expected expected = answers.get(path);
    if (expected == null) {
      throw new IllegalStateException("nothing is expected at " + path);
    }
    return expected;
  }

  private static Expected parameters(Map<String, String> parameters) {
    return new Same(
        node(
            parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "))));
  }
}
