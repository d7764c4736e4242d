@NullMarked
package io.percore.worker.session.agent;

import org.jspecify.annotations.NullMarked;
