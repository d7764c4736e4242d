package io.percore.coordinator;

import io.percore.coordinator.report.PlainText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The terminal that percore may have been started in. Java knows of one only as a whole; what
/// standard output and standard error are, the launching script tells. Untold, a stream is none.
final class Terminal {
  /// Columns of a terminal that does not tell.
  static final int USUAL_COLUMNS = 80;

  private static final Pattern SIZE = Pattern.compile("[0-9]+ ([1-9][0-9]{0,3})\\s*");
  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{0,3}");

  private Terminal() {}

  /// Whether results are read by a person on a terminal.
  static boolean isOutput() {
    return Boolean.getBoolean("percore.stdout.terminal");
  }

  /// Whether a line of progress can be written over: on a terminal that can move its cursor.
  static boolean canOverwrite() {
    return Boolean.getBoolean("percore.stderr.terminal") && !dumb(System.getenv());
  }

  /// Whether results are coloured when nobody asked for it or forbade it. The first that applies
  /// of: `NO_COLOR` (no), `CLICOLOR_FORCE` (yes), no terminal or one that cannot (no), `CLICOLOR=0`
  /// (no); an empty variable is as good as none.
  static boolean coloured(Map<String, String> environment, boolean terminal) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    if (!environment.getOrDefault("CLICOLOR_FORCE", "0").matches("0?")) {
      return true;
    }
    return terminal && !dumb(environment) && !environment.getOrDefault("CLICOLOR", "").equals("0");
  }

  private static boolean dumb(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "dumb").matches("|dumb|unknown");
  }

  /// Columns for results now: the user may have changed the size since the start. No limit where
  /// they go elsewhere.
  static int outputColumns() {
    return isOutput() ? columns("/dev/stdout") : Integer.MAX_VALUE;
  }

  /// Columns for progress now.
  static int progressColumns() {
    return columns("/dev/stderr");
  }

  private static int columns(String device) {
    String wanted = System.getenv().getOrDefault("COLUMNS", "");
    return COLUMNS.matcher(wanted).matches()
        ? Integer.parseInt(wanted)
        : asked(device).orElse(USUAL_COLUMNS);
  }

  /// What `stty` says; nothing where there is none or the terminal does not know.
  private static OptionalInt asked(String device) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File(device))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return OptionalInt.empty();
      }
      Matcher size =
          SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /// Prints a result for people, in signs that the encoding of standard output has.
  static void print(String text) {
    System.out.print(PlainText.encodable(text, System.out.charset()));
    System.out.flush();
  }
}
