package io.percore.coordinator;

import io.percore.coordinator.LinkProxy.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can happen to a worker, or to the network between it and the coordinator.
enum Fault {
  KILLED(null),
  STOPPED(null),
  /// Stopped for a moment that no time-out is short enough for.
  PAUSED(null),
  /// Others want all of its processors.
  SLOWED(null),
  /// It gets no more memory from the kernel.
  OUT_OF_MEMORY(null),
  /// It cannot write another byte to a file.
  OUT_OF_DISK(null),
  LINK_CLOSED(Link.CLOSED),
  LINK_RESET(Link.RESET),
  LINK_SILENT(Link.SILENT),
  LINK_SLOW(Link.SLOW),
  LINK_LATE(Link.LATE);

  /// How long a pause is.
  static final Duration PAUSE = Duration.ofMillis(150);

  /// For a second of processor time.
  private static final String BURN = "ulimit -t 1; while :; do :; done";

  private final @Nullable Link link;

  Fault(@Nullable Link link) {
    this.link = link;
  }

  /// Whether a worker that this happens to cannot hand in a result any more.
  boolean cutsOff() {
    return switch (this) {
      case KILLED, STOPPED, LINK_CLOSED, LINK_RESET, LINK_SILENT -> true;
      case PAUSED, SLOWED, OUT_OF_MEMORY, OUT_OF_DISK, LINK_SLOW, LINK_LATE -> false;
    };
  }

  /// Whether it is the network that it happens to.
  boolean ofLink() {
    return link != null;
  }

  /// Makes it happen, and returns once it has.
  ///
  /// @param pid of the worker
  /// @param proxy the network
  /// @return programs that have to be ended for it to be over
  List<Process> strike(long pid, LinkProxy proxy) throws IOException, InterruptedException {
    if (link != null) {
      proxy.become(link);
      return List.of();
    }
    // Light workers have none of their own: 0 and 1 stand for many.
    if (pid <= 1) {
      throw new IllegalStateException("no process of a worker has the id " + pid);
    }
    switch (this) {
      case KILLED -> run("kill", "-KILL", Long.toString(pid));
      case STOPPED -> run("kill", "-STOP", Long.toString(pid));
      case PAUSED -> {
        run("kill", "-STOP", Long.toString(pid));
        Thread.sleep(PAUSE);
        run("kill", "-CONT", Long.toString(pid));
      }
      case SLOWED -> {
        return burners();
      }
      case OUT_OF_MEMORY -> run("prlimit", "--pid=" + pid, "--as=1048576");
      case OUT_OF_DISK -> run("prlimit", "--pid=" + pid, "--fsize=0");
      case LINK_CLOSED, LINK_RESET, LINK_SILENT, LINK_SLOW, LINK_LATE ->
          throw new IllegalStateException("a link has no process");
    }
    return List.of();
  }

  private static List<Process> burners() throws IOException {
    List<Process> burners = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      burners.add(new ProcessBuilder("sh", "-c", BURN).start());
    }
    return burners;
  }

  /// A process that has ended meanwhile is none of its business.
  private static void run(String... words) throws IOException, InterruptedException {
    var _ = new ProcessBuilder(words).start().waitFor();
  }
}
