package io.percore.coordinator;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of a command, made from its definition, in the macros of man(7).
final class ManPage {
  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /// Name of the page: `percore-run`.
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /// The page.
  ///
  /// @param date that it bears
  /// @return roff, in ASCII
  static String of(CommandSpec command, LocalDate date) {
    ManPage page = new ManPage(command);
    page.header(date);
    page.synopsis();
    page.arguments();
    page.options();
    page.commands();
    page.exitStatus();
    page.footer();
    page.seeAlso();
    return page.page.toString();
  }

  private void header(LocalDate date) {
    String version = command.root().version()[0];
    page.append(".\\\" Made from the command's definition; changes belong there.\n");
    page.append(".TH ")
        .append(quoted(name(command).toUpperCase(Locale.ROOT)))
        .append(" 1 ")
        .append(date)
        .append(' ')
        .append(quoted(version))
        .append(" \"percore manual\"\n");
    String description = text(command.usageMessage().description());
    section("NAME");
    page.append(escaped(name(command)))
        .append(" \\- ")
        .append(escaped(firstSentence(description)))
        .append('\n');
  }

  private void synopsis() {
    section("SYNOPSIS");
    Help help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
    String whole = help.synopsis(0).replaceAll("\\s+", " ").strip();
    String name = command.qualifiedName();
    page.append("\\fB").append(escaped(name)).append("\\fR");
    page.append(escaped(whole.substring(name.length()))).append('\n');
    section("DESCRIPTION");
    paragraph(text(command.usageMessage().description()));
  }

  private void arguments() {
    List<PositionalParamSpec> parameters =
        command.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    if (!parameters.isEmpty()) {
      section("ARGUMENTS");
      parameters.forEach(
          p -> entry("\\fI" + escaped(p.paramLabel()) + "\\fR", String.join(" ", p.description())));
    }
  }

  private void options() {
    section("OPTIONS");
    command.options().stream()
        .filter(option -> !option.hidden())
        .sorted((a, b) -> a.longestName().compareTo(b.longestName()))
        .forEach(option -> entry(names(option), String.join(" ", option.description())));
  }

  private static String names(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(name -> "\\fB" + escaped(name) + "\\fR")
            .collect(Collectors.joining(", "));
    if (option.arity().max() == 0) {
      return names;
    }
    String separator = option.longestName().startsWith("--") ? "=" : " ";
    return names + separator + "\\fI" + escaped(option.paramLabel()) + "\\fR";
  }

  private void commands() {
    if (!command.subcommands().isEmpty()) {
      section("COMMANDS");
      command
          .subcommands()
          .forEach(
              (name, sub) ->
                  entry(
                      "\\fB" + escaped(name) + "\\fR",
                      firstSentence(text(sub.getCommandSpec().usageMessage().description()))));
    }
  }

  private void exitStatus() {
    Map<String, String> codes = command.root().usageMessage().exitCodeList();
    section("EXIT STATUS");
    codes.forEach((code, meaning) -> entry("\\fB" + escaped(code.strip()) + "\\fR", meaning));
  }

  /// Examples and the like, line by line as they stand.
  private void footer() {
    String[] footer = command.usageMessage().footer();
    if (footer.length > 0) {
      String heading = String.format(command.usageMessage().footerHeading()).strip();
      section(heading.replace(":", "").toUpperCase(Locale.ROOT));
      page.append(".nf\n");
      Arrays.stream(footer).forEach(line -> page.append(line(line.strip())).append('\n'));
      page.append(".fi\n");
    }
  }

  private void seeAlso() {
    List<CommandSpec> others =
        command.parent() == null
            ? command.subcommands().values().stream().map(c -> c.getCommandSpec()).toList()
            : List.of(command.parent());
    section("SEE ALSO");
    page.append(
        others.stream()
            .map(other -> ".BR " + escaped(name(other)) + " (1)")
            .collect(Collectors.joining(",\n", "", "\n")));
  }

  private void section(String title) {
    page.append(".SH ").append(quoted(title)).append('\n');
  }

  private void entry(String term, String meaning) {
    page.append(".TP\n").append(term).append('\n').append(line(meaning)).append('\n');
  }

  private void paragraph(String text) {
    page.append(line(text)).append('\n');
  }

  /// The lines of a command's description as one, which picocli, unlike those of an option, gives
  /// as a format.
  static String text(String[] description) {
    return String.format(String.join(" ", description)).strip();
  }

  /// A text up to where its first sentence, or a part of it, ends.
  static String firstSentence(String text) {
    return text.replaceAll("[.:;] .*|\\.$", "");
  }

  /// A line of text that cannot be taken for a request.
  private static String line(String text) {
    String escaped = escaped(text);
    return escaped.startsWith(".") || escaped.startsWith("\\(aq") ? "\\&" + escaped : escaped;
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }

  private static String escaped(String text) {
    StringBuilder roff = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> roff.append("\\e");
                case '-' -> roff.append("\\-");
                case '\'' -> roff.append("\\(aq");
                case '`' -> roff.append("\\(ga");
                case '^' -> roff.append("\\(ha");
                case '~' -> roff.append("\\(ti");
                default -> {
                  if (c < 0x80) {
                    roff.appendCodePoint(c);
                  } else {
                    roff.append("\\[u%04X]".formatted(c));
                  }
                }
              }
            });
    return roff.toString();
  }
}
