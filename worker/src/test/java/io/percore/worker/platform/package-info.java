@NullMarked
package io.percore.worker.platform;

import org.jspecify.annotations.NullMarked;
