package io.percore.coordinator;

import io.percore.coordinator.session.AgentDesk;
import io.percore.coordinator.session.Endpoint;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.tls.RunAuthority.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `percore run` that bring other machines in.
final class MachineOptions {
  private static final int LARGEST_PORT = 65_535;

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
      description = "How long to wait for them (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(60);

  @Option(
      names = "--credentials",
      paramLabel = "DIR",
      description = "What percore tls init has made: certificates and the tokens of the machines.")
  private @Nullable Path credentials;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "Address to listen on for them (default: all of this machine's).")
  private String bind = "0.0.0.0";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The one port to listen on (default: any that is free).")
  private int port;

  @Option(
      names = "--insecure",
      description =
          "Do not encrypt. Whoever can reach the port can read along, tokens included, and can take"
              + " a worker's place.")
  private boolean insecure;

  /// Lets the machines in that were asked for; empty when workers run on this one.
  ///
  /// @throws UserError when they do not come in time, or do not go together
  Optional<Machines> gather(List<String> jvmArguments, String jarSha256)
      throws InterruptedException {
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
    SessionServer server = listen(files.coordinator(), jarSha256);
    try {
      await(server, tokens, expected);
      return Optional.of(Machines.of(server, jvmArguments, jarSha256));
    } catch (UserError | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private SessionServer listen(Identity own, String jarSha256) {
    if (port < 0 || port > LARGEST_PORT) {
      throw new UserError(ExitCode.USAGE, "--port must be between 0 and " + LARGEST_PORT);
    }
    InetSocketAddress address = new InetSocketAddress(bind, port);
    if (address.isUnresolved()) {
      throw new UserError(ExitCode.USAGE, "--bind " + bind + " is no address of this machine");
    }
    try {
      return new SessionServer(
          jarSha256,
          insecure
              ? Endpoint.insecure(address)
              : Endpoint.encrypted(address, own.authority(), own.certificate(), own.privateKey()));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE, "cannot listen on %s port %d: %s".formatted(bind, port, cause(e)), e);
    }
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
    if (insecure) {
      System.err.println(
          "percore: WARNING: nothing is encrypted: whoever can reach port "
              + server.port()
              + " can read along and take a worker's place");
    }
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
