package io.percore.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("architecture")
final class DependencyRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.percore.worker");

  private static final JavaClasses BAD_CLASSES =
      new ClassFileImporter().importPackages("io.percore.fixture");

  static List<DependencyRules.Rule> rules() {
    return new DependencyRules("io.percore").all();
  }

  static List<DependencyRules.Rule> rulesForBadClasses() {
    return new DependencyRules("io.percore.fixture").all();
  }

  @Test
  void theClassesWereFound() {
    assertThat(CLASSES).anyMatch(c -> c.getPackageName().equals("io.percore.worker"));
    assertThat(BAD_CLASSES).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isKept(DependencyRules.Rule rule) {
    // A rule about what a package may use holds for a package that holds nothing, too.
    rule.rule().allowEmptyShould(true).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rulesForBadClasses")
  void canFail(DependencyRules.Rule rule) {
    assertThat(rule.rule().evaluate(BAD_CLASSES).getFailureReport().getDetails())
        .anyMatch(line -> line.contains("io.percore.fixture.worker." + rule.brokenBy()));
  }
}
