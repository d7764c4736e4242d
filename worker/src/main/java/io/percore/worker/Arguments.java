package io.percore.worker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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
      --slot N --parent PID < SECRET
             percore-worker --describe\
      """;

  /// Print catalogue and machine.
  record Describe() implements Arguments {}

  /// Print how to use it.
  record Help() implements Arguments {}

  /// Take part in a trial.
  ///
  /// @param coordinator where it listens, on this machine
  /// @param run identity of the run
  /// @param trial index of the trial, from 0
  /// @param attempt at that trial, from 1
  /// @param slot of this worker among those of the trial, from 0
  /// @param parentPid process that started this one
  record Session(
      InetSocketAddress coordinator, String run, int trial, int attempt, int slot, long parentPid)
      implements Arguments {}

  /// Parses a command line.
  ///
  /// @throws IllegalArgumentException in one line, when it is wrong
  static Arguments parse(String... arguments) {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("nothing to do: 'session' or '--describe' expected");
    }
    String command = arguments[0];
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
    Map<String, String> options = options(arguments);
    return new Session(
        address(required(options, "--coordinator")),
        required(options, "--run"),
        number(options, "--trial", 0),
        number(options, "--attempt", 1),
        number(options, "--slot", 0),
        number(options, "--parent", 1));
  }

  private static Map<String, String> options(String... arguments) {
    List<String> known =
        List.of("--coordinator", "--run", "--trial", "--attempt", "--slot", "--parent");
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

  /// Without a look-up: the stream is not encrypted, so only an address that cannot leave this
  /// machine is taken.
  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = port(colon < 0 ? "" : text.substring(colon + 1), text);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
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
