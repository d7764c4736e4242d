package io.percore.worker.session.agent;

import io.grpc.Status;
import io.percore.proto.AgentOrder;
import io.percore.proto.SessionId;

/// What happened to an agent. Events are put into one queue by whoever sees them happen and handled
/// by the one thread that owns the agent.
sealed interface AgentEvent {
  /// The coordinator spoke.
  record Ordered(AgentOrder order) implements AgentEvent {}

  /// The stream to the coordinator ended.
  record StreamEnded(Status status) implements AgentEvent {}

  /// A worker process ended.
  ///
  /// @param session which
  /// @param code its exit code
  /// @param stderrTail the end of its standard error
  record WorkerEnded(SessionId session, int code, String stderrTail) implements AgentEvent {}
}
