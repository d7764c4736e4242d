package io.percore.worker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the command line asks for. It is parsed by hand: each worker is a fresh JVM, and a parser
/// library would be a large part of its start.
sealed interface Arguments {
  String USAGE =
      """
      usage: percore-worker session --coordinator HOST:PORT --run RUN --trial N --attempt N \
      --slot N --parent PID [--transport loopback|tls|insecure] < SECRET
             percore-worker agent --coordinator HOST:PORT [--transport loopback|tls|insecure] \
      [--credentials FILE] [--rank N|VARIABLE] < CREDENTIALS
             percore-worker --describe\
      """;

  /// Print catalogue and machine.
  record Describe() implements Arguments {}

  /// Print how to use it.
  record Help() implements Arguments {}

  /// Take part in a trial.
  ///
  /// @param coordinator where it listens
  /// @param transport how to speak with it
  /// @param run identity of the run
  /// @param trial index of the trial, from 0
  /// @param attempt at that trial, from 1
  /// @param slot of this worker among those of the trial, from 0
  /// @param parentPid process that started this one
  record Session(
      InetSocketAddress coordinator,
      Transport transport,
      String run,
      int trial,
      int attempt,
      int slot,
      long parentPid)
      implements Arguments {}

  /// Start and end workers on this machine for a coordinator elsewhere.
  ///
  /// @param coordinator where it listens
  /// @param transport how to speak with it
  /// @param credentials file with tokens and credentials; null for standard input, whose end then
  ///   ends the agent
  /// @param rank which of the tokens is this agent's, from 0
  /// @param parentPid process whose end is the agent's, too; 0 for none
  record Agent(
      InetSocketAddress coordinator,
      Transport transport,
      @Nullable Path credentials,
      int rank,
      long parentPid)
      implements Arguments {}

  /// How the stream to the coordinator is protected.
  enum Transport {
    /// By never leaving this machine.
    LOOPBACK,
    /// Encrypted, and each end proves who it is.
    TLS,
    /// Not at all: the user has said that the network is to be trusted.
    INSECURE
  }

  /// Parses a command line.
  ///
  /// @throws IllegalArgumentException in one line, when it is wrong
  static Arguments parse(String... arguments) {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("nothing to do: 'session' or '--describe' expected");
    }
    String command = arguments[0];
    if (command.equals("agent")) {
      return agent(options(AGENT_OPTIONS, arguments));
    }
    if (!command.equals("session")) {
      if (arguments.length > 1) {
        throw new IllegalArgumentException("unexpected argument '" + arguments[1] + "'");
      }
      return switch (command) {
        case "--describe" -> new Describe();
        case "--help", "-h" -> new Help();
        default -> throw new IllegalArgumentException("unknown command '" + command + "'");
      };
    }
    Map<String, String> options = options(SESSION_OPTIONS, arguments);
    Transport transport = transport(options);
    return new Session(
        address(required(options, "--coordinator"), transport),
        transport,
        required(options, "--run"),
        number(options, "--trial", 0),
        number(options, "--attempt", 1),
        number(options, "--slot", 0),
        number(options, "--parent", 1));
  }

  List<String> SESSION_OPTIONS =
      List.of(
          "--coordinator", "--run", "--trial", "--attempt", "--slot", "--parent", "--transport");

  List<String> AGENT_OPTIONS =
      List.of("--coordinator", "--transport", "--credentials", "--rank", "--parent");

  private static Agent agent(Map<String, String> options) {
    Transport transport = transport(options);
    String credentials = options.get("--credentials");
    return new Agent(
        address(required(options, "--coordinator"), transport),
        transport,
        credentials == null ? null : Path.of(credentials),
        rank(options.getOrDefault("--rank", "0"), System.getenv()),
        options.containsKey("--parent") ? number(options, "--parent", 1) : 0);
  }

  /// A rank. Engines that start many agents by one command line tell each its own in a variable.
  ///
  /// @param given a number, or the name of the variable that holds it
  static int rank(String given, Map<String, String> environment) {
    return number(Map.of("--rank", environment.getOrDefault(given, given)), "--rank", 0);
  }

  private static Transport transport(Map<String, String> options) {
    String name = options.getOrDefault("--transport", "loopback");
    return switch (name) {
      case "loopback" -> Transport.LOOPBACK;
      case "tls" -> Transport.TLS;
      case "insecure" -> Transport.INSECURE;
      default ->
          throw new IllegalArgumentException(
              "--transport must be loopback, tls or insecure, not '" + name + "'");
    };
  }

  private static Map<String, String> options(List<String> known, String... arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (!known.contains(name)) {
        throw new IllegalArgumentException("unknown option '" + name + "'");
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      if (options.put(name, arguments[i + 1]) != null) {
        throw new IllegalArgumentException(name + " is given twice");
      }
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static int number(Map<String, String> options, String name, int minimum) {
    String value = required(options, name);
    try {
      int number = Integer.parseInt(value);
      if (number >= minimum) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw new IllegalArgumentException(
        name + " must be a whole number from " + minimum + ", not '" + value + "'");
  }

  /// Without a look-up where the stream is not protected: only an address that cannot leave this
  /// machine is taken then.
  private static InetSocketAddress address(String text, Transport transport) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = port(colon < 0 ? "" : text.substring(colon + 1), text);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (transport != Transport.LOOPBACK) {
      return new InetSocketAddress(host, port);
    }
    InetAddress address;
    try {
      address =
          host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException notLiteral) {
      throw notLoopback(host, notLiteral);
    }
    if (!address.isLoopbackAddress()) {
      throw notLoopback(host, null);
    }
    return new InetSocketAddress(address, port);
  }

  private static IllegalArgumentException notLoopback(String host, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "--coordinator must be a loopback address such as 127.0.0.1:PORT: '"
            + host
            + "' would need an encrypted connection",
        cause);
  }

  private static int port(String port, String text) {
    try {
      int number = Integer.parseInt(port);
      if (number > 0 && number < 1 << 16) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw new IllegalArgumentException("--coordinator must be HOST:PORT, not '" + text + "'");
  }
}
