package io.percore.coordinator.measurement;

import java.util.Objects;

/// That a run had ended before its time and went on. It is noted with the first attempt after that.
///
/// @param bootId of the kernel that it went on under: another one when the machine was restarted.
///   Of several machines those of all, but where none was restarted that of the run's header
public record Resume(String bootId) {
  public Resume {
    Objects.requireNonNull(bootId);
  }
}
