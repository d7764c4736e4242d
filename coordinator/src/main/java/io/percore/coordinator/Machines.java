package io.percore.coordinator;

import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.session.AgentLink;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.Survey;
import io.percore.coordinator.session.WorkerHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The machines of a run, each with the agent that has joined from it.
///
/// @param server where their workers join
/// @param surveys of them, in the order in which they are filled
/// @param started what leads to the agents that this run has started itself; null when they came by
///   themselves
record Machines(SessionServer server, List<Survey> surveys, @Nullable Started started)
    implements AutoCloseable {
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  Machines {
    surveys = List.copyOf(surveys);
  }

  /// Asks the agents that have joined what they see.
  ///
  /// @throws UserError when they do not go together: another JVM on one of them, or no sense in
  ///   what it says
  static Machines of(SessionServer server, List<String> jvmArguments, String jarSha256) {
    List<Survey> surveys = new ArrayList<>();
    for (AgentLink agent : server.agents().agents()) {
      try {
        surveys.add(agent.survey(jvmArguments, jarSha256));
      } catch (IllegalArgumentException e) {
        throw new UserError(ExitCode.ENVIRONMENT, agent.name() + ": " + e.getMessage(), e);
      }
    }
    Environment first = surveys.getFirst().environment();
    for (Survey survey : surveys) {
      Environment other = survey.environment();
      if (!other.jvm().equals(first.jvm()) || !other.architecture().equals(first.architecture())) {
        throw new UserError(
            ExitCode.ENVIRONMENT,
            "%s has JVM %s on %s, %s has %s on %s: use the same on all machines"
                .formatted(
                    first.hostName(),
                    first.jvm(),
                    first.architecture(),
                    other.hostName(),
                    other.jvm(),
                    other.architecture()));
      }
    }
    return new Machines(server, surveys, null);
  }

  /// The same machines, whose agents this run has started.
  ///
  /// @param by what leads to them
  /// @param hosts the same machines as the user has named them
  Machines startedBy(Started by, HostList hosts) {
    List<Survey> limited = new ArrayList<>();
    for (int i = 0; i < surveys.size(); i++) {
      Survey survey = surveys.get(i);
      limited.add(
          new Survey(
              survey.catalogue(),
              survey
                  .environment()
                  .limitedTo(hosts.hosts().get(i).slots().orElse(Integer.MAX_VALUE))));
    }
    return new Machines(server, limited, by);
  }

  /// Refuses machines whose threads may need unequal times for equal work.
  ///
  /// @throws UserError with one that differs from the first, and by what
  void requireAlike() {
    List<AgentLink> agents = server.agents().agents();
    Environment first = surveys.getFirst().environment();
    for (int i = 1; i < surveys.size(); i++) {
      String other = agents.get(i).name();
      first
          .unlike(surveys.get(i).environment())
          .ifPresent(
              difference -> {
                throw new UserError(
                    ExitCode.ENVIRONMENT,
                    "fixed work lasts as long as its slowest thread, and %s and %s differ in %s:"
                            .formatted(agents.getFirst().name(), other, difference)
                        + " use machines of one kind, or leave out --fixed-work and"
                        + " --fixed-work-per-thread");
              });
    }
  }

  /// What each is, in their order.
  List<Environment> environments() {
    return surveys.stream().map(Survey::environment).toList();
  }

  Cluster cluster() {
    return new Cluster(environments().stream().map(Environment::hardwareThreads).toList());
  }

  /// What they offer, as if they were one.
  Survey survey() {
    return new Survey(surveys.getFirst().catalogue(), Environment.together(environments()));
  }

  WorkerHost host(List<String> jvmArguments) {
    return new AgentHost(
        server.agents(),
        () -> started == null ? List.of() : started.ended(),
        cluster(),
        jvmArguments);
  }

  /// Lets the agents go, which end by themselves then.
  @Override
  public void close() {
    server.close();
    if (started != null) {
      try {
        started.awaitEnd(GOODBYE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        started.close();
      }
    }
  }
}
