package io.percore.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The dependency rules of the coordinator, for any base package, so that they can be tried on
/// classes that break them.
final class DependencyRules {
  /// Which packages each package may use; only the root package may use all of them.
  private static final Map<String, Set<String>> USES =
      Map.of(
          "plan", Set.of(),
          "measurement", Set.of("plan"),
          "stats", Set.of("plan", "measurement"),
          "report", Set.of("plan", "measurement", "stats"),
          "launch", Set.of("plan"),
          "session", Set.of("plan", "measurement"),
          "doctor", Set.of("plan", "measurement"),
          "tls", Set.of(),
          "verify", Set.of());

  private static final Set<String> CLOCKS = Set.of("now", "nanoTime", "currentTimeMillis");

  private final String root;
  private final String worker;

  /// @param base package that holds `coordinator` and `worker`
  DependencyRules(String base) {
    this.root = base + ".coordinator";
    this.worker = base + ".worker";
  }

  /// One rule.
  ///
  /// @param name what it asks for
  /// @param rule the rule
  /// @param brokenBy a class below `io.percore.fixture.coordinator` that breaks it
  record Rule(String name, ArchRule rule, String brokenBy) {
    @Override
    public String toString() {
      return name;
    }
  }

  List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("the worker stays out", noWorker(), "session.UsesKernel"));
    rules.add(new Rule("packages are known", knownPackages(), "util.Stray"));
    ArchRule noCycles = slices().matching(root + ".(**)").should().beFreeOfCycles();
    rules.add(new Rule("no cycles", noCycles, "plan.LooksUp"));
    for (String name : new TreeSet<>(USES.keySet())) {
      rules.add(new Rule(name + " looks down", direction(name), name + ".LooksUp"));
    }
    rules.add(new Rule("plan and stats do no I/O", noInputOutputOrThreads(), "stats.ReadsFile"));
    rules.add(new Rule("plan and stats read no clock", noClock(), "plan.ReadsClock"));
    ArchRule transport =
        only("session", "io.grpc..", "com.google.protobuf..", "io.percore.proto..");
    rules.add(new Rule("gRPC in session only", transport, "report.UsesGrpc"));
    ArchRule processes = only("launch", "org.apache.commons.exec..");
    rules.add(new Rule("Commons Exec in launch only", processes, "session.StartsProcess"));
    ArchRule certificates = only("tls", "org.bouncycastle..");
    rules.add(new Rule("Bouncy Castle in tls only", certificates, "launch.MakesCertificate"));
    rules.add(new Rule("no native calls", noNative(), "launch.CallsNative"));
    return rules;
  }

  private ArchRule noWorker() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(worker + "..")
        .because("the coordinator's JVM never contains a kernel");
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

  private ArchRule noInputOutputOrThreads() {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".plan..", root + ".stats..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.util.concurrent..",
                    "org.slf4j..")
                .or(type(Thread.class))
                .or(type(ProcessHandle.class)))
        .because("what is pure can be worked out again from the journal");
  }

  private ArchRule noClock() {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".plan..", root + ".stats..")
        .should()
        .dependOnClassesThat(type(Clock.class))
        .orShould()
        .accessTargetWhere(
            describe("reads a clock or an unseeded random number", DependencyRules::readsTheWorld))
        .because("the same plan and trials must give the same answer");
  }

  private static boolean readsTheWorld(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getPackageName();
    return (CLOCKS.contains(target.getName())
            && (owner.startsWith("java.time") || owner.equals("java.lang")))
        || target.getFullName().equals("java.lang.Math.random()")
        || target.getFullName().equals("java.util.Random.<init>()");
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

  private ArchRule noNative() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..");
  }
}
