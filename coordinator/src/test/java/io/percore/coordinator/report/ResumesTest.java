package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumesTest {
  private final RunReport report = Fixtures.resumedRun();

  @Test
  void saysWhereARunWasResumedAndWhatItsBlockCompares() {
    List<String> sentences = Resumes.sentences(report);
    assertThat(sentences)
        .hasSize(3)
        .startsWith("The run was resumed after attempt 4, 10 min 0 s later, within block 2.")
        .endsWith(
            "The run was resumed after attempt 6, 120 min 0 s later, on a machine that had been"
                + " restarted, between two blocks.");
    assertThat(sentences.get(1))
        .matches(
            "Block 2 compares 1 attempt before attempt 5 with 2 from there on; the medians of those"
                + " used are [0-9.]+ % and [0-9.]+ % of the medians of their points\\.");
  }

  @Test
  void everyOutputForPeopleSaysIt() throws IOException {
    StringWriter markdown = new StringWriter();
    new MarkdownSummary().render(report, markdown);
    for (String sentence : Resumes.sentences(report)) {
      assertThat(ConsoleTable.render(report, 10_000, false)).contains(sentence);
      assertThat(markdown.toString()).contains(sentence);
      assertThat(new HtmlReport().render(report)).contains(Typography.of(sentence));
    }
  }

  @Test
  void theSummaryHasThemForPrograms() {
    JsonNode resumes = JsonSummary.document(report).get("resumes");
    assertThat(resumes).hasSize(2);
    assertThat(resumes.at("/0/attempts").asInt()).isEqualTo(4);
    assertThat(resumes.at("/0/restarted").asBoolean(true)).isFalse();
    assertThat(resumes.at("/0/block").asInt(-1)).isEqualTo(1);
    assertThat(resumes.at("/1/restarted").asBoolean()).isTrue();
    assertThat(resumes.at("/1/block").isNull()).isTrue();
  }

  @Test
  void aRunThatWasNotResumedSaysNothing() {
    assertThat(Resumes.sentences(Fixtures.quickRun())).isEmpty();
    assertThat(JsonSummary.document(Fixtures.quickRun()).get("resumes")).isEmpty();
  }
}
