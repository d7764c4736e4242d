package io.percore.coordinator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/// `percore man-pages`: the manual, one page for each command.
@Command(
    name = "man-pages",
    description =
        "Writes the manual, one page for each command, into a directory. The pages bear today's"
            + " date, or that of SOURCE_DATE_EPOCH.",
    footerHeading = "%nExample:%n",
    footer = {
      "  scripts/percore man-pages ~/.local/share/man/man1",
      "  man percore-run",
    })
final class ManPagesCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "1",
      description = "Directory for the pages; it is made when it is not there.")
  private Path directory = Path.of(".");

  @Override
  public Integer call() {
    LocalDate date = date(System.getenv().getOrDefault("SOURCE_DATE_EPOCH", ""));
    try {
      Files.createDirectories(directory);
      for (CommandSpec command : commands()) {
        Path file = directory.resolve(ManPage.name(command) + ".1");
        Files.writeString(file, ManPage.of(command, date), StandardCharsets.US_ASCII);
        System.out.println(file);
      }
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, "cannot write manual pages: " + e, e);
    }
    return ExitCode.OK;
  }

  /// percore itself, then its commands.
  static List<CommandSpec> commands() {
    CommandLine root = CoordinatorMain.commands();
    List<CommandSpec> commands = new ArrayList<>(List.of(root.getCommandSpec()));
    root.getSubcommands().values().forEach(command -> commands.add(command.getCommandSpec()));
    return commands;
  }

  private static LocalDate date(String epoch) {
    if (epoch.isEmpty()) {
      return LocalDate.now(ZoneOffset.UTC);
    }
    if (!epoch.matches("[0-9]{1,12}")) {
      throw new UserError(
          ExitCode.USAGE, "SOURCE_DATE_EPOCH '" + epoch + "' is not a number of seconds");
    }
    return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(epoch)), ZoneOffset.UTC);
  }
}
