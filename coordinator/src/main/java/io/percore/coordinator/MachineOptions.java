package io.percore.coordinator;

import io.percore.coordinator.LauncherOptions.Choice;
import io.percore.coordinator.launch.AgentLauncher.AgentOrder;
import io.percore.coordinator.launch.AgentLauncher.Invited;
import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.session.AgentDesk;
import io.percore.coordinator.session.Endpoint;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.tls.RunAuthority;
import io.percore.coordinator.tls.RunAuthority.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `percore run` that bring other machines in.
final class MachineOptions {
  private static final String ANY = "0.0.0.0";

  /// For how long certificates of a run are good.
  private static final Duration LIFE = Duration.ofDays(7);

  /// How often agents that have been started are looked at while they are waited for.
  private static final Duration LOOK = Duration.ofMillis(200);

  @Mixin private LauncherOptions launched = new LauncherOptions();

  @Option(
      names = "--expect-workers",
      paramLabel = "N",
      description =
          "Measure over N machines, each of which joins by percore worker --coordinator. All"
              + " workers run there; this machine only conducts.")
  private @Nullable Integer expected;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "60s",
      description =
          "How long to wait for them, at the beginning and when the connection to one is lost"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(60);

  @Option(
      names = "--credentials",
      paramLabel = "DIR",
      description = "What percore tls init has made: certificates and the tokens of the machines.")
  private @Nullable Path credentials;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = ANY,
      description = "Address to listen on for them (default: all of this machine's).")
  private String bind = ANY;

  @Option(
      names = "--port",
      paramLabel = "N|A-B",
      converter = PortRange.Converter.class,
      defaultValue = "0",
      description =
          "The one port to listen on, or a range of which the first that is free is taken (default:"
              + " any that is free).")
  private PortRange ports = PortRange.ANY;

  @Option(
      names = "--advertise",
      paramLabel = "HOST",
      description =
          "This machine as the others reach it (default: what --bind names, else its host name).")
  private @Nullable String advertised;

  @Option(
      names = "--insecure",
      description =
          "Do not encrypt. Whoever can reach the port can read along, tokens included, and can take"
              + " a worker's place.")
  private boolean insecure;

  /// Whether other machines were asked for.
  boolean asked() {
    return expected != null || launched.elsewhere();
  }

  /// Lets the machines in that were asked for; empty when workers run on this one.
  ///
  /// @throws UserError when they do not come in time, or do not go together
  Optional<Machines> gather(List<String> jvmArguments, WorkerJar jar) throws InterruptedException {
    Optional<Choice> choice = launched.choice();
    if (choice.isPresent()) {
      if (expected != null || credentials != null) {
        throw new UserError(
            ExitCode.USAGE,
            "--expect-workers and --credentials are for machines that join by themselves: leave"
                + " them or --launcher out");
      }
      return Optional.of(launch(choice.get(), jvmArguments, jar));
    }
    if (expected == null) {
      if (credentials != null || insecure) {
        throw new UserError(
            ExitCode.USAGE, "--credentials and --insecure go with --expect-workers");
      }
      return Optional.empty();
    }
    if (credentials == null) {
      throw new UserError(
          ExitCode.USAGE,
          "--expect-workers needs --credentials DIR; percore tls init DIR makes it");
    }
    JoinFiles files = JoinFiles.of(credentials);
    List<String> tokens = files.tokens();
    if (expected < 1 || expected > tokens.size()) {
      throw new UserError(
          ExitCode.USAGE,
          "--expect-workers must be between 1 and %d, for so many machines has %s tokens"
              .formatted(tokens.size(), credentials));
    }
    SessionServer server = listen(files.coordinator(), jar.sha256());
    try {
      await(server, tokens, expected);
      return Optional.of(Machines.of(server, jvmArguments, jar.sha256()));
    } catch (UserError | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /// Starts an agent on each machine and waits until all of them have joined.
  private Machines launch(Choice choice, List<String> jvmArguments, WorkerJar jar)
      throws InterruptedException {
    RunAuthority authority = RunAuthority.create(Instant.now(), LIFE);
    SessionServer server = listen(authority.coordinator(), jar.sha256());
    Started agents = null;
    try {
      warnWhenInsecure(server);
      agents = choice.launcher().launch(order(choice, server, authority, jar));
      await(server, agents, choice.hosts().names().size());
      agents.joined();
      return Machines.of(server, jvmArguments, jar.sha256()).startedBy(agents, choice.hosts());
    } catch (IOException | UserError | IllegalArgumentException | InterruptedException e) {
      server.close();
      if (agents != null) {
        agents.close();
      }
      switch (e) {
        case InterruptedException interrupted -> throw interrupted;
        case UserError error -> throw error;
        case IllegalArgumentException wrong -> throw new UserError(ExitCode.USAGE, wrong);
        default -> throw new UserError(ExitCode.INCOMPLETE, e);
      }
    }
  }

  private AgentOrder order(
      Choice choice, SessionServer server, RunAuthority authority, WorkerJar jar) {
    return new AgentOrder(
        advertised() + ":" + server.port(),
        insecure ? "insecure" : "tls",
        insecure ? "" : authority.worker().bundle(),
        choice.hosts().names().stream()
            .map(name -> new Invited(name, server.agents().expect(name)))
            .toList(),
        jar.path(),
        jar.sha256());
  }

  private String advertised() {
    if (advertised != null) {
      return advertised;
    }
    if (!bind.equals(ANY)) {
      return bind;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "this machine does not know its own name: say with --advertise how others reach it", e);
    }
  }

  /// An agent that has ended will not come any more.
  private void await(SessionServer server, Started agents, int count) throws InterruptedException {
    AgentDesk desk = server.agents();
    System.err.println("percore: waiting for %d machines".formatted(count));
    long deadline = System.nanoTime() + patience.toNanos();
    while (!desk.await(count, LOOK)) {
      List<String> ended = agents.ended();
      if (!ended.isEmpty()) {
        throw new UserError(
            ExitCode.INCOMPLETE, "not all machines have joined: " + String.join("; ", ended));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new UserError(
            ExitCode.INCOMPLETE,
            "%s did not join within %d s: can it reach %s:%d?"
                .formatted(
                    String.join(", ", desk.missing()),
                    patience.toSeconds(),
                    advertised(),
                    server.port()));
      }
    }
    desk.shut();
  }

  private void warnWhenInsecure(SessionServer server) {
    if (insecure) {
      System.err.println(
          "percore: WARNING: nothing is encrypted: whoever can reach port "
              + server.port()
              + " can read along and take a worker's place");
    }
  }

  private SessionServer listen(Identity own, String jarSha256) {
    if (new InetSocketAddress(bind, 0).isUnresolved()) {
      throw new UserError(ExitCode.USAGE, "--bind " + bind + " is no address of this machine");
    }
    IOException taken = null;
    for (int port : ports.ports().toArray()) {
      InetSocketAddress address = new InetSocketAddress(bind, port);
      try {
        return new SessionServer(
            jarSha256,
            insecure
                ? Endpoint.insecure(address)
                : Endpoint.encrypted(address, own.authority(), own.certificate(), own.privateKey()),
            patience);
      } catch (IOException e) {
        taken = e;
      }
    }
    throw new UserError(
        ExitCode.USAGE,
        "cannot listen on %s: no port of %s is free: %s"
            .formatted(bind, ports, cause(Objects.requireNonNull(taken))),
        taken);
  }

  private static String cause(Throwable e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : cause(e.getCause());
  }

  private void await(SessionServer server, List<String> tokens, int count)
      throws InterruptedException {
    AgentDesk desk = server.agents();
    for (int rank = 0; rank < tokens.size(); rank++) {
      desk.expect("machine " + rank, tokens.get(rank));
    }
    warnWhenInsecure(server);
    System.err.println(
        "percore: waiting %d s for %d machines on port %d"
            .formatted(patience.toSeconds(), count, server.port()));
    boolean there = desk.await(count, patience);
    desk.shut();
    if (!there) {
      throw new UserError(
          ExitCode.INCOMPLETE,
          "%d of %d machines joined within %d s"
              .formatted(desk.agents().size(), count, patience.toSeconds()));
    }
  }
}
