package io.percore.coordinator;

import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `percore report`: draws the report of a run again, from its journal.
@Command(name = "report", description = "Draws the report of a run again, from its trials.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", arity = "1", description = "Directory of a run.")
  private Path run = Path.of(".");

  @Option(
      names = "--export",
      paramLabel = "FORMAT=FILE",
      description = "Also write a format of another tool; see percore list formats.")
  private List<String> exports = new ArrayList<>();

  @Mixin private ReportOutputOptions output = new ReportOutputOptions();

  @Override
  public Integer call() throws IOException {
    List<RunFiles.Export> wanted = exports.stream().map(RunFiles.Export::parse).toList();
    try {
      RunJournal.Contents contents = RunJournal.read(run);
      if (contents.torn() > 0) {
        System.err.printf(
            "the last line of %s was cut off (%d bytes) and does not count%n",
            run, contents.torn());
      }
      RunFiles.write(RunReports.of(contents), run, wanted, output);
      return ExitCode.OK;
    } catch (JournalException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }
}
