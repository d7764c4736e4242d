package io.percore.coordinator;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Two machines that ssh leads to: network namespaces of this one, each with a name and an address
/// of its own and a real sshd in it. They share this machine's files, as machines with a home
/// directory over the network do.
final class SshMachines {
  /// Their names.
  static final List<String> NAMES = List.of("w1", "w2");

  /// A name that leads to the first of them, where nobody listens.
  static final String CLOSED = "closed";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final String prefix = "pc" + ProcessHandle.current().pid();

  /// Of the block for benchmarks of networks, which nobody routes.
  private final String subnet = "198.18." + ProcessHandle.current().pid() % 256;

  private final List<Process> daemons = new ArrayList<>();

  private SshMachines(Path directory) {
    this.directory = directory;
  }

  /// Starts them, or skips the test where that cannot be done.
  static SshMachines start(Path directory) throws IOException, InterruptedException {
    Tool.needRoot(
        "openssh-server, openssh-client, iproute2, util-linux",
        "sshd",
        "ssh",
        "ssh-keygen",
        "ip",
        "nsenter",
        "unshare");
    SshMachines machines = new SshMachines(directory);
    try {
      machines.makeKeys();
      for (int i = 0; i < NAMES.size(); i++) {
        machines.makeNetwork(i);
        machines.startDaemon(i);
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      machines.stop();
      throw e;
    }
    return machines;
  }

  /// Program and options that lead to them.
  List<String> ssh() {
    return List.of("ssh", "-F", directory.resolve("ssh_config").toString());
  }

  /// Address of the coordinator's machine, which each of them can reach.
  String coordinator() {
    return address(0, 1);
  }

  private String address(int machine, int end) {
    return subnet + "." + (4 * machine + end);
  }

  private String namespace(int machine) {
    return prefix + "-" + machine;
  }

  private void makeKeys() throws IOException, InterruptedException {
    for (String key : List.of("host_key", "user_key")) {
      Tool.succeed(
          "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.resolve(key).toString());
    }
    Files.copy(directory.resolve("user_key.pub"), directory.resolve("authorized_keys"));
    StringBuilder known = new StringBuilder();
    StringBuilder config = new StringBuilder();
    for (int i = 0; i < NAMES.size(); i++) {
      known
          .append(address(i, 2))
          .append(' ')
          .append(Files.readString(directory.resolve("host_key.pub")));
      config.append("Host %s%n  HostName %s%n".formatted(NAMES.get(i), address(i, 2)));
    }
    config.append("Host %s%n  HostName %s%n  Port 9%n".formatted(CLOSED, address(0, 2)));
    config.append(
        """
        Host *
          User root
          IdentityFile %1$s/user_key
          IdentitiesOnly yes
          UserKnownHostsFile %1$s/known_hosts
          StrictHostKeyChecking yes
        """
            .formatted(directory));
    Files.writeString(directory.resolve("known_hosts"), known);
    Files.writeString(directory.resolve("ssh_config"), config);
  }

  private void makeNetwork(int machine) throws IOException, InterruptedException {
    String namespace = namespace(machine);
    String here = namespace + "h";
    String there = namespace + "n";
    Tool.Outcome made = Tool.run(Map.of(), List.of("ip", "netns", "add", namespace));
    Tool.need(made.exitCode() == 0, "no network namespace can be had: " + made.output().strip());
    Tool.succeed(
        "ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", namespace);
    Tool.succeed("ip", "address", "add", address(machine, 1) + "/30", "dev", here);
    Tool.succeed("ip", "link", "set", here, "up");
    Tool.succeed(
        "ip", "-n", namespace, "address", "add", address(machine, 2) + "/30", "dev", there);
    Tool.succeed("ip", "-n", namespace, "link", "set", there, "up");
    Tool.succeed("ip", "-n", namespace, "link", "set", "lo", "up");
    Tool.succeed("ip", "-n", namespace, "route", "add", "default", "via", address(machine, 1));
  }

  private void startDaemon(int machine) throws IOException {
    // The directory that sshd locks its unprivileged half into; packages make it when it is started
    // as a service.
    Files.createDirectories(Path.of("/run/sshd"));
    Path config = directory.resolve("sshd_config" + machine);
    Files.writeString(
        config,
        """
        ListenAddress %2$s:22
        HostKey %1$s/host_key
        AuthorizedKeysFile %1$s/authorized_keys
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PermitRootLogin yes
        """
            .formatted(directory, address(machine, 2)));
    daemons.add(
        new ProcessBuilder(
                "nsenter",
                "--net=/run/netns/" + namespace(machine),
                "unshare",
                "--uts",
                "sh",
                "-c",
                "hostname \"$0\" && exec \"$(command -v sshd)\" -D -e -f \"$1\"",
                NAMES.get(machine),
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sshd" + machine + ".log").toFile())
            .start());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address(machine, 2), 22), 1000);
                return true;
              }
            });
  }

  /// Ends all connections to one of them from its end, as a machine does that goes down.
  void cutConnections(String name) {
    daemons
        .get(NAMES.indexOf(name))
        .descendants()
        .filter(process -> process.info().command().orElse("").contains("/sshd"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  void stop() throws IOException, InterruptedException {
    for (Process daemon : daemons) {
      daemon.descendants().forEach(ProcessHandle::destroyForcibly);
      daemon.destroyForcibly();
    }
    for (int i = 0; i < NAMES.size(); i++) {
      // With the namespace go both ends of its cable.
      Tool.run(Map.of(), List.of("ip", "netns", "delete", namespace(i)));
      Tool.run(Map.of(), List.of("ip", "link", "delete", namespace(i) + "h"));
    }
  }
}
