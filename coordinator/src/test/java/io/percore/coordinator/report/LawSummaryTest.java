package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percore.coordinator.report.export.ReportFormat;
import io.percore.coordinator.stats.CanaryCeiling;
import io.percore.coordinator.stats.law.ScalingLaws.NoneFits;
import io.percore.coordinator.stats.law.ScalingLaws.Refused;
import io.percore.coordinator.stats.law.ScalingLaws.TooFewSizes;
import io.percore.coordinator.stats.law.StrategyLaws;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class LawSummaryTest {
  @Test
  void fewSizesAreRefusedInWords() {
    assertThat(LawSummary.sentences(Fixtures.quickRun()))
        .singleElement()
        .asString()
        .matches(
            "A scaling law needs at least 6 sizes on physical cores; 1 curve has 2, so none is"
                + " fitted to it\\.");
    assertThat(LawSummary.refused(new TooFewSizes(1), 7))
        .isEqualTo(
            "A scaling law needs at least 6 sizes on physical cores; 7 curves have 1 each, so none"
                + " is fitted to them.");
    assertThat(LawSummary.refused(new NoneFits(), 1))
        .isEqualTo("No scaling law was found that fits the rates of 1 curve on physical cores.");
  }

  @Test
  void onlyPhysicalCoresTakePart() {
    RunReport report = Fixtures.sixteenCores();
    List<StrategyLaws> none =
        StrategyLaws.of(report.summary().points(), 2, CanaryCeiling.of(Stream.of(), 2));

    assertThat(none).isNotEmpty().allSatisfy(l -> assertThat(l.laws()).isInstanceOf(Refused.class));
  }

  @Test
  void aCurveWithEnoughSizesHasItsLaw() {
    assertThat(LawSummary.sentences(Fixtures.sixteenCores()))
        .anyMatch(s -> s.startsWith("Universal Scalability Law of atomic: sigma "));
  }

  @Test
  void theSummaryHoldsEveryGrowingStrategy() throws IOException {
    StringWriter json = new StringWriter();
    ReportFormat.JSON.create().render(Fixtures.sixteenCores(), json);

    assertThat(json.toString()).contains("\"fits\" : [ {").contains("\"amdahlBound\"");
  }

  @Test
  void thePageHasTheLawsOrSaysWhyNot() {
    assertThat(new HtmlReport().render(Fixtures.sixteenCores()))
        .contains("id=\"laws\"", "Amdahl&#39;s bound", "does not describe it");
    assertThat(new HtmlReport().render(Fixtures.quickRun()))
        .contains("id=\"laws\"", "A scaling law needs at least 6 sizes");
  }

  @Test
  void aClockThatDropsIsNoContention() throws IOException {
    RunReport report = Fixtures.droppingClock(0.05, 0.002, 0);
    JsonNode fit = fit(report);

    assertThat(fit.get("sigma").asDouble()).isCloseTo(0.05, within(0.01));
    assertThat(fit.get("kappa").asDouble()).isCloseTo(0.002, within(0.0005));
    assertThat(fit.at("/clock/dividedOut").asBoolean()).isTrue();
    assertThat(fit.at("/clock/shares/7").toString())
        .isEqualTo("{\"parallelism\":16,\"share\":0.8}");
    assertThat(LawSummary.sentences(report))
        .first(InstanceOfAssertFactories.STRING)
        .endsWith("canaries, 80.0 % at N = 16.");
    assertThat(new HtmlReport().render(report))
        .contains("<td>80.0\u00a0% at N\u00a0=\u00a016</td>");
  }

  @Test
  void aClockThatIsUnknownAtOneSizeIsDividedOutAtNone() throws IOException {
    RunReport report = Fixtures.droppingClock(0.05, 0.002, 6);
    JsonNode fit = fit(report);

    assertThat(fit.get("kappa").asDouble()).isGreaterThan(0.003);
    assertThat(fit.at("/clock/dividedOut").asBoolean(true)).isFalse();
    assertThat(fit.at("/clock/shares")).isEmpty();
    assertThat(fit.at("/clock/unknownAt").toString()).isEqualTo("[6]");
    assertThat(LawSummary.sentences(report))
        .first(InstanceOfAssertFactories.STRING)
        .endsWith("The clock was not divided out: no canaries are known at N = 6.");
    assertThat(new HtmlReport().render(report)).contains("<td>unknown</td>");
  }

  private static JsonNode fit(RunReport report) throws IOException {
    StringWriter json = new StringWriter();
    ReportFormat.JSON.create().render(report, json);
    return new ObjectMapper().readTree(json.toString()).at("/fits/0");
  }
}
