package io.percore.coordinator.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files through which a kernel speaks of its machine, below a root that is `/` but in tests.
/// What cannot be read is not there.
///
/// @param root directory that stands for `/`
public record MachineFiles(Path root) {
  /// Content of a file without surrounding blanks.
  Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /// Lines of a file, none where there is no such file.
  List<String> lines(String path) {
    return text(path).map(text -> text.lines().toList()).orElse(List.of());
  }

  /// The number that follows a name: `MemAvailable: 123 kB`, `some avg10=1.50`.
  OptionalLong number(String path, String name) {
    Matcher matcher =
        Pattern.compile(Pattern.quote(name) + "\\s*[:=]?\\s*(\\d+)").matcher(text(path).orElse(""));
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /// Names of a directory's entries, none where there is no such directory.
  List<String> names(String path) {
    try (Stream<Path> entries = Files.list(root.resolve(path))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /// What each processor's file says, without repetition: `performance`, or several values where
  /// processors differ.
  List<String> ofEachCpu(String file) {
    return names("sys/devices/system/cpu").stream()
        .filter(name -> name.matches("cpu\\d+"))
        .flatMap(name -> text("sys/devices/system/cpu/" + name + "/" + file).stream())
        .distinct()
        .sorted()
        .toList();
  }
}
