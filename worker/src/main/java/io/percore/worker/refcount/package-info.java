/// Ways of protecting a count, one class each, and their registry [Discipline]. Knows nothing of
/// what is done with the counted objects.
@NullMarked
package io.percore.worker.refcount;

import org.jspecify.annotations.NullMarked;
