package io.percore.coordinator.doctor;

/// Something about a machine that a measurement suffers from, or that its reader has to know.
///
/// @param severity how bad it is
/// @param cause what was found, and where
/// @param size what it costs, or that nobody knows
/// @param fix what to do
public record Finding(Severity severity, String cause, String size, String fix) {
  /// How bad a finding is, the worst first.
  public enum Severity {
    /// Figures from this machine will be wrong, or there will be none.
    SERIOUS,
    /// Figures will scatter, or be those of a special case.
    WARNING,
    /// Harmless, once it is known.
    NOTE
  }

  static Finding serious(String cause, String size, String fix) {
    return new Finding(Severity.SERIOUS, cause, size, fix);
  }

  static Finding warning(String cause, String size, String fix) {
    return new Finding(Severity.WARNING, cause, size, fix);
  }

  static Finding note(String cause, String size, String fix) {
    return new Finding(Severity.NOTE, cause, size, fix);
  }
}
