package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.percore.coordinator.launch.AgentLauncher;
import io.percore.coordinator.launch.AgentLauncher.AgentOrder;
import io.percore.coordinator.launch.AgentLauncher.Invited;
import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.AgentLink;
import io.percore.coordinator.session.Endpoint;
import io.percore.coordinator.session.Limits;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.TrialConductor;
import io.percore.coordinator.session.TrialOrder;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.coordinator.tls.RunAuthority;
import io.percore.coordinator.tls.RunAuthority.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A coordinator's server that agents join over TLS, real ones of a launcher.
final class RemoteSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String host;
  private final WorkerJar jar = WorkerJar.find();
  private final RunAuthority authority = RunAuthority.create(Instant.now(), Duration.ofHours(1));
  private final SessionServer server;
  private final List<Started> started = new ArrayList<>();

  /// Of the trials so far: a session key never comes twice.
  private int trials;

  /// @param host address of this machine at which agents reach it
  RemoteSession(String host) throws IOException {
    this.host = host;
    Identity own = authority.coordinator();
    this.server =
        new SessionServer(
            jar.sha256(),
            Endpoint.encrypted(
                new InetSocketAddress(host, 0),
                own.authority(),
                own.certificate(),
                own.privateKey()));
  }

  /// What agents of these machines need.
  AgentOrder order(List<String> machines) {
    return new AgentOrder(
        host + ":" + server.port(),
        "tls",
        authority.worker().bundle(),
        machines.stream()
            .map(machine -> new Invited(machine, server.agents().expect(machine)))
            .toList(),
        jar.path(),
        jar.sha256());
  }

  /// Starts an agent on each machine and waits until all have joined.
  Started join(AgentLauncher launcher, List<String> machines) throws Exception {
    Started agents = launcher.launch(order(machines));
    started.add(agents);
    assertThat(server.agents().await(machines.size(), PATIENCE))
        .as(() -> server.agents().missing() + " have not come: " + agents.ended())
        .isTrue();
    agents.joined();
    assertThat(agents.ended()).isEmpty();
    assertThat(server.agents().agents()).extracting(AgentLink::name).isEqualTo(machines);
    return agents;
  }

  /// Runs one worker on each machine that has joined.
  TrialOutcome trial(Duration window) throws InterruptedException {
    int machines = server.agents().agents().size();
    Cluster cluster = new Cluster(Stream.generate(() -> 1).limit(machines).toList());
    TrialOrder order =
        new TrialOrder(
            new Trial(
                trials++,
                0,
                new Program("atomic", Sharing.PROCESS, new Layout(machines, 1), false)),
            1,
            Map.of(),
            "counter",
            true,
            Map.of("work", "0"),
            0,
            Duration.ofMillis(100),
            window,
            cluster,
            List.of(),
            7,
            Purpose.SPEED);
    AgentHost workers =
        new AgentHost(
            server.agents(), List::of, cluster, WorkerJvm.arguments(machines, machines, ""));
    return new TrialConductor(server, workers, "run", Limits.rehearsal(Duration.ofSeconds(10)))
        .conduct(order);
  }

  /// Runs a short trial, whose count has to be right.
  void expectExactTrial() throws InterruptedException {
    assertThat(trial(Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            Completed.class,
            completed -> {
              assertThat(completed.measurement().verification().exact()).isTrue();
              assertThat(completed.measurement().operations()).isPositive();
              assertThat(completed.measurement().processes())
                  .hasSize(server.agents().agents().size());
            });
  }

  /// Processes of this machine with a word in their command line that has this in it.
  static List<ProcessHandle> processes(String part) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                Stream.of(process.info().arguments().orElse(new String[0]))
                    .anyMatch(word -> word.contains(part)))
        .toList();
  }

  static void awaitNoProcesses(String part) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(processes(part)).isEmpty());
  }

  /// Ends the session, and with it the agents, which end by themselves.
  @Override
  public void close() {
    server.close();
    try {
      for (Started agents : started) {
        await("agents end with their session")
            .atMost(PATIENCE)
            .until(() -> agents.awaitEnd(Duration.ZERO));
      }
    } finally {
      started.forEach(Started::close);
    }
  }
}
