package io.percore.coordinator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.plan.Replay;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `percore exhibit`: how an update gets lost, step by step, played by two threads of a worker.
@Command(
    name = "exhibit",
    description =
        "Plays two threads that count one object, one access at a time: how an unprotected count"
            + " loses a reference, and how an atomic one does not.")
final class ExhibitCommand implements Callable<Integer> {
  private static final String ROW = "%4s  %-25s%-25s%5s%n";

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Replay> replays = WorkerSetup.survey(new RunOptions()).survey().catalogue().played();
    if (output.json()) {
      System.out.println(
          JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(replays));
    } else {
      replays.forEach(replay -> System.out.println(text(replay)));
    }
    return ExitCode.OK;
  }

  static String text(Replay replay) {
    StringBuilder text = new StringBuilder(replay.discipline() + ", one reference to begin with\n");
    List<String> threads = replay.threads();
    text.append(
        String.format(
            ROW, "step", "thread " + threads.getFirst(), "thread " + threads.getLast(), "count"));
    int number = 0;
    for (Replay.Step step : replay.steps()) {
      if (number == replay.taken()) {
        text.append("      both have a reference now, and give it back\n");
      }
      number++;
      boolean first = step.thread().equals(threads.getFirst());
      text.append(
          String.format(
              ROW, number, first ? step.words() : "", first ? "" : step.words(), step.count()));
    }
    replay.sentences().forEach(sentence -> text.append(sentence).append('\n'));
    return text.toString();
  }
}
