package io.percore.coordinator.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands one browser to all tests that have a parameter for it; where there is none, they are
/// skipped, and standard error says why.
final class WithBrowser implements ExecutionCondition, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(WithBrowser.class);

  /// Closed by JUnit after the last test.
  private record Shared(Browser browser, Path directory) implements AutoCloseable {
    static Shared start() {
      try {
        Path directory = Files.createTempDirectory("percore-browser");
        return new Shared(Browser.start(directory), directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      browser.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing = Browser.missing();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("a browser is there");
    }
    System.err.println(context.getDisplayName() + " is skipped: " + missing.get());
    return ConditionEvaluationResult.disabled(missing.get());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Shared.class, _ -> Shared.start(), Shared.class)
        .browser();
  }
}
