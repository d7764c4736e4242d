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
import java.util.stream.Stream;

/// See `scripts/check-disturbance`.
final class CheckDisturbance {
  private static final double FOUND_AT_LEAST = 0.95;
  private static final double INVALIDATED_AT_MOST = 0.02;

  /// An attempt counts as disturbed when this share of a burst fell into its window.
  private static final double ENOUGH = 0.9;

  /// One burst of work of the other program: its CPU time lies somewhere between these moments.
  record Burst(Instant from, Instant to, int millis) {}

  /// Attempts at one program, or with bursts of one length.
  private static final class Tally {
    int disturbed;
    int found;
    int others;
    int invalidated;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    String forks = arguments[1];
    List<Integer> lengths = Stream.of(arguments[2].split(",")).map(Integer::valueOf).toList();
    Path directory = Files.createTempDirectory("percore-disturbance");
    List<Burst> bursts = new CopyOnWriteArrayList<>();
    Thread other = Thread.ofPlatform().daemon().start(() -> burst(lengths, bursts));
    run(root, forks, directory.resolve("disturbed"));
    other.interrupt();
    other.join();
    run(root, forks, directory.resolve("quiet"));

    Map<String, Tally> tallies = new TreeMap<>();
    Map<Integer, Tally> byLength = new TreeMap<>();
    for (TrialRecord attempt : RunJournal.read(directory.resolve("disturbed")).trials()) {
      count(attempt, bursts, tallies, byLength);
    }
    for (TrialRecord attempt : RunJournal.read(directory.resolve("quiet")).trials()) {
      count(attempt, List.of(), tallies, byLength);
    }
    boolean passed = print(tallies, byLength);
    System.out.println("\nThe disturbed run against the quiet one:");
    command(
        root,
        "compare",
        directory.resolve("quiet").toString(),
        directory.resolve("disturbed").toString());
    System.out.println("\nBoth runs are in " + directory);
    System.exit(passed ? 0 : 1);
  }

  /// Works for a while and rests for a while, until it is interrupted; the lengths come by chance.
  private static void burst(List<Integer> lengths, List<Burst> bursts) {
    SplittableRandom random = new SplittableRandom(1);
    var cpu = ManagementFactory.getThreadMXBean();
    while (true) {
      try {
        Thread.sleep(Duration.ofMillis(random.nextInt(600, 3_600)));
      } catch (InterruptedException end) {
        return;
      }
      int millis = lengths.get(random.nextInt(lengths.size()));
      Instant from = Instant.now();
      long begin = cpu.getCurrentThreadCpuTime();
      while (cpu.getCurrentThreadCpuTime() - begin < millis * 1_000_000L) {
        Thread.onSpinWait();
      }
      bursts.add(new Burst(from, Instant.now(), millis));
    }
  }

  private static void run(Path root, String forks, Path out) throws Exception {
    command(
        root,
        "run",
        "-q",
        "-s",
        "atomic,biased,gil,processes",
        "-n",
        "2",
        "--forks",
        forks,
        "--warmup",
        "250ms",
        "--window",
        "1s",
        "-o",
        out.toString());
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

  private static void count(
      TrialRecord attempt,
      List<Burst> bursts,
      Map<String, Tally> tallies,
      Map<Integer, Tally> byLength) {
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
    int millis = 0;
    boolean touched = false;
    for (Burst burst : bursts) {
      double inside =
          (double) Math.min(nanos(begin, burst.to()), nanos(begin, end))
              - Math.max(0, nanos(begin, burst.from()));
      double part = inside / nanos(burst.from(), burst.to());
      if (part > share) {
        share = part;
        millis = burst.millis();
      }
      // Waits are counted a little beyond the window, until the threads have stopped.
      touched |=
          burst.to().isAfter(begin.minusMillis(100)) && burst.from().isBefore(end.plusMillis(100));
    }
    var program = attempt.trial().program();
    int n = program.layout().threadsPerProcess() * program.layout().processes();
    Tally tally =
        tallies.computeIfAbsent(
            n + " " + program.discipline() + "@" + program.layout(), _ -> new Tally());
    if (share >= ENOUGH) {
      tally.disturbed++;
      tally.found += invalid ? 1 : 0;
      if (full(measurement)) {
        Tally ofLength = byLength.computeIfAbsent(millis, _ -> new Tally());
        ofLength.disturbed++;
        ofLength.found += invalid ? 1 : 0;
      }
    } else if (!touched) {
      tally.others++;
      tally.invalidated += invalid ? 1 : 0;
    }
  }

  /// Whether the measured threads left no processor free for the other program. Where one is free, as
  /// beside threads that run one at a time, it takes nothing from them.
  private static boolean full(Measurement measurement) {
    double busy =
        measurement.threads().stream()
            .mapToDouble(thread -> (double) thread.cpuNanos() / thread.elapsedNanos())
            .sum();
    return busy > Runtime.getRuntime().availableProcessors() - 0.5;
  }

  private static long nanos(Instant from, Instant to) {
    return Duration.between(from, to).toNanos();
  }

  /// What was found counts only for trials that kept all processors busy.
  private static boolean print(Map<String, Tally> tallies, Map<Integer, Tally> byLength) {
    System.out.printf(
        "%n%-22s %9s %6s %7s %12s%n", "N, program", "disturbed", "found", "others", "invalidated");
    int disturbed = 0;
    int found = 0;
    int clean = 0;
    int wrongly = 0;
    for (Map.Entry<String, Tally> row : tallies.entrySet()) {
      Tally t = row.getValue();
      System.out.printf(
          "%-22s %9d %6d %7d %12d%n", row.getKey(), t.disturbed, t.found, t.others, t.invalidated);
      clean += t.others;
      wrongly += t.invalidated;
    }
    System.out.println();
    for (Map.Entry<Integer, Tally> row : byLength.entrySet()) {
      Tally t = row.getValue();
      System.out.printf(
          "found where no processor was free, bursts of %d ms: %d of %d%n", row.getKey(), t.found, t.disturbed);
      disturbed += t.disturbed;
      found += t.found;
    }
    System.out.printf(
        "found where no processor was free: %d of %d; wrongly invalidated: %d of %d%n",
        found, disturbed, wrongly, clean);
    return found >= FOUND_AT_LEAST * disturbed && wrongly <= INVALIDATED_AT_MOST * clean;
  }
}
