import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// See `scripts/check-disturbance`.
final class CheckDisturbance {
  private static final double FOUND_AT_LEAST = 0.95;
  private static final double INVALIDATED_AT_MOST = 0.02;

  /// An attempt counts as disturbed when this share of a burst fell into its window.
  private static final double ENOUGH = 0.9;

  /// One burst of work of the other program: its CPU time lies somewhere between these moments.
  record Burst(Instant from, Instant to) {}

  /// Attempts at one program.
  private static final class Tally {
    int disturbed;
    int found;
    int others;
    int invalidated;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    String forks = arguments[1];
    long burstNanos = Long.parseLong(arguments[2]) * 1_000_000;
    Path directory = Files.createTempDirectory("percore-disturbance");
    List<Burst> bursts = new CopyOnWriteArrayList<>();
    Thread other = Thread.ofPlatform().daemon().start(() -> burst(burstNanos, bursts));
    run(root, forks, directory.resolve("disturbed"));
    other.interrupt();
    other.join();
    run(root, forks, directory.resolve("quiet"));

    Map<String, Tally> tallies = new TreeMap<>();
    for (TrialRecord attempt : RunJournal.read(directory.resolve("disturbed")).trials()) {
      count(attempt, bursts, tallies);
    }
    boolean passed = print(tallies);
    System.out.println("\nThe disturbed run against the quiet one:");
    command(root, "compare", directory.resolve("quiet").toString(),
        directory.resolve("disturbed").toString());
    System.out.println("\nBoth runs are in " + directory);
    System.exit(passed ? 0 : 1);
  }

  /// Works for a while and rests for a while, until it is interrupted.
  private static void burst(long burstNanos, List<Burst> bursts) {
    SplittableRandom random = new SplittableRandom(1);
    var cpu = ManagementFactory.getThreadMXBean();
    while (true) {
      try {
        Thread.sleep(Duration.ofMillis(random.nextInt(600, 3_600)));
      } catch (InterruptedException end) {
        return;
      }
      Instant from = Instant.now();
      long begin = cpu.getCurrentThreadCpuTime();
      while (cpu.getCurrentThreadCpuTime() - begin < burstNanos) {
        Thread.onSpinWait();
      }
      bursts.add(new Burst(from, Instant.now()));
    }
  }

  private static void run(Path root, String forks, Path out) throws Exception {
    command(root, "run", "-q", "-s", "atomic,biased,gil,processes", "-n", "2", "--forks", forks,
        "--warmup", "250ms", "--window", "1s", "-o", out.toString());
  }

  private static void command(Path root, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("scripts/percore").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    // 4: what is to be seen here; 5 and 6: said by the table.
    if (code != 0 && code < 4) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }

  private static void count(TrialRecord attempt, List<Burst> bursts, Map<String, Tally> tallies) {
    Measurement measurement =
        switch (attempt.outcome()) {
          case Completed completed -> completed.measurement();
          case Invalidated invalidated -> invalidated.measurement();
          default -> null;
        };
    if (measurement == null || measurement.windowStarted() == null) {
      return;
    }
    boolean invalid =
        !(attempt.outcome() instanceof Completed completed) || !completed.disturbance().isEmpty();
    Instant begin = measurement.windowStarted();
    Instant end = begin.plusNanos(measurement.windowNanos());
    double share = 0;
    boolean touched = false;
    for (Burst burst : bursts) {
      double inside =
          (double) Math.min(nanos(begin, burst.to()), nanos(begin, end))
              - Math.max(0, nanos(begin, burst.from()));
      share = Math.max(share, inside / nanos(burst.from(), burst.to()));
      // Waits are counted a little beyond the window, until the threads have stopped.
      touched |= burst.to().isAfter(begin.minusMillis(100)) && burst.from().isBefore(end.plusMillis(100));
    }
    var program = attempt.trial().program();
    Tally tally =
        tallies.computeIfAbsent(
            program.layout().threadsPerProcess() * program.layout().processes()
                + " " + program.discipline() + "@" + program.layout(),
            _ -> new Tally());
    if (share >= ENOUGH) {
      tally.disturbed++;
      tally.found += invalid ? 1 : 0;
    } else if (!touched) {
      tally.others++;
      tally.invalidated += invalid ? 1 : 0;
    }
  }

  private static long nanos(Instant from, Instant to) {
    return Duration.between(from, to).toNanos();
  }

  /// Where a processor is free for the other program it takes none from a trial: only N = 2 counts.
  private static boolean print(Map<String, Tally> tallies) {
    System.out.printf("%n%-22s %9s %6s %7s %12s%n", "N, program", "disturbed", "found", "others", "invalidated");
    Tally all = new Tally();
    int clean = 0;
    int wrongly = 0;
    for (Map.Entry<String, Tally> row : tallies.entrySet()) {
      Tally t = row.getValue();
      System.out.printf("%-22s %9d %6d %7d %12d%n", row.getKey(), t.disturbed, t.found, t.others, t.invalidated);
      clean += t.others;
      wrongly += t.invalidated;
      if (row.getKey().startsWith("2 ")) {
        all.disturbed += t.disturbed;
        all.found += t.found;
      }
    }
    System.out.printf("%nfound at N = 2: %d of %d; wrongly invalidated: %d of %d%n", all.found, all.disturbed, wrongly, clean);
    return all.found >= FOUND_AT_LEAST * all.disturbed && wrongly <= INVALIDATED_AT_MOST * clean;
  }
}
