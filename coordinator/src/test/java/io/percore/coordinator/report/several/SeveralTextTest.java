package io.percore.coordinator.report.several;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percore.coordinator.report.GoldenTest;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralTextTest {
  @Test
  void textAndMarkdown() throws IOException {
    GoldenTest.check(
        "several-one-machine.txt", SeveralText.render(SeveralFixtures.oneMachine(), 120));
    GoldenTest.check("several-machines-80.txt", SeveralText.render(SeveralFixtures.machines(), 80));
    GoldenTest.check("several-hostile-80.txt", SeveralText.render(SeveralFixtures.hostile(), 80));
    GoldenTest.check("several-machines.md", SeveralMarkdown.render(SeveralFixtures.machines()));
    GoldenTest.check("several-hostile.md", SeveralMarkdown.render(SeveralFixtures.hostile()));
  }

  @Test
  void thirtyRunsFollowInBlocks() {
    String text = SeveralText.render(SeveralFixtures.thirty(), 80);
    assertThat(text.lines().filter(line -> line.startsWith("strategy"))).hasSizeGreaterThan(5);
    assertThat(text).contains("node-0", "node-29");
  }

  @Test
  void jsonHoldsEachSummaryAndNullForARatioThatIsWithheld() throws IOException {
    JsonNode root = json(SeveralFixtures.machines());
    assertThat(root.get("schema").asText()).isEqualTo("percore-runs/1");
    assertThat(root.get("runs")).hasSize(3);
    assertThat(root.get("runs").get(1).get("summary").get("schema").asText())
        .isEqualTo("percore-summary/1");
    assertThat(root.get("relations")).hasSize(2);
    for (JsonNode relation : root.get("relations")) {
      boolean apart = relation.get("run").asText().equals("server");
      assertThat(relation.get("points").isNull()).isEqualTo(apart);
    }
    JsonNode parallel = json(SeveralFixtures.oneMachine()).get("relations").get(0);
    assertThat(parallel.get("differences").get(0).get("factor").asText()).isEqualTo("jvm");
    for (JsonNode point : parallel.get("points")) {
      assertThat(point.get("ratio").asDouble()).isEqualTo(1);
      assertThat(point.get("change").asText()).isEqualTo("indistinguishable");
    }
  }

  private static JsonNode json(SideBySide runs) throws IOException {
    StringWriter out = new StringWriter();
    SeveralJson.write(runs, out);
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void chartFilesHavePlainNamesAndThoseOfAnEarlierReportGo(@TempDir Path directory)
      throws IOException {
    List<Path> many = SeveralChartFiles.write(SeveralFixtures.machines(), directory);
    Path other = Files.writeString(directory.resolve("mine.svg"), "<svg/>");
    List<Path> written = SeveralChartFiles.write(SeveralFixtures.hostile(), directory);

    assertThat(many).hasSizeGreaterThan(written.size());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList())
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(written.stream(), Stream.of(other)).toList());
    }
    assertThat(written)
        .allSatisfy(
            file ->
                assertThat(file.getFileName().toString())
                    .matches(
                        "(throughput|speedup|efficiency)-(strategy|run)-\\d+[a-z0-9-]*\\.svg"));
  }
}
