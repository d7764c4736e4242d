package io.percore.worker.trial;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A short trial of two unpinned threads, to be changed by a test.
final class SpecBuilder {
  Discipline discipline = Discipline.ATOMIC;
  Map<String, String> disciplineParameters = Map.of();
  Workload workload = Workload.COUNTER;
  Map<String, String> workloadParameters = Map.of();
  Sharing sharing = Sharing.PROCESS;
  int threads = 2;
  List<Integer> cpus = List.of();
  Duration warmUp = Duration.ofMillis(20);
  Duration window = Duration.ofMillis(20);
  List<Long> operations = List.of();
  boolean watched;

  SpecBuilder fixedWork(Long... operationsPerThread) {
    window = Duration.ZERO;
    operations = List.of(operationsPerThread);
    return this;
  }

  TrialSpec build() {
    return new TrialSpec(
        discipline,
        disciplineParameters,
        workload,
        workloadParameters,
        sharing,
        threads,
        cpus,
        warmUp,
        1,
        window,
        false,
        42,
        operations,
        watched);
  }
}
