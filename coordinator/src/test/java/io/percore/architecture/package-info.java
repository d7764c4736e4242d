/// The dependency rules as tests.
@NullMarked
package io.percore.architecture;

import org.jspecify.annotations.NullMarked;
