/// One worker's conversation with the coordinator: it dials in, obeys, reports and ends.
///
/// One thread owns the state of a session. gRPC's handlers and the thread that runs the trial only
/// put events into its queue, so no state here needs a lock, and the order of events is the order
/// in the queue.
@NullMarked
package io.percore.worker.session;

import org.jspecify.annotations.NullMarked;
