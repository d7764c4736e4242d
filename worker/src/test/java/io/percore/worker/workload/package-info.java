@NullMarked
package io.percore.worker.workload;

import org.jspecify.annotations.NullMarked;
