package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Strip.Dot;
import io.percore.coordinator.report.chart.Strip.Range;
import io.percore.coordinator.report.chart.Strip.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripTest {
  private static final List<Standing> STANDINGS = List.of(Standing.values());

  private static final Pattern TEXT =
      Pattern.compile(
          "<text class=\"(label|small)[^\"]*\" x=\"([\\d.]+)\" y=\"([\\d.]+)\">([^<]*)");

  /// Names of series, and figures of values beyond the axis, which are all at its edge here.
  @ParameterizedTest
  @CsvSource({"WIDE, 1", "WIDE, 14", "SMALL, 1", "SMALL, 14"})
  void textsNeitherOverlapNorLeaveThePicture(Size size, int series) {
    Drawing drawing = strip(size, series).draw(false);
    List<Box> boxes = new ArrayList<>();
    Matcher text = TEXT.matcher(drawing.marks());
    while (text.find()) {
      boolean label = text.group(1).equals("label");
      double width = TextWidth.of(text.group(4), label ? 12 : 11, label);
      double baseline = Double.parseDouble(text.group(3));
      boxes.add(new Box(Double.parseDouble(text.group(2)), baseline - 11, width, 13));
    }
    assertThat(boxes).hasSizeGreaterThan(series);
    Box picture = new Box(0, 0, drawing.width(), drawing.height());
    for (int i = 0; i < boxes.size(); i++) {
      assertThat(picture.holds(boxes.get(i))).as("%s in %s", boxes.get(i), picture).isTrue();
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).overlaps(boxes.get(j)))
            .as("%s and %s", boxes.get(i), boxes.get(j))
            .isFalse();
      }
    }
    assertThat(drawing.stops()).hasSize(300).allMatch(stop -> stop.width() == 0);
  }

  private static Strip strip(Size size, int series) {
    return new Strip(
        "strip",
        "Title",
        "Caption",
        "Description",
        new Axis("order", new Scale.Linear(0.5, 300.5), List.of()),
        new Axis("value", new Scale.Linear(0.5, 1.5), List.of()),
        "not used",
        IntStream.range(0, series)
            .mapToObj(i -> new ReadOut.Key(i == 3 ? "n".repeat(90) : "series-" + i, new Style(i)))
            .toList(),
        IntStream.rangeClosed(1, 300)
            .mapToObj(
                i ->
                    new Dot(
                        i,
                        2.0,
                        i % series,
                        STANDINGS.get(i % STANDINGS.size()),
                        "200 %",
                        "reading"))
            .toList(),
        List.of(),
        List.of(),
        IntStream.rangeClosed(1, 300).mapToObj(i -> new Range(i, i)).toList(),
        size);
  }
}
