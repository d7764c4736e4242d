package io.percore.coordinator.session;

import io.percore.coordinator.plan.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What starts worker processes for a trial. It keeps this package free of how that is done, and of
/// where.
public interface WorkerHost {

  /// The clocks of the machines on which workers run, as they stand to the coordinator's just now.
  ///
  /// @throws IOException when a machine does not answer
  default Clocks clocks() throws IOException, InterruptedException {
    return Clocks.OWN;
  }

  /// Announces that for some time nothing is sent, because workers measure.
  default void quiet(Duration time) {}

  /// Waits until every machine is there, as long as those that are lost may come back.
  ///
  /// @param told in one line each what is waited for, and that it has come
  /// @return which machine is gone for good, and how; empty when all are there
  default Optional<String> awaitMachines(Consumer<String> told) throws InterruptedException {
    return Optional.empty();
  }

  /// Starts one worker process and returns at once.
  ///
  /// @param invitation what it needs to join
  /// @param program what it will run
  /// @param onExit told once when it has ended, on any thread
  /// @throws IOException when it cannot be started
  Worker start(Invitation invitation, Program program, Consumer<Exit> onExit) throws IOException;

  /// What a worker needs to join.
  ///
  /// @param address `host:port` to dial
  /// @param key who it is
  /// @param secret one-time secret in hex
  record Invitation(String address, SessionKey key, String secret) {
    /// Without the secret.
    @Override
    public String toString() {
      return key + " at " + address;
    }
  }

  /// A started process. Thread-safe.
  interface Worker {
    /// Ends it at once.
    void kill();

    /// Waits for its end.
    ///
    /// @return whether it ended within `timeout`
    boolean awaitExit(Duration timeout) throws InterruptedException;
  }

  /// How a worker process ended.
  ///
  /// @param code its exit code, or [#UNSEEN]
  /// @param stderrTail the end of its standard error; where nobody saw how it ended, why not
  record Exit(int code, String stderrTail) {
    /// Nobody saw how it ended, or it was never started.
    public static final int UNSEEN = -1;
  }
}
