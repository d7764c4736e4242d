/// The agent of one machine: starts and ends worker processes there for a coordinator elsewhere.
@NullMarked
package io.percore.worker.session.agent;

import org.jspecify.annotations.NullMarked;
