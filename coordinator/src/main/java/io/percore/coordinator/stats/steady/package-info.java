/// Whether a trial had reached a steady state: changepoints of its rate over time, and what they
/// say. Pure: no I/O, no threads, no clock.
@NullMarked
package io.percore.coordinator.stats.steady;

import org.jspecify.annotations.NullMarked;
