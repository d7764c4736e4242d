package io.percore.coordinator;

import io.percore.coordinator.stats.law.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Reads a curve from a table of text: one row for each measurement, a column of sizes and one of
/// rates.
///
/// Columns are separated by commas, semicolons, tabs or bars. With a header they are known by the
/// usual names, else they are the first two. Rows of the same size are forks. Empty lines and lines
/// that begin with `#` are skipped.
final class CurveFile {
  private static final Set<String> SIZES =
      Set.of(
          "n",
          "size",
          "parallelism",
          "threads",
          "processes",
          "processors",
          "cores",
          "cpus",
          "workers",
          "users",
          "load",
          "concurrency",
          "nodes");
  private static final Set<String> RATES =
      Set.of("x", "throughput", "rate", "tps", "qps", "ops", "speedup");
  private static final Set<String> WEIGHTS = Set.of("w", "weight");
  private static final int MOST_BYTES = 1 << 24;
  private static final String SEPARATORS = ",;\t|";

  private final Path file;
  private final Map<Double, List<Double>> rates = new TreeMap<>();
  private final Map<Double, Double> weights = new TreeMap<>();
  private int size = 0;
  private int rate = 1;
  private int weight = -1;

  private CurveFile(Path file) {
    this.file = file;
  }

  /// The observations of a file, by size.
  ///
  /// @throws UserError when it cannot be read, with the line that is wrong
  static List<Observation> read(Path file) {
    String text = text(file);
    return new CurveFile(file).parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UserError(
            ExitCode.USAGE, file + " is no curve: it has more than " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(ExitCode.USAGE, file + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, "cannot read " + file, e);
    }
  }

  private List<Observation> parse(String text) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator(text))
            .setCommentMarker('#')
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      boolean first = true;
      for (CSVRecord row : parser) {
        if (first && isHeader(row)) {
          header(row);
        } else {
          row(row, parser.getCurrentLineNumber());
        }
        first = false;
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UserError(ExitCode.USAGE, file + ": not a table: " + e.getMessage(), e);
    }
    if (rates.isEmpty()) {
      throw new UserError(ExitCode.USAGE, file + " holds no rows");
    }
    List<Observation> observations = new ArrayList<>();
    rates.forEach(
        (n, forks) -> {
          Double w = weights.get(n);
          observations.add(
              w == null
                  ? Observation.ofForks(n, forks)
                  : new Observation(n, forks.getFirst(), null, 1, w));
        });
    return observations;
  }

  /// The one that occurs first in the first line that is no comment.
  private static char separator(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .findFirst()
        .flatMap(
            line ->
                line.chars()
                    .filter(c -> SEPARATORS.indexOf(c) >= 0)
                    .mapToObj(c -> (char) c)
                    .findFirst())
        .orElse(',');
  }

  private static boolean isHeader(CSVRecord row) {
    return row.stream().noneMatch(cell -> cell.matches("[-+]?[0-9.].*"));
  }

  private void header(CSVRecord row) {
    List<String> names = row.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    int n = indexOf(names, SIZES);
    int x = indexOf(names, RATES);
    if (n >= 0 && x >= 0) {
      size = n;
      rate = x;
    }
    weight = indexOf(names, WEIGHTS);
  }

  private static int indexOf(List<String> names, Set<String> known) {
    return IntStream.range(0, names.size())
        .filter(i -> known.contains(names.get(i)))
        .findFirst()
        .orElse(-1);
  }

  private void row(CSVRecord row, long line) {
    double n = number(row, size, "size", line);
    double x = number(row, rate, "rate", line);
    if (n < 1) {
      throw wrong(line, "a size is at least 1, got '" + row.get(size) + "'");
    }
    List<Double> forks = rates.computeIfAbsent(n, _ -> new ArrayList<>());
    forks.add(x);
    if (weight >= 0) {
      if (forks.size() > 1) {
        throw wrong(line, "a size with a weight stands once, " + row.get(size) + " occurs again");
      }
      weights.put(n, number(row, weight, "weight", line));
    }
  }

  private double number(CSVRecord row, int column, String what, long line) {
    if (column >= row.size()) {
      throw wrong(line, "no " + what + " in column " + (column + 1));
    }
    try {
      double value = Double.parseDouble(row.get(column));
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(line, what + " '" + row.get(column) + "' is not a number");
    }
    throw wrong(line, "a " + what + " is positive and finite, got '" + row.get(column) + "'");
  }

  private UserError wrong(long line, String message) {
    return new UserError(ExitCode.USAGE, file + ":" + line + ": " + message);
  }
}
