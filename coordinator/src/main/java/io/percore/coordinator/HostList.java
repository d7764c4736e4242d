package io.percore.coordinator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The machines that a user names, each with the processors that a run may use of it.
///
/// @param hosts in the order in which they are filled
record HostList(List<Host> hosts) {
  private static final Pattern HOST =
      Pattern.compile("(?<name>\\[[^\\]]+]|[^:\\[\\]]+)(?::(?<slots>[1-9]\\d{0,5}))?");

  HostList {
    hosts = List.copyOf(hosts);
  }

  /// One machine.
  ///
  /// @param slots processors to use at most; empty for all that it has
  record Host(String name, OptionalInt slots) {}

  /// Reads `a:4,b` or, as `@FILE`, a file with one such in a line, in which `#` begins a remark. An
  /// address of IPv6 stands in square brackets.
  ///
  /// @throws IllegalArgumentException in one line, when there is none, or one is named twice
  static HostList parse(String text) {
    List<String> words = text.startsWith("@") ? lines(Path.of(text.substring(1))) : split(text);
    List<Host> hosts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String word : words) {
      Matcher host = HOST.matcher(word);
      if (!host.matches()) {
        throw new IllegalArgumentException(
            "--hosts wants NAME or NAME:PROCESSORS, separated by commas, and got '" + word + "'");
      }
      String name = host.group("name").replaceAll("[\\[\\]]", "");
      String slots = host.group("slots");
      if (!names.add(name)) {
        throw new IllegalArgumentException("--hosts has " + name + " twice");
      }
      hosts.add(
          new Host(
              name, slots == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(slots))));
    }
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("--hosts names no machine");
    }
    return new HostList(hosts);
  }

  /// Machines of these names, with all that they have.
  static HostList of(List<String> names) {
    return new HostList(names.stream().map(name -> new Host(name, OptionalInt.empty())).toList());
  }

  List<String> names() {
    return hosts.stream().map(Host::name).toList();
  }

  private static List<String> split(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("--hosts cannot read " + file, unreadable);
    }
  }
}
