/// Scaling laws that are fitted to throughput against size: the Universal Scalability Law, Amdahl's
/// and Gustafson's. Pure: no I/O, no threads, no clock.
@NullMarked
package io.percore.coordinator.stats.law;

import org.jspecify.annotations.NullMarked;
