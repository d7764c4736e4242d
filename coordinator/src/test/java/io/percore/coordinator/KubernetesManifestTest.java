package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// There is no cluster to try the manifest on: it is held against the schema that the official
/// client has, and the words in it against percore's own options.
class KubernetesManifestTest {
  private static final Path MANIFEST = Path.of("..", "deploy", "kubernetes", "percore.yaml");

  private static List<JsonNode> documents() throws IOException {
    YAMLFactory yaml = new YAMLFactory();
    List<JsonNode> documents = new ArrayList<>();
    new ObjectMapper(yaml)
        .readerFor(JsonNode.class)
        .<JsonNode>readValues(yaml.createParser(MANIFEST.toFile()))
        .forEachRemaining(documents::add);
    return documents;
  }

  private static void validate(JsonNode document) throws IOException {
    JsonElement json = JsonParser.parseString(document.toString());
    switch (document.get("kind").asText()) {
      case "Job" -> V1Job.validateJsonElement(json);
      case "Service" -> V1Service.validateJsonElement(json);
      default -> throw new IllegalArgumentException("unexpected " + document.get("kind"));
    }
  }

  private static JsonNode named(String name) throws IOException {
    return documents().stream()
        .filter(document -> document.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> arguments(JsonNode job) {
    List<String> arguments = new ArrayList<>();
    job.at("/spec/template/spec/containers/0/args").forEach(a -> arguments.add(a.asText()));
    return arguments;
  }

  @Test
  void everyDocumentFitsItsSchema() throws IOException {
    assertThat(documents()).extracting(d -> d.get("kind").asText()).contains("Service", "Job");
    for (JsonNode document : documents()) {
      assertThatCode(() -> validate(document)).doesNotThrowAnyException();
    }
  }

  @Test
  void aFieldThatTheSchemaDoesNotHaveIsFound() throws IOException {
    JsonNode job = named("percore-agents");
    ((ObjectNode) job.at("/spec/template/spec/containers/0")).put("imagePolicy", "Always");
    assertThatThrownBy(() -> validate(job)).hasMessageContaining("imagePolicy");
  }

  @Test
  void theCoordinatorsWordsAreOptionsOfRun() throws IOException {
    List<String> arguments = arguments(named("percore-coordinator"));
    CommandLine.ParseResult parsed =
        CoordinatorMain.commands().parseArgs(arguments.toArray(String[]::new));
    CommandLine.ParseResult run = parsed.subcommand();
    assertThat(run.commandSpec().name()).isEqualTo("run");
    int workers = run.matchedOptionValue("--expect-workers", 0);
    PortRange ports = run.matchedOptionValue("--port", PortRange.ANY);
    assertThat(workers)
        .isEqualTo(named("percore-agents").at("/spec/completions").asInt())
        .isEqualTo(named("percore-agents").at("/spec/parallelism").asInt());
    assertThat(ports.first())
        .isEqualTo(ports.last())
        .isEqualTo(named("percore").at("/spec/ports/0/port").asInt())
        .isEqualTo(
            named("percore-coordinator")
                .at("/spec/template/spec/containers/0/ports/0/containerPort")
                .asInt());
  }

  /// The worker's own test knows its options; these words are held against what it says of itself.
  @Test
  void theAgentsDialTheService() throws IOException {
    JsonNode agents = named("percore-agents");
    assertThat(agents.at("/spec/completionMode").asText()).isEqualTo("Indexed");
    assertThat(arguments(agents))
        .containsSequence("agent", "--coordinator", "percore:7420", "--transport", "tls")
        .containsSequence("--rank", "JOB_COMPLETION_INDEX");
    assertThat(named("percore").at("/metadata/name").asText()).isEqualTo("percore");
  }
}
