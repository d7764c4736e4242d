package io.percore.coordinator;

import io.percore.coordinator.launch.WorkerLauncher;
import io.percore.coordinator.launch.WorkerProcess;
import io.percore.coordinator.session.WorkerHost;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// Lets the session package start workers through a launcher, of which it knows nothing.
///
/// @param launcher what starts them
record LocalHost(WorkerLauncher launcher) implements WorkerHost {
  @Override
  public Worker start(Invitation invitation, Consumer<Exit> onExit) throws IOException {
    WorkerProcess process =
        launcher.launch(
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
