/// The coordinator's side of the conversation with workers: gRPC server, start deadline, leases,
/// and the only place that maps between protocol messages and the coordinator's records.
@NullMarked
package io.percore.coordinator.session;

import org.jspecify.annotations.NullMarked;
