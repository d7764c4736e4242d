/// The worker's arguments, wiring and exit codes.
@NullMarked
package io.percore.worker;

import org.jspecify.annotations.NullMarked;
