package io.percore.coordinator.launch;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Quotes words for engines that hand a command to a POSIX shell, as ssh does.
final class PosixShell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

  private PosixShell() {}

  /// One word that a shell reads as exactly this text.
  static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// Words that a shell reads as exactly these.
  static String quote(List<String> words) {
    return words.stream().map(PosixShell::quote).collect(Collectors.joining(" "));
  }
}
