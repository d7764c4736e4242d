/// What the measurements say: intervals, speedup, efficiency, comparisons. Pure: no I/O, no
/// threads, no clock.
@NullMarked
package io.percore.coordinator.stats;

import org.jspecify.annotations.NullMarked;
