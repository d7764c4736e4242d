package io.percore.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The dependency rules of the worker, for any base package, so that they can be tried on classes
/// that break them.
final class DependencyRules {
  /// Which packages each package may use; only the root package may use all of them.
  private static final Map<String, Set<String>> USES =
      Map.of(
          "platform", Set.of(),
          "refcount", Set.of(),
          "workload", Set.of("refcount"),
          "trial", Set.of("refcount", "workload", "platform"),
          "session", Set.of("refcount", "workload", "trial", "platform"));

  private final String root;
  private final String coordinator;

  /// @param base package that holds `coordinator` and `worker`
  DependencyRules(String base) {
    this.root = base + ".worker";
    this.coordinator = base + ".coordinator";
  }

  /// One rule.
  ///
  /// @param name what it asks for
  /// @param rule the rule
  /// @param brokenBy a class below `io.percore.fixture.worker` that breaks it
  record Rule(String name, ArchRule rule, String brokenBy) {
    @Override
    public String toString() {
      return name;
    }
  }

  List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("the coordinator stays out", noCoordinator(), "session.UsesPlan"));
    rules.add(new Rule("packages are known", knownPackages(), "util.Stray"));
    ArchRule noCycles = slices().matching(root + ".(**)").should().beFreeOfCycles();
    rules.add(new Rule("no cycles", noCycles, "refcount.LooksUp"));
    for (String name : new TreeSet<>(USES.keySet())) {
      rules.add(new Rule(name + " looks down", direction(name), name + ".LooksUp"));
    }
    ArchRule transport =
        only("session", "io.grpc..", "com.google.protobuf..", "io.percore.proto..");
    rules.add(new Rule("gRPC in session only", transport, "trial.UsesGrpc"));
    ArchRule nativeCalls = only("platform", "java.lang.foreign..", "sun.misc..");
    rules.add(new Rule("native calls in platform only", nativeCalls, "trial.CallsNative"));
    return rules;
  }

  private ArchRule noCoordinator() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(coordinator + "..")
        .because("the two programs share the protocol and nothing else");
  }

  private ArchRule knownPackages() {
    String[] known =
        USES.keySet().stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage(known)
        .orShould()
        .resideInAPackage(root)
        .because("a package outside the table has no rules");
  }

  private ArchRule direction(String name) {
    Set<String> allowed = USES.getOrDefault(name, Set.of());
    String[] others =
        USES.keySet().stream()
            .filter(other -> !other.equals(name) && !allowed.contains(other))
            .map(other -> root + "." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + name + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(others).or(resideInAnyPackage(root)))
        .because(name + " may use only " + allowed);
  }

  private ArchRule only(String name, String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(root + "." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .because("only " + name + " knows them");
  }
}
