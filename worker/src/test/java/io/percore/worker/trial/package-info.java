@NullMarked
package io.percore.worker.trial;

import org.jspecify.annotations.NullMarked;
