/// What two threads may see of one count, as outcomes of jcstress. Each test is run once for each
/// discipline of the registry, in JVMs of its own; see `scripts/check-stress`.
@NullMarked
package io.percore.worker.stress;

import org.jspecify.annotations.NullMarked;
