package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Disturbance;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.report.Grammar.Claim;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Reads the table of what disturbed the trials back, and what stands above and below it.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class DisturbanceClaims {
  private static final Pattern BEYOND =
      Pattern.compile(
          "(?!$)(?:(?<unused>[1-9]\\d*) not used)?(?:(?:^|, )(?<used>[1-9]\\d*) used)?");

  private final Facts facts;
  private final Grammar captions;
  private final Grammar rows;
  private final Grammar lines;

  DisturbanceClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.captions = new Grammar("disturbance", List.of(), reached);
    this.rows = new Grammar("disturbance, row", List.of(), reached);
    this.lines = new Grammar("disturbance, line", List.of(), reached);
    captions();
    limited(
        "others took from its threads",
        "1.75 % of a processor, 0.5 % of all, or 10 ms",
        " of a processor from it, and the limit is 1.75 %",
        _ -> null);
    limited("others ran on its processors", "5 %", " of its processors", _ -> null);
    limited(
        "the hypervisor took",
        "2 %",
        " of a processor from it, and the limit is 3.00 %",
        _ -> null);
    limited("a quota held it back", "1 % of the window", "quota", _ -> null);
    limited(
        "speed left to its processors",
        "less than 85 %, also of the usual",
        "of their usual speed",
        Disturbance::canaryRatio);
    plain("collections", "time", Disturbance::gcNanos);
    plain("compilation", "time", Disturbance::compilationNanos);
    lines();
  }

  void read(Document page) {
    List<Element> sections =
        Pages.elements(page, "section").stream()
            .filter(section -> section.getAttribute("id").equals("disturbance"))
            .toList();
    assertThat(sections.isEmpty()).isEqualTo(completed().findAny().isEmpty());
    sections.forEach(this::section);
  }

  private void section(Element section) {
    captions.readAll(PageClaims.items(section, "p").getFirst());
    List<String> names = PageClaims.items(section, "th");
    List<String> cells = PageClaims.items(section, "td");
    // Three titles of columns above, and a cell without one.
    for (int row = 0; row < names.size() - 3; row++) {
      List<String> own = cells.subList(1 + 3 * row, 4 + 3 * row);
      rows.read(names.get(3 + row) + ": " + String.join(" | ", own));
    }
    PageClaims.items(section, "li").forEach(lines::read);
  }

  private Stream<Disturbance> completed() {
    return facts.report().trials().stream()
        .flatMap(
            trial ->
                trial.outcome() instanceof Completed completed
                    ? Stream.of(Disturbance.of(completed.measurement()))
                    : Stream.empty());
  }

  private void captions() {
    captions
        .form("Of each the completed trial in which it was worst.", _ -> {})
        .form(
            "An attempt beyond a limit is run again; the last one is used, and marked.",
            _ -> assertThat(facts.report().limits()).isNotNull())
        .form(
            "No limits: disturbed trials were kept.",
            _ -> assertThat(facts.report().limits()).isNull());
  }

  private void plain(String what, String kind, Function<Disturbance, @Nullable Long> value) {
    rows.form(
        what + ": {" + kind + ":v} |  | ",
        c ->
            Shown.is(
                c.text("v"),
                completed()
                        .map(value)
                        .filter(Objects::nonNull)
                        .mapToLong(v -> v)
                        .max()
                        .orElseThrow()
                    / 1e9));
  }

  /// @param why part of the reason of each attempt beyond the limit
  /// @param value the smaller, the worse
  private void limited(
      String what, String limit, String why, Function<Disturbance, @Nullable Double> value) {
    rows.form(
            what + ": {rest:v} |  | ",
            c -> {
              assertThat(facts.report().limits()).isNull();
              worst(c, value);
            })
        .form(
            what + ": {rest:v} | " + limit + " | {rest:beyond}",
            c -> {
              worst(c, value);
              beyond(c.text("beyond"), why);
            });
  }

  private void worst(Claim c, Function<Disturbance, @Nullable Double> value) {
    double[] known =
        completed().map(value).filter(Objects::nonNull).mapToDouble(v -> v).sorted().toArray();
    assertThat(c.text("v").equals("unknown")).isEqualTo(known.length == 0);
    if (known.length > 0) {
      Shown.is(c.text("v"), known[0]);
    }
  }

  private void beyond(String said, String why) {
    Matcher numbers = BEYOND.matcher(said);
    assertThat(said.equals("none") || numbers.matches()).isTrue();
    assertThat(facts.trials(o -> o instanceof Invalidated i && i.reason().contains(why)))
        .isEqualTo(number(numbers, "unused"));
    assertThat(facts.trials(o -> o instanceof Completed c && c.disturbance().contains(why)))
        .isEqualTo(number(numbers, "used"));
  }

  private static long number(Matcher numbers, String group) {
    String digits = numbers.hasMatch() ? numbers.group(group) : null;
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private void lines() {
    lines
        .form(
            "Unknown: {rest:what}.",
            c -> assertThat(c.text("what")).contains("safepoints").doesNotContain("collections"))
        .form(
            "{int:n} canaries at once each had {percent:p} of the speed of one alone.",
            c -> {
              double all = facts.report().summary().ceiling().speedups().get(c.number("n"));
              Shown.is(c.text("p"), all / c.number("n"));
              assertThat(facts.report().summary().ceiling().speedups().keySet())
                  .allMatch(n -> n <= c.number("n"));
            })
        .form(
            "Counts at the ends of a window are interpolated: at most {percent:p} off.",
            c ->
                Shown.is(
                    c.text("p"),
                    facts.points().stream()
                        .filter(p -> p.edgeErrorShare() != null)
                        .mapToDouble(p -> p.edgeErrorShare())
                        .max()
                        .orElseThrow()));
  }
}
