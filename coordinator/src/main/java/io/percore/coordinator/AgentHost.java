package io.percore.coordinator;

import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.session.AgentDesk;
import io.percore.coordinator.session.Clocks;
import io.percore.coordinator.session.WorkerHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Lets the session package start workers through the agents of other machines, each where the
/// cluster has a seat for it.
///
/// @param desk that lets agents in, and back in, in the order of the cluster
/// @param ended what is left behind by agents whose processes have ended and will not come back
/// @param cluster the machines
/// @param jvmArguments of every worker
record AgentHost(
    AgentDesk desk, Supplier<List<String>> ended, Cluster cluster, List<String> jvmArguments)
    implements WorkerHost {
  AgentHost {
    jvmArguments = List.copyOf(jvmArguments);
  }

  @Override
  public Worker start(Invitation invitation, Program program, Consumer<Exit> onExit)
      throws IOException {
    int machine = cluster.seats(program).get(invitation.key().slot()).machine();
    return desk.agents()
        .get(machine)
        .start(invitation, WorkerJvm.under(program.collector(), jvmArguments), onExit);
  }

  @Override
  public Clocks clocks() throws IOException, InterruptedException {
    return Clocks.of(desk.agents());
  }

  @Override
  public Optional<String> awaitMachines(Consumer<String> told) throws InterruptedException {
    return desk.awaitReturn(ended, told);
  }

  @Override
  public void quiet(Duration time) {
    desk.quiet(time);
  }
}
