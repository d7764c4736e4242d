package io.percore.coordinator;

/// A machine of the run has been lost, without which no trial can go on. Its message says which and
/// how.
final class MachineLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MachineLost(String message) {
    super(message);
  }
}
