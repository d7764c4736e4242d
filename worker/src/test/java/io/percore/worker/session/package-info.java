@NullMarked
package io.percore.worker.session;

import org.jspecify.annotations.NullMarked;
