@NullMarked
package io.percore.worker.refcount;

import org.jspecify.annotations.NullMarked;
