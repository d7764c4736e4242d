package io.percore.worker.trial;

import io.percore.worker.refcount.LockWatch;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.workload.Kernel;
import io.percore.worker.workload.Team;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes what the threads of a trial work on: the domains that count, shared or one for each
/// thread, and a kernel for each thread with its objects and locks.
final class TrialObjects {
  private TrialObjects() {}

  /// The kernels with their objects and locks, where they will stay in memory.
  ///
  /// A young collection copies what an object refers to side by side: the locks of threads that
  /// share nothing end up on one cache line, whatever was allocated between them. A full one keeps
  /// the order of allocation, with all that keeps objects apart, and what it has moved is not moved
  /// again by young ones. The first makes room, so that no young one comes in between.
  ///
  /// @param watch watches the lock that all objects share; null to leave it alone
  /// @throws IllegalArgumentException when there is no such lock
  static List<Kernel> settled(TrialSpec spec, @Nullable LockWatch watch) {
    List<RefCount> domains = domains(spec, watch);
    System.gc();
    List<Kernel> kernels =
        spec.workload().create(spec.workloadParameters(), new Team(domains, spec.seed()));
    System.gc();
    return kernels;
  }

  private static List<RefCount> domains(TrialSpec spec, @Nullable LockWatch watch) {
    List<RefCount> domains = new ArrayList<>();
    switch (spec.sharing()) {
      case PROCESS -> {
        RefCount shared =
            watch == null
                ? spec.discipline().create(spec.disciplineParameters())
                : watchedDomain(spec, watch);
        domains.addAll(Collections.nCopies(spec.threads(), shared));
      }
      case THREAD -> {
        for (int i = 0; i < spec.threads(); i++) {
          domains.add(spec.discipline().create(spec.disciplineParameters()));
        }
      }
    }
    return domains;
  }

  private static RefCount watchedDomain(TrialSpec spec, LockWatch watch) {
    return spec.discipline()
        .createWatched(spec.disciplineParameters(), watch)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    spec.discipline().id() + " has no one lock that could be watched"));
  }
}
