package io.percore.coordinator.session;

import com.sun.management.OperatingSystemMXBean;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.TrialOrder.Purpose;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A process that conducts trials of very many workers, which are light, and prints what that cost
/// it.
final class Scale {
  private static final int PROCESSES = 4;
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration EXIT = Duration.ofSeconds(1);
  private static final double MEBIBYTE = 1 << 20;

  private Scale() {}

  /// Conducts one trial of each size.
  ///
  /// @param arguments the file of what each worker says of its machine, then numbers of workers
  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "workers  ready s  skew p50 ms  p99 ms  max ms  results ms  joined MiB  results MiB  CPU"
            + " s");
    // The first trial loads and compiles, and is not printed.
    trial(arguments[0], Integer.parseInt(arguments[1]), false);
    for (int i = 1; i < arguments.length; i++) {
      trial(arguments[0], Integer.parseInt(arguments[i]), true);
    }
  }

  private static void trial(String description, int workers, boolean printed) throws Exception {
    try (SessionServer server = new SessionServer("jar");
        LightHost host = new LightHost(description)) {
      long cpu = cpuNanos();
      TrialOutcome outcome =
          new TrialConductor(server, host, "scale", Limits.rehearsal(EXIT)).conduct(order(workers));
      cpu = cpuNanos() - cpu - host.ownCpuNanos;
      if (!(outcome instanceof Completed(Measurement measured, _, _))
          || !measured.verification().exact()
          || measured.threads().size() != workers) {
        throw new IllegalStateException("no trial of " + workers + " workers: " + outcome);
      }
      if (printed) {
        long[] skews =
            measured.threads().stream().mapToLong(ThreadSample::startSkewNanos).sorted().toArray();
        System.out.printf(
            "%7d  %7.2f  %11.2f  %6.2f  %6.2f  %10.0f  %10.1f  %11.1f  %5.2f%n",
            workers,
            measured.launchNanos() / 1e9,
            skews[workers / 2] / 1e6,
            skews[Math.ceilDiv(99 * workers, 100) - 1] / 1e6,
            skews[workers - 1] / 1e6,
            host.resultNanos / 1e6,
            host.live.getFirst() / MEBIBYTE,
            host.live.getLast() / MEBIBYTE,
            cpu / 1e9);
      }
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static TrialOrder order(int workers) {
    return new TrialOrder(
        new Trial(0, 0, new Program("atomic", Sharing.PROCESS, new Layout(workers, 1), false)),
        1,
        Map.of(),
        "counter",
        true,
        Map.of("work", "0"),
        0,
        Duration.ofMillis(1),
        WINDOW,
        Cluster.of(workers),
        List.of(),
        7,
        Purpose.SPEED);
  }

  /// Hands workers to processes that run already, in turn.
  private static final class LightHost implements WorkerHost, AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final List<OutputStream> inputs = new ArrayList<>();

    /// Bytes of the heap that are in use when all have joined, and when all results are there.
    private final List<Long> live = new ArrayList<>();

    /// What it took to find that out.
    private long ownCpuNanos;

    private long windowEnd;
    private long resultNanos;

    LightHost(String description) throws IOException {
      for (int i = 0; i < PROCESSES; i++) {
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LightWorkers.class.getName(),
                    description)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        inputs.add(process.getOutputStream());
        // The process must stay readable: nothing more is read from it.
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        if (!"ready".equals(out.readLine())) {
          throw new IOException("light workers did not start");
        }
      }
    }

    @Override
    public Worker start(Invitation invitation, Program program, Consumer<Exit> onExit)
        throws IOException {
      SessionKey key = invitation.key();
      OutputStream input = inputs.get(key.slot() % inputs.size());
      input.write(
          "%s %s %d %d %d %s%n"
              .formatted(
                  invitation.address(),
                  key.run(),
                  key.trial(),
                  key.attempt(),
                  key.slot(),
                  invitation.secret())
              .getBytes(StandardCharsets.US_ASCII));
      input.flush();
      return new Worker() {
        @Override
        public void kill() {
          // It goes with its process.
        }

        @Override
        public boolean awaitExit(Duration timeout) {
          return true;
        }
      };
    }

    @Override
    public void quiet(Duration time) {
      windowEnd = System.nanoTime() + time.toNanos();
    }

    @Override
    public Clocks clocks() {
      resultNanos = System.nanoTime() - windowEnd;
      long cpu = cpuNanos();
      System.gc();
      live.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      ownCpuNanos += cpuNanos() - cpu;
      return Clocks.OWN;
    }

    @Override
    public void close() {
      processes.forEach(Process::destroyForcibly);
    }
  }
}
