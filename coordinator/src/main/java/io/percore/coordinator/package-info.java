/// The coordinator's command line and its composition by hand: the only package that sees all
/// others.
@NullMarked
package io.percore.coordinator;

import org.jspecify.annotations.NullMarked;
