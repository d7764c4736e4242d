package io.percore.coordinator.session;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.plan.Program;
import io.percore.proto.Armed;
import io.percore.proto.Call;
import io.percore.proto.CallDone;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Description;
import io.percore.proto.Failure;
import io.percore.proto.Heartbeat;
import io.percore.proto.Hello;
import io.percore.proto.Machine;
import io.percore.proto.Missed;
import io.percore.proto.ProcessSample;
import io.percore.proto.ProtocolVersion;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.SessionId;
import io.percore.proto.Start;
import io.percore.proto.ThreadSample;
import io.percore.proto.Verification;
import io.percore.proto.WorkerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Workers that speak the protocol over a real socket and do no work: a fake where a real process
/// could not be made to say what a test needs. They live in this JVM; {@link Behaviour} says where
/// each of them departs from the script.
final class ScriptedWorkers implements WorkerHost, AutoCloseable {
  /// What a worker does; each method may be overridden.
  static class Behaviour {
    int major() {
      return SessionServer.MAJOR;
    }

    byte[] secret(byte[] given) {
      return given;
    }

    String jar() {
      return "jar";
    }

    ClockIdentity clock() {
      return ClockIdentity.own();
    }

    /// What it says of its machine and of what it offers.
    Description.Builder description() {
      ClockIdentity clock = clock();
      return Description.newBuilder()
          .setMachine(
              Machine.newBuilder()
                  .setBootId(clock.bootId())
                  .setTimeNamespace(clock.timeNamespace()));
    }

    /// After the hello was sent.
    void joined(Client client) {}

    void prepared(Client client) {
      client.send(
          client
              .message()
              .setReady(
                  Ready.newBuilder()
                      .setBatchOperations(100)
                      .setPredictedNanosPerOperation(10)
                      .setFloorNanosPerOperation(0.3)
                      .setPinned(true)));
    }

    void called(Client client, Call call) {
      client.send(client.message().setCallDone(CallDone.newBuilder().setNumber(call.getNumber())));
    }

    void started(Client client, Start start) {
      client.send(client.message().setArmed(Armed.newBuilder().setRound(start.getRound())));
      client.send(client.message().setResult(result(start)));
    }

    Result.Builder result(Start start) {
      return Result.newBuilder()
          .setRound(start.getRound())
          .setProcess(ProcessSample.newBuilder().setCollector("Serial"))
          .setVerification(verification())
          .setRoundVerification(verification())
          .addThreads(
              ThreadSample.newBuilder()
                  .setOperations(1000)
                  .setStartSkewNanos(1000)
                  .setFinishNanos(400_000));
    }

    Verification.Builder verification() {
      return Verification.newBuilder()
          .setOperations(1500)
          .setExpectedUpdates(1500)
          .setObservedUpdates(1500);
    }
  }

  /// One worker's connection.
  static final class Client implements StreamObserver<CoordinatorMessage> {
    final List<CoordinatorMessage> received = new CopyOnWriteArrayList<>();
    final CountDownLatch ended = new CountDownLatch(1);
    private final Behaviour behaviour;
    private final SessionKey key;
    private final ManagedChannel channel;
    private final StreamObserver<WorkerMessage> outbound;
    private final Consumer<Exit> onExit;
    volatile String end = "";

    Client(Invitation invitation, Behaviour behaviour, Consumer<Exit> onExit) {
      this.behaviour = behaviour;
      this.key = invitation.key();
      this.onExit = onExit;
      channel = NettyChannelBuilder.forTarget(invitation.address()).usePlaintext().build();
      outbound = CoordinationGrpc.newStub(channel).join(this);
      byte[] secret = HexFormat.of().parseHex(invitation.secret());
      send(
          message()
              .setHello(
                  Hello.newBuilder()
                      .setVersion(ProtocolVersion.newBuilder().setMajor(behaviour.major()))
                      .setSecret(ByteString.copyFrom(behaviour.secret(secret)))
                      .setJarSha256(behaviour.jar())
                      .setPid(1)
                      .setDescription(behaviour.description())));
      behaviour.joined(this);
    }

    WorkerMessage.Builder message() {
      return WorkerMessage.newBuilder()
          .setSession(
              SessionId.newBuilder()
                  .setRun(key.run())
                  .setTrial(key.trial())
                  .setAttempt(key.attempt())
                  .setSlot(key.slot()));
    }

    void send(WorkerMessage.Builder message) {
      synchronized (outbound) {
        outbound.onNext(message.build());
      }
    }

    void heartbeat() {
      send(message().setHeartbeat(Heartbeat.getDefaultInstance()));
    }

    void missed(Start start) {
      send(message().setMissed(Missed.newBuilder().setRound(start.getRound()).setLateNanos(5)));
    }

    void fail(String reason) {
      send(message().setFailure(Failure.newBuilder().setReason(reason).setDetail("detail")));
    }

    /// Drops the connection, as a process that was killed does.
    void drop() {
      channel.shutdownNow();
    }

    void exit(int code) {
      onExit.accept(new Exit(code, "last words"));
    }

    @Override
    public void onNext(CoordinatorMessage message) {
      received.add(message);
      switch (message.getPayloadCase()) {
        case PREPARE -> behaviour.prepared(this);
        case CALL -> behaviour.called(this, message.getCall());
        case START -> behaviour.started(this, message.getStart());
        case RESULT_ACK -> drop();
        case HEARTBEAT, REFUSAL, PAYLOAD_NOT_SET -> {}
      }
    }

    @Override
    public void onError(Throwable t) {
      end = String.valueOf(t.getMessage());
      ended.countDown();
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }

    /// What was received until now does not count any more.
    void forget() {
      received.clear();
    }

    boolean received(CoordinatorMessage.PayloadCase payload) {
      return received.stream().anyMatch(m -> m.getPayloadCase() == payload);
    }
  }

  final List<Client> clients = new CopyOnWriteArrayList<>();

  /// What is said of the workers' clocks: one after the other, the last one again and again.
  final Deque<Clocks> clocks = new ArrayDeque<>(List.of(Clocks.OWN));

  /// Silences that were announced.
  final List<Duration> silences = new CopyOnWriteArrayList<>();

  private final List<Behaviour> behaviours;

  /// @param behaviours by slot; the last one stands for all further slots
  ScriptedWorkers(Behaviour... behaviours) {
    this.behaviours = List.of(behaviours);
  }

  @Override
  public Worker start(Invitation invitation, Program program, Consumer<Exit> onExit) {
    Behaviour behaviour = behaviours.get(Math.min(invitation.key().slot(), behaviours.size() - 1));
    Client client = new Client(invitation, behaviour, onExit);
    clients.add(client);
    return new Worker() {
      @Override
      public void kill() {
        client.drop();
      }

      @Override
      public boolean awaitExit(Duration timeout) throws InterruptedException {
        return client.channel.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
      }
    };
  }

  @Override
  public Clocks clocks() {
    return clocks.size() > 1 ? clocks.removeFirst() : clocks.getFirst();
  }

  @Override
  public void quiet(Duration time) {
    silences.add(time);
  }

  @Override
  public void close() {
    clients.forEach(Client::drop);
  }
}
