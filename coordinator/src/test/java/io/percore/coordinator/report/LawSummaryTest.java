package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.law.StrategyLaws;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawSummaryTest {
  @Test
  void fewSizesAreRefusedInWords() {
    assertThat(LawSummary.sentences(Fixtures.quickRun()))
        .singleElement()
        .asString()
        .matches(
            "No scaling law is fitted to \\d curves?: a scaling law needs at least 6 sizes, and"
                + " there are 2 on physical cores\\.");
  }

  @Test
  void onlyPhysicalCoresTakePart() {
    RunReport report = Fixtures.sixteenCores();
    List<StrategyLaws> none = StrategyLaws.of(report.summary().points(), 2);

    assertThat(none).isNotEmpty().allSatisfy(l -> assertThat(l.toString()).contains("Refused"));
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
        .contains("id=\"laws\"", "a scaling law needs at least 6 sizes");
  }
}
