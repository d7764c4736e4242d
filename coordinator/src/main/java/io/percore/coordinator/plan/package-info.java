/// What is to be run, in which order: experiments, strategies, layouts, trials. Pure: no I/O, no
/// threads, no clock.
@NullMarked
package io.percore.coordinator.plan;

import org.jspecify.annotations.NullMarked;
