/// What the measured threads do with counted objects, one class for each shape, and their registry
/// [Workload].
@NullMarked
package io.percore.worker.workload;

import org.jspecify.annotations.NullMarked;
