package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.WatchedTrial.Mark;
import io.percore.coordinator.report.WatchedTrial.Part;
import io.percore.coordinator.report.chart.Lanes;
import io.percore.coordinator.report.chart.Lanes.Group;
import io.percore.coordinator.report.chart.Lanes.Lane;
import io.percore.coordinator.report.chart.Lanes.Span;
import io.percore.coordinator.report.chart.Lanes.Tick;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// Reads the lanes of the figure of locks back: headings, marks and read-outs.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class LaneClaims {
  private static final int MOST_MARKS = 400;
  private static final int MARKS_OF_PART = 120;
  private static final int ROWS = 6;

  private final Grammar headings;
  private final Grammar labels;
  private final Grammar rows;

  /// What is read.
  private WatchedTrial trial;

  private Group group;

  /// What the group shows turn by turn; null where it shows shares.
  private Part part;

  /// Stops of the group, and which of them is read.
  private int columns;

  private int column;

  /// Of each lane in each column.
  private double[][] shares = {};

  /// Rows of a read-out before the one that is read.
  private int above;

  private List<Integer> byShare = List.of();

  LaneClaims(List<String> names, Map<String, Integer> reached) {
    this.headings = new Grammar("locks, heading", names, reached);
    this.labels = new Grammar("locks, stop", names, reached);
    this.rows = new Grammar("locks, row", names, reached);
    headings();
    labels();
    turns();
    shares();
  }

  /// The lanes of every view, and the read-out that all have.
  void read(Panel panel, List<WatchedTrial> trials) {
    for (View view : panel.views()) {
      Iterator<Group> groups = ((Lanes) view.figure()).groups().iterator();
      Iterator<Stop> stops = panel.readOut().stops().iterator();
      for (WatchedTrial each : trials) {
        trial = each;
        if (trial.marks().size() <= MOST_MARKS) {
          read(groups.next(), trial.whole(), stops);
        } else {
          read(groups.next(), null, stops);
          read(groups.next(), trial.middle(MARKS_OF_PART), stops);
        }
      }
      assertThat(groups).isExhausted();
      assertThat(stops).isExhausted();
    }
  }

  private void read(Group shown, @Nullable Part whichPart, Iterator<Stop> stops) {
    group = shown;
    part = whichPart;
    columns = group.stops().size();
    shares = part == null ? trial.shares(columns) : new double[0][];
    assertThat(group.lanes()).extracting(Lane::name).isEqualTo(trial.lanes());
    assertThat(group.length()).isEqualTo((double) (part == null ? trial.length() : part.length()));
    headings.read(ChartClaims.plain(group.heading()));
    axis();
    for (column = 0; column < columns; column++) {
      read(stops.next());
    }
  }

  private void axis() {
    assertThat(group.ticks()).hasSizeGreaterThan(1);
    for (Tick tick : group.ticks()) {
      assertThat(tick.at()).isBetween(0.0, group.length());
      String label = ChartClaims.plain(tick.label());
      assertThat(Shown.value(label) * 1e9).isCloseTo(tick.at(), within(1e-6 * group.length()));
    }
  }

  private void read(Stop stop) {
    labels.read(ChartClaims.plain(stop.label()));
    List<String> said = stop.rows().stream().map(Row::text).map(ChartClaims::plain).toList();
    if (part == null) {
      byShare = ranked();
      above = 0;
      for (String row : said) {
        rows.read(row);
        above++;
      }
      assertThat(said).hasSize(Math.clamp(byShare.size(), 1, ROWS + 1));
    } else {
      rows.read(String.join(", ", said));
    }
  }

  private List<Integer> ranked() {
    return IntStream.range(0, trial.lanes().size())
        .filter(lane -> shares[lane][column] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(lane -> -shares[lane][column]))
        .toList();
  }

  private void headings() {
    headings
        .form(
            "{name:a} at N = {int:n}: each turn of {time:l} from the middle of that, from"
                + " {rest:moment} on",
            c -> {
              assertThat(trial.marks()).hasSizeGreaterThan(MOST_MARKS);
              marks(c);
            })
        .form(
            "{name:a} at N = {int:n}: each turn of {time:l} from {rest:moment} on",
            c -> {
              assertThat(trial.marks()).hasSizeLessThanOrEqualTo(MOST_MARKS);
              marks(c);
            })
        .form(
            "{name:a} at N = {int:n}: as high as the share of each {time:w} for which a thread held"
                + " it, {time:l} from {rest:moment} on",
            c -> {
              title(c);
              Shown.is(c.text("w"), trial.length() / 1e9 / columns);
              Shown.is(c.text("l"), trial.length() / 1e9);
              moment(c.text("moment"), trial.start());
              heights();
            });
  }

  private void title(Claim c) {
    assertThat(c.text("a")).isEqualTo(trial.name());
    assertThat(c.number("n")).isEqualTo(trial.program().parallelism());
  }

  private static void moment(String said, long nanos) {
    if (said.equals("the common start")) {
      assertThat(nanos).isZero();
    } else {
      assertThat(said).endsWith(" after the common start");
      Shown.is(said.replace(" after the common start", ""), nanos / 1e9);
    }
  }

  private void marks(Claim c) {
    title(c);
    Shown.is(c.text("l"), part.length() / 1e9);
    moment(c.text("moment"), trial.start() + part.from());
    for (int lane = 0; lane < group.lanes().size(); lane++) {
      int own = lane;
      filled(
          group.lanes().get(lane).spans(),
          part.marks().stream().filter(mark -> mark.lane() == own).toList());
    }
    assertThat(group.stops())
        .isEqualTo(
            part.marks().stream()
                .map(mark -> new Lanes.Stop(mark.lane(), from(mark), until(mark)))
                .toList());
  }

  /// A lane is filled where it has a mark, and nowhere else; no two spans touch.
  private void filled(List<Span> spans, List<Mark> marks) {
    List<Mark> left = new ArrayList<>(marks);
    double last = -1;
    for (Span span : spans) {
      assertThat(span.share()).isEqualTo(1);
      assertThat(span.from()).isGreaterThan(last).isEqualTo(from(left.getFirst()));
      double reach = span.from();
      while (!left.isEmpty() && from(left.getFirst()) <= reach) {
        reach = Math.max(reach, until(left.removeFirst()));
      }
      assertThat(span.until()).isEqualTo(reach);
      last = reach;
    }
    assertThat(left).isEmpty();
  }

  private double from(Mark mark) {
    return (double) Math.max(0, mark.from() - part.from());
  }

  private double until(Mark mark) {
    return (double) Math.min(part.length(), mark.until() - part.from());
  }

  private void heights() {
    assertThat(columns).isBetween(60, 200);
    double width = (double) trial.length() / columns;
    for (int lane = 0; lane < group.lanes().size(); lane++) {
      double[] drawn = new double[columns];
      for (Span span : group.lanes().get(lane).spans()) {
        assertThat(span.until() - span.from()).isCloseTo(width, within(1e-6 * width));
        drawn[(int) Math.round(span.from() / width)] = span.share();
      }
      assertThat(drawn).containsExactly(shares[lane], within(1e-6));
    }
    for (int i = 0; i < columns; i++) {
      Lanes.Stop stop = group.stops().get(i);
      assertThat(stop.lane()).isNegative();
      assertThat(stop.from()).isCloseTo(i * width, within(1e-6 * width));
      assertThat(stop.until()).isCloseTo((i + 1) * width, within(1e-6 * width));
    }
  }

  private void labels() {
    labels
        .form(
            "{name:a} at N = {int:n}",
            c -> {
              assertThat(part).isNotNull();
              title(c);
            })
        .form(
            "{name:a} at N = {int:n}, {time:w} from {time:f} on",
            c -> {
              assertThat(part).isNull();
              title(c);
              double width = trial.length() / 1e9 / columns;
              Shown.is(c.text("w"), width);
              Shown.is(c.text("f"), trial.start() / 1e9 + column * width);
            });
  }

  private void turns() {
    rows.form(
            "one of {int:k} others held it for {time:t}, from {rest:moment} on",
            c -> held(c, c.text("k") + " others", 1))
        .form(
            "{rest:who} held it for {time:t}, from {rest:moment} on",
            c -> {
              assertThat(c.text("who")).doesNotContain("others");
              held(c, c.text("who"), 1);
            })
        .form(
            "{rest:who} had it {int:k} times within {time:t}, from {rest:moment} on",
            c -> {
              assertThat(c.number("k")).isGreaterThan(1);
              held(c, c.text("who"), c.number("k"));
            });
  }

  private void held(Claim c, String who, int turns) {
    Mark mark = part.marks().get(column);
    assertThat(who).isEqualTo(trial.lanes().get(mark.lane()));
    assertThat(turns).isEqualTo(mark.turns());
    Shown.is(c.text("t"), (mark.until() - mark.from()) / 1e9);
    moment(c.text("moment"), trial.start() + mark.from());
  }

  private void shares() {
    rows.form(
            "the others: {percent:p}",
            c -> {
              assertThat(above).isEqualTo(ROWS);
              assertThat(byShare).hasSizeGreaterThan(ROWS + 1);
              Shown.is(
                  c.text("p"),
                  byShare.stream().skip(ROWS).mapToDouble(lane -> shares[lane][column]).sum());
            })
        .form("nobody held it", _ -> assertThat(byShare).isEmpty())
        .form(
            "{rest:who}: {percent:p}",
            c -> {
              int lane = trial.lanes().indexOf(c.text("who"));
              double share = shares[lane][column];
              Shown.is(c.text("p"), share);
              double ofRank = shares[byShare.get(above)][column];
              assertThat(share).isCloseTo(ofRank, within(1e-9));
            });
  }
}
