package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Small values of everything that a journal holds.
final class Samples {
  private Samples() {}

  static Environment environment(List<Cpu> cpus, String quota) {
    return new Environment(
        "host",
        "Linux",
        "6.1",
        "a processor",
        "amd64",
        1L << 34,
        cpus.size(),
        cpus,
        quota,
        List.of(new Environment.Reading("affinity", "0-1", "sched_getaffinity", true)),
        "boot",
        "time:[1]",
        "25",
        "vendor",
        "home",
        List.of("-XX:+UseSerialGC"),
        "hash",
        true,
        "");
  }

  static List<Cpu> cpus(int sockets, int coresPerSocket, int siblings) {
    List<Cpu> cpus = new ArrayList<>();
    for (int sibling = 0; sibling < siblings; sibling++) {
      for (int socket = 0; socket < sockets; socket++) {
        for (int core = 0; core < coresPerSocket; core++) {
          cpus.add(new Cpu(cpus.size(), core, socket, socket));
        }
      }
    }
    return cpus;
  }

  static RunHeader header() {
    return header(Experiment.Place.PACK, cpus(1, 2, 1));
  }

  static RunHeader header(Experiment.Place place, List<Cpu> cpus) {
    Experiment experiment =
        new Experiment(
            List.of(Strategy.parse("atomic"), Strategy.parse("sequential")),
            List.of(1, 2),
            "counter",
            Map.of("work", "0"),
            Map.of("atomic", Map.of()),
            new Scaling.Strong(4_000_000),
            2,
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Experiment.Pinning.AUTO,
            place,
            42,
            List.of());
    return new RunHeader(
        "run-1",
        Instant.parse("2026-11-23T10:00:00.123456789Z"),
        experiment,
        new Catalogue(List.of(), List.of()),
        environment(cpus, "none"),
        new Planner(experiment, 2, true).points());
  }

  static TrialRecord record(int sequence, TrialOutcome outcome) {
    return new TrialRecord(
        sequence,
        new Trial(sequence, 0, new Program("atomic", Sharing.PROCESS, new Layout(1, 2), true)),
        1,
        Instant.parse("2026-11-23T10:00:01Z"),
        Duration.ofMillis(1234),
        outcome);
  }

  static TrialOutcome.Completed completed() {
    ThreadSample thread =
        new ThreadSample(0, 0, 1234.5, 0.25, 900, 1_000_000, 990_000, 1_000_000, 1, 2, 3_000, 1);
    ProcessSample process =
        new ProcessSample(
            0,
            4711,
            1000,
            0.3,
            true,
            "",
            500_000,
            0,
            0,
            0,
            12,
            3,
            1 << 20,
            "Serial",
            1_000_000,
            List.of(1L, 2L, Long.MAX_VALUE));
    Verification verification = new Verification(5000, 5000L, 4990L, 0, 1, 2, 0, 0, true);
    return new TrialOutcome.Completed(
        new Measurement(
            1_000_000,
            1,
            List.of(thread),
            List.of(process),
            verification,
            List.of(new Measurement.RoundSample(1_000_000, verification)),
            400_000_000),
        List.of("a \"quoted\" defect\nwith a line break, é and \u2028"));
  }
}
