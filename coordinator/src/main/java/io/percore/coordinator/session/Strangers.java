package io.percore.coordinator.session;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/// Peers that have opened a stream and not yet said who they are. They are few at a time: who comes
/// when there are too many takes the place of one that has been silent for too long, or has none.
/// Thread-safe; it needs no thread and no timer.
final class Strangers {
  private final IntSupplier most;
  private final long patienceNanos;

  /// In the order in which they came. Guarded by this monitor.
  private final Set<Stranger> waiting = new LinkedHashSet<>();

  /// @param most at a time; asked whenever one comes, on any thread
  /// @param patience with each while there is no room
  Strangers(IntSupplier most, Duration patience) {
    this.most = most;
    this.patienceNanos = patience.toNanos();
  }

  /// How many there are.
  synchronized int number() {
    return waiting.size();
  }

  /// Takes in a peer.
  ///
  /// @return empty when there is no room for it
  Optional<Stranger> arrived(ServerCallStreamObserver<?> outbound) {
    long now = System.nanoTime();
    Stranger stranger = new Stranger(outbound, now);
    List<Stranger> silent = List.of();
    int room = most.getAsInt();
    synchronized (this) {
      if (waiting.size() >= room) {
        silent = waiting.stream().filter(s -> now - s.arrivedNanos > patienceNanos).toList();
        silent.forEach(waiting::remove);
      }
      if (waiting.size() >= room) {
        return Optional.empty();
      }
      waiting.add(stranger);
    }
    silent.forEach(Stranger::dismiss);
    return Optional.of(stranger);
  }

  /// One peer.
  final class Stranger {
    private final ServerCallStreamObserver<?> outbound;
    private final long arrivedNanos;

    private Stranger(ServerCallStreamObserver<?> outbound, long arrivedNanos) {
      this.outbound = outbound;
      this.arrivedNanos = arrivedNanos;
    }

    /// It has said something, or is gone.
    ///
    /// @return whether it was still waited for: whatever comes from one that was not counts for
    ///   nothing, its stream has been ended
    boolean isNoMore() {
      synchronized (Strangers.this) {
        return waiting.remove(this);
      }
    }

    private void dismiss() {
      synchronized (outbound) {
        if (!outbound.isCancelled()) {
          outbound.onError(
              Status.DEADLINE_EXCEEDED.withDescription("no hello in time").asRuntimeException());
        }
      }
    }
  }
}
