package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents name must exist.
@org.junit.jupiter.api.Tag("untimed")
final class DocumentationIT {
  private static final Path HOME = Path.of(System.getProperty("percore.home")).normalize();

  /// A type with its package as `docs/method.md` writes it: `plan.Trial`, `worker.trial.TrialSpec`.
  private static final Pattern TYPE = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]+)`");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)(?:#[^)]*)?\\)");

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> top = Files.list(HOME);
        Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
      Stream.concat(top, docs).filter(f -> f.toString().endsWith(".md")).forEach(documents::add);
    }
    assertThat(documents).contains(HOME.resolve("README.md"));
    return documents;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void namesTypesThatExist(Path document) throws IOException {
    assertThat(matches(TYPE, document))
        .allSatisfy(type -> assertThat(source(type)).isRegularFile());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksToFilesThatExist(Path document) throws IOException {
    assertThat(matches(LINK, document))
        .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
  }

  private static List<String> matches(Pattern pattern, Path document) throws IOException {
    return pattern.matcher(Files.readString(document)).results().map(m -> m.group(1)).toList();
  }

  private static Path source(String type) {
    String name = type.startsWith("io.percore.") ? type.substring("io.percore.".length()) : type;
    if (!name.startsWith("worker.") && !name.startsWith("coordinator.")) {
      name = "coordinator." + name;
    }
    String module = name.substring(0, name.indexOf('.'));
    return HOME.resolve(module)
        .resolve("src/main/java/io/percore")
        .resolve(name.replace('.', '/') + ".java");
  }
}
