package io.percore.coordinator;

import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.session.AgentLink;
import io.percore.coordinator.session.Clocks;
import io.percore.coordinator.session.WorkerHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Lets the session package start workers through the agents of other machines, each where the
/// cluster has a seat for it.
///
/// @param agents of the machines, in the order of the cluster
/// @param cluster the machines
/// @param jvmArguments of every worker
record AgentHost(List<AgentLink> agents, Cluster cluster, List<String> jvmArguments)
    implements WorkerHost {
  AgentHost {
    agents = List.copyOf(agents);
    jvmArguments = List.copyOf(jvmArguments);
  }

  @Override
  public Worker start(Invitation invitation, Program program, Consumer<Exit> onExit)
      throws IOException {
    int machine = cluster.seats(program.layout()).get(invitation.key().slot()).machine();
    return agents
        .get(machine)
        .start(invitation, WorkerJvm.under(program.collector(), jvmArguments), onExit);
  }

  @Override
  public Clocks clocks() throws IOException, InterruptedException {
    return Clocks.of(agents);
  }

  @Override
  public Optional<String> lost() {
    return agents.stream()
        .filter(agent -> agent.lost().isPresent())
        .map(AgentLink::gone)
        .findFirst();
  }

  @Override
  public void quiet(Duration time) {
    agents.forEach(agent -> agent.quiet(time));
  }
}
