package io.percore.coordinator.report;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.report.chart.MarkerKey;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every figure of every point, with intervals, under the contract of its discipline.
final class PageTable {
  private static final String UNKNOWN = "–";
  private static final int MOST_LISTED = 24;

  private final RunReport report;
  private final List<Curve> curves;
  private final List<Column> columns;

  /// What the disciplines so far do.
  private final Set<String> described = new HashSet<>();

  PageTable(RunReport report, List<Curve> curves) {
    this.report = report;
    this.curves = curves;
    this.columns = columns();
  }

  /// A column: its title and how to fill a cell, the interval on a second line.
  private record Column(String title, Function<PointSummary, Cell> cell) {}

  /// What stands in a cell, and grey below it.
  ///
  /// @param each values that it rests on, which the reader may open
  record Cell(String value, String below, List<String> each) {
    Cell(String value, String below) {
      this(value, below, List.of());
    }

    static Cell of(@Nullable String value) {
      return new Cell(value == null ? UNKNOWN : value, "");
    }

    /// A value over the ends of its interval.
    static Cell of(@Nullable Estimate estimate, DoubleFunction<String> format) {
      return estimate == null
          ? of(null)
          : new Cell(format.apply(estimate.value()), ends(estimate.interval(), format));
    }

    /// A median over the interval of the mean.
    static Cell rate(@Nullable Double median, @Nullable Estimate mean) {
      return median == null
          ? of(null)
          : new Cell(
              Quantities.count(median),
              ends(mean == null ? null : mean.interval(), Quantities::count));
    }

    private static String ends(@Nullable Interval interval, DoubleFunction<String> format) {
      return interval == null
          ? ""
          : format.apply(interval.low()) + " to " + format.apply(interval.high());
    }
  }

  void write(Markup page) {
    page.open("section", "class", "data", "id", "data");
    page.open("div", "class", "bar").element("h2", "Data").open("div", "class", "tools");
    page.element(
        "button", "Copy", "type", "button", "hidden", "hidden", "aria-label", "Copy the table");
    page.close().close();
    page.element(
        "p",
        "Every point. Grey: 95 % intervals; the one under the throughput belongs to the mean. "
            + UNKNOWN
            + " is unknown, not zero."
            + (report.summary().points().stream().anyMatch(PageTable::listed)
                ? " A number of forks opens to the ops/s of each, in the order of the blocks."
                : ""),
        "class",
        "caption");
    PageFrame.openScroll(page, "Data table");
    page.open("table").open("thead").open("tr");
    columns.forEach(column -> page.element("th", column.title(), "scope", "col"));
    page.close().close().line();
    curves.forEach(curve -> group(page, curve));
    page.close().close();
    legend(page);
    page.close().line();
  }

  private void group(Markup page, Curve curve) {
    page.open("tbody", "class", curve.style().classes()).open("tr", "class", "group");
    page.open("th", "scope", "rowgroup", "colspan", columns.size());
    MarkerKey.write(page, curve.style());
    page.element("bdi", PlainText.printable(curve.name())).text(" ");
    describe(page, curve.points().getFirst());
    page.close().close().line();
    for (PointSummary point : curve.points()) {
      page.open("tr");
      columns.forEach(column -> cell(page, column.cell().apply(point)));
      page.close().line();
    }
    page.close().line();
  }

  static void cell(Markup page, Cell cell) {
    String value = Typography.of(PlainText.printable(cell.value()));
    page.open("td");
    if (cell.each().isEmpty()) {
      page.text(value);
    } else {
      page.open("details").element("summary", value);
      cell.each().forEach(each -> page.element("small", Typography.of(each)));
      page.close();
    }
    if (!cell.below().isEmpty()) {
      page.element("small", Typography.of(PlainText.printable(cell.below())));
    }
    page.close();
  }

  /// Strategies that share a discipline differ in how they share objects: it is described once.
  private void describe(Markup page, PointSummary point) {
    String discipline = point.point().program().discipline();
    if (described.add(discipline)) {
      String id = discipline.equals(point.strategy()) ? "" : discipline + ": ";
      String contract = contract(discipline, point.exactRequired());
      page.element("span", PlainText.printable(id + contract), "class", "contract");
      guarantees(discipline)
          .ifPresent(line -> page.element("span", line, "class", "contract guarantees"));
    } else {
      page.element("span", PlainText.printable(discipline) + ", as above", "class", "contract");
    }
  }

  /// @param exact with the parameters of this run
  private String contract(String id, boolean exact) {
    String parameters =
        report.experiment().disciplineParameters().getOrDefault(id, Map.of()).entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
    String discipline = report.catalogue().discipline(id).map(d -> describe(d, exact)).orElse("");
    return discipline + (parameters.isEmpty() ? "" : " (" + parameters + ")");
  }

  private Optional<String> guarantees(String id) {
    return report
        .catalogue()
        .discipline(id)
        .flatMap(discipline -> Optional.ofNullable(discipline.guarantees()))
        .map(guarantees -> PlainText.printable(guarantees.line()));
  }

  private static String describe(Catalogue.Discipline discipline, boolean exact) {
    return discipline.contract()
        + "; "
        + (exact
            ? "counts exactly"
            : discipline.singleThreaded() ? "for one thread only" : "may lose updates")
        + ", "
        + discipline.width();
  }

  private List<Column> columns() {
    List<Column> all = new ArrayList<>();
    all.add(text("N", p -> Integer.toString(p.parallelism())));
    all.add(text("layout", p -> p.point().program().layout().toString()));
    all.add(new Column("forks", PageTable::forks));
    all.add(new Column("ops/s", p -> Cell.rate(p.throughputMedian(), p.throughputMean())));
    all.add(text("per op", p -> shown(p.nanosPerOperation(), Quantities::nanos)));
    if (report.experiment().scaling().fixesWork()) {
      all.add(text("time", p -> shown(p.scoredMillisMedian(), ms -> Quantities.nanos(ms * 1e6))));
    }
    all.add(ratio("speedup", PointSummary::speedup, Quantities::ratio));
    all.add(ratio("efficiency", PointSummary::efficiency, Quantities::percent));
    all.add(ratio("over sequential", PointSummary::speedupOverSequential, Quantities::ratio));
    all.add(ratio("of N sequential", PointSummary::efficiencyOverSequential, Quantities::percent));
    all.add(
        ratio(
            "serial",
            point -> SerialShares.of(point, report.experiment().scaling()),
            Quantities::percent));
    if (has(PointSummary::lostUpdates)) {
      all.add(new Column("lost", PageTable::lost));
    }
    if (has(PointSummary::netError)) {
      all.add(text("net error", p -> shown(p.netError(), Quantities::count)));
      all.add(text("freed early", p -> freed(p, p.prematureFrees())));
      all.add(text("freed twice", p -> freed(p, p.doubleFrees())));
      if (report.summary().points().stream().anyMatch(p -> p.usesAfterFree() + p.leaks() > 0)) {
        all.add(text("used after free", p -> freed(p, p.usesAfterFree())));
        all.add(text("leaked", p -> freed(p, p.leaks())));
      }
    }
    all.add(text("fairness", p -> shown(p.fairness(), Quantities::number)));
    all.add(text("start skew", p -> shown(p.startSkewNanos(), Quantities::nanos)));
    all.add(text("CPU", p -> shown(p.cpuShare(), Quantities::percent)));
    all.add(text("notes", this::notes));
    return all;
  }

  private boolean has(Function<PointSummary, @Nullable Object> figure) {
    return report.summary().points().stream().map(figure).anyMatch(Objects::nonNull);
  }

  private static Column text(String title, Function<PointSummary, @Nullable String> text) {
    return new Column(title, point -> Cell.of(text.apply(point)));
  }

  private static Column ratio(
      String title,
      Function<PointSummary, @Nullable Estimate> figure,
      DoubleFunction<String> format) {
    return new Column(title, point -> Cell.of(figure.apply(point), format));
  }

  private static Cell lost(PointSummary point) {
    Long lost = point.lostUpdates();
    Long expected = point.expectedUpdates();
    if (lost == null || expected == null) {
      return Cell.of(null);
    }
    return new Cell(
        Quantities.count(lost),
        lost == 0 || expected == 0 ? "" : Quantities.percent((double) lost / expected));
  }

  private static Cell forks(PointSummary point) {
    int again = point.invalidated() + point.failed();
    List<String> others = new ArrayList<>();
    if (again > 0) {
      others.add("+" + again + " void");
    }
    if (point.missing() > 0) {
      others.add(point.missing() + " missing");
    }
    return new Cell(
        Integer.toString(point.forks()),
        String.join(", ", others),
        listed(point)
            ? point.forkThroughputs().stream().map(rate -> Quantities.count(rate)).toList()
            : List.of());
  }

  /// A single one is the median, and of many there is a distribution rather than a list.
  private static boolean listed(PointSummary point) {
    return point.forks() > 1 && point.forkThroughputs().size() <= MOST_LISTED;
  }

  private static @Nullable String freed(PointSummary point, long count) {
    return point.netError() == null ? null : Quantities.count(count);
  }

  private static @Nullable String shown(@Nullable Number value, DoubleFunction<String> format) {
    return value == null ? null : format.apply(value.doubleValue());
  }

  private String notes(PointSummary point) {
    return Marks.signs(Marks.of(point, report.environment().hardwareThreads()));
  }

  private void legend(Markup page) {
    int processors = report.environment().hardwareThreads();
    List<Marks> used =
        Arrays.stream(Marks.values())
            .filter(
                mark ->
                    report.summary().points().stream()
                        .anyMatch(p -> Marks.of(p, processors).contains(mark)))
            .toList();
    Stream<String> reasons =
        report.summary().points().stream()
            .map(PointSummary::notPinnedReason)
            .filter(reason -> !reason.isEmpty())
            .distinct()
            .map(reason -> "Not bound: " + reason);
    Stream<String> steady = Stream.of(SteadyLine.of(report.summary().points()));
    page.open("ul", "class", "legend");
    Stream.of(used.stream().map(Marks::legend), steady, reasons)
        .flatMap(lines -> lines)
        .forEach(line -> page.element("li", PlainText.printable(line)));
    page.close();
  }
}
