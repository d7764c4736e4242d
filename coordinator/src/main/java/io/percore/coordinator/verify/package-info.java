/// Works a run's summary out again from its trials, by code that shares nothing with what wrote it.
@NullMarked
package io.percore.coordinator.verify;

import org.jspecify.annotations.NullMarked;
