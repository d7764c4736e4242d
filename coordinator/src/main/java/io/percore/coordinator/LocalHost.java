package io.percore.coordinator;

import io.percore.coordinator.launch.LocalLauncher;
import io.percore.coordinator.launch.WorkerLauncher;
import io.percore.coordinator.launch.WorkerProcess;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.session.WorkerHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Lets the session package start workers through a launcher, of which it knows nothing, each under
/// the collector of its program.
///
/// @param launcher what starts them
record LocalHost(LocalLauncher launcher) implements WorkerHost {
  @Override
  public Worker start(Invitation invitation, Program program, Consumer<Exit> onExit)
      throws IOException {
    List<String> arguments = WorkerJvm.under(program.collector(), launcher.jvmArguments());
    WorkerProcess process =
        launcher
            .withJvmArguments(arguments)
            .launch(
                new WorkerLauncher.JoinOrder(
                    invitation.address(),
                    invitation.key().run(),
                    invitation.key().trial(),
                    invitation.key().attempt(),
                    invitation.key().slot(),
                    invitation.secret()),
                exit -> onExit.accept(new Exit(exit.code(), exit.stderrTail())));
    return new Worker() {
      @Override
      public void kill() {
        process.kill();
      }

      @Override
      public boolean awaitExit(Duration timeout) throws InterruptedException {
        return process.awaitExit(timeout);
      }
    };
  }
}
