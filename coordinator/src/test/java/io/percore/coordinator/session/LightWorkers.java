package io.percore.coordinator.session;

import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.session.ScriptedWorkers.Behaviour;
import io.percore.coordinator.session.ScriptedWorkers.Client;
import io.percore.coordinator.session.WorkerHost.Invitation;
import io.percore.proto.Armed;
import io.percore.proto.CoordinatorMessage.PayloadCase;
import io.percore.proto.Description;
import io.percore.proto.ProcessSample;
import io.percore.proto.Result;
import io.percore.proto.Start;
import io.percore.proto.ThreadSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A process with many workers that do no work: no machine of a test holds a thousand JVMs that do.
/// Each has a connection of its own, says what a real one says, in messages of about that size, and
/// finds out how late it was to start.
///
/// Standard input has a line for each worker: address, run, trial, attempt, slot and secret.
public final class LightWorkers extends Behaviour {
  private static final int SLICES = 500;
  private static final int HEARTBEAT_MILLIS = 500;
  private static final long OPERATIONS_PER_SLICE = 100_000;

  private final Description description;
  private final String jarSha256;
  private final Duration preparation;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timer").factory());

  /// @param preparation how long they take to be ready
  private LightWorkers(Description description, String jarSha256, Duration preparation) {
    this.description = description;
    this.jarSha256 = jarSha256;
    this.preparation = preparation;
  }

  /// Light workers in this JVM, over sockets as all others.
  ///
  /// @param jarSha256 hash of the jar that they say they run from
  /// @param preparation how long they take to be ready
  public static WorkerHost here(String jarSha256, Duration preparation) {
    LightWorkers light =
        new LightWorkers(new Behaviour().description().build(), jarSha256, preparation);
    return (invitation, program, onExit) ->
        new ScriptedWorkers(light).start(invitation, program, onExit);
  }

  /// Starts workers until its standard input ends.
  ///
  /// @param arguments the file of what each says of its machine and of what it offers
  public static void main(String[] arguments) throws IOException {
    LightWorkers light =
        new LightWorkers(
            Description.parseFrom(Files.readAllBytes(Path.of(arguments[0]))), "jar", Duration.ZERO);
    Program program = new Program("atomic", Sharing.PROCESS, new Layout(1, 1), false);
    try (ScriptedWorkers workers = new ScriptedWorkers(light);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        SessionKey key =
            new SessionKey(
                words[1],
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
        workers.start(new Invitation(words[0], key, words[5]), program, _ -> {});
      }
    }
  }

  @Override
  Description.Builder description() {
    return description.toBuilder();
  }

  @Override
  String jar() {
    return jarSha256;
  }

  /// Says that it lives until the silence begins.
  @Override
  void joined(Client client) {
    var _ = timer.schedule(() -> beat(client), HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void beat(Client client) {
    if (client.ended.getCount() > 0 && !client.received(PayloadCase.START)) {
      client.heartbeat();
      joined(client);
    }
  }

  @Override
  void prepared(Client client) {
    var _ =
        timer.schedule(() -> super.prepared(client), preparation.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  void started(Client client, Start start) {
    long lead = start.getT0Nanos() - System.nanoTime();
    if (lead <= 0) {
      client.missed(start);
      return;
    }
    client.send(client.message().setArmed(Armed.newBuilder().setRound(start.getRound())));
    var _ = timer.schedule(() -> begin(client, start), lead, TimeUnit.NANOSECONDS);
  }

  private void begin(Client client, Start start) {
    long now = System.nanoTime();
    Result.Builder result =
        result(start)
            .clearThreads()
            .addThreads(
                ThreadSample.newBuilder()
                    .setOperations(SLICES * OPERATIONS_PER_SLICE)
                    .setStartSkewNanos(now - start.getT0Nanos())
                    .setFinishNanos(start.getT1Nanos() - start.getT0Nanos()))
            .setProcess(
                ProcessSample.newBuilder()
                    .setCollector("Serial")
                    .setSliceNanos((start.getT1Nanos() - start.getT0Nanos()) / SLICES)
                    .addAllSliceOperations(Collections.nCopies(SLICES, OPERATIONS_PER_SLICE)));
    var _ =
        timer.schedule(
            () -> client.send(client.message().setResult(result)),
            start.getT2Nanos() - now,
            TimeUnit.NANOSECONDS);
  }
}
