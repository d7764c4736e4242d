/// What was measured: samples, outcomes of trials, the environment, and the append-only journal of
/// a run.
@NullMarked
package io.percore.coordinator.measurement;

import org.jspecify.annotations.NullMarked;
