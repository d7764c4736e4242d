package io.percore.coordinator.session;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The clocks that workers of a run read, and how far each is from the coordinator's. Immutable.
public final class Clocks {
  /// All workers read the coordinator's clock.
  static final Clocks OWN = new Clocks(Map.of(ClockIdentity.own(), ClockOffset.NONE));

  private final Map<ClockIdentity, ClockOffset> offsets;

  private Clocks(Map<ClockIdentity, ClockOffset> offsets) {
    this.offsets = Map.copyOf(offsets);
  }

  /// Asks every agent what its clock shows.
  ///
  /// @throws IOException when one is gone, does not answer, or has a clock that is not the one that
  ///   it says
  public static Clocks of(Collection<AgentLink> agents) throws IOException, InterruptedException {
    Map<ClockIdentity, ClockOffset> offsets = new HashMap<>();
    for (AgentLink agent : agents) {
      put(offsets, agent.name(), agent.clock(), agent.offset());
    }
    return of(offsets);
  }

  /// Clocks whose offsets are known.
  static Clocks of(Map<ClockIdentity, ClockOffset> offsets) {
    Map<ClockIdentity, ClockOffset> all = new HashMap<>(offsets);
    all.put(ClockIdentity.own(), ClockOffset.NONE);
    return new Clocks(all);
  }

  /// Adds a clock, unless it is known already. Machines that were copied while they ran can be the
  /// same by all that they say of themselves, and their clocks are not.
  static void put(
      Map<ClockIdentity, ClockOffset> offsets,
      String machine,
      ClockIdentity clock,
      ClockOffset measured)
      throws IOException {
    if (!clock.known()) {
      throw new IOException(machine + " does not say which clock it reads");
    }
    ClockOffset known = clock.equals(ClockIdentity.own()) ? ClockOffset.NONE : offsets.get(clock);
    if (known == null) {
      offsets.put(clock, measured);
    } else if (!known.agreesWith(measured)) {
      throw new IOException(
          "%s says that it reads the same clock as another machine, but that is %.3f ms apart"
              .formatted(machine, Math.abs(measured.nanos() - known.nanos()) / 1e6));
    }
  }

  /// Offset of a worker's clock; empty when nobody has asked for it.
  Optional<ClockOffset> of(ClockIdentity clock) {
    return Optional.ofNullable(offsets.get(clock));
  }

  /// What is known of the same clocks at a moment between this and a later reading, when these
  /// offsets are used for it.
  Clocks until(Clocks later) {
    Map<ClockIdentity, ClockOffset> between = new HashMap<>();
    offsets.forEach(
        (clock, offset) ->
            later.of(clock).ifPresent(after -> between.put(clock, offset.until(after))));
    return new Clocks(between);
  }

  /// How far the least certain offset may be off, in nanoseconds; 0 where all read one clock.
  long boundNanos() {
    return offsets.values().stream().mapToLong(ClockOffset::boundNanos).max().orElse(0);
  }
}
