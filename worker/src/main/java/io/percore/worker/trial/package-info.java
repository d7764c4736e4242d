/// One trial in this process: warm-up, rounds that start at a deadline, per-thread counts and
/// clocks, verification.
@NullMarked
package io.percore.worker.trial;

import org.jspecify.annotations.NullMarked;
