/// Starts and ends worker processes. The only package that uses Commons Exec.
@NullMarked
package io.percore.coordinator.launch;

import org.jspecify.annotations.NullMarked;
