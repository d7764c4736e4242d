package io.percore.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.ScriptedWorkers.Behaviour;
import io.percore.coordinator.session.ScriptedWorkers.Client;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.proto.Armed;
import io.percore.proto.Call;
import io.percore.proto.CallDone;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.CoordinatorMessage.PayloadCase;
import io.percore.proto.ProcessSample;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.Start;
import io.percore.proto.ThreadSample;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrialConductorTest {
  private SessionServer server;
  private ScriptedWorkers workers = new ScriptedWorkers(new Behaviour());

  @BeforeEach
  void listen() throws IOException {
    server = new SessionServer("jar");
  }

  @AfterEach
  void close() {
    workers.close();
    server.close();
  }

  private static TrialOrder order(int processes, long operations) {
    return order(processes, operations, Purpose.SPEED);
  }

  private static TrialOrder order(int processes, long operations, Purpose purpose) {
    return new TrialOrder(
        new Trial(3, 0, new Program("atomic", Sharing.PROCESS, new Layout(processes, 1), true)),
        1,
        Map.of("a", "b"),
        "counter",
        true,
        Map.of("work", "0"),
        operations,
        Duration.ofMillis(1),
        Duration.ofMillis(operations > 0 ? 1 : 20),
        Cluster.of(2),
        List.of(List.of(1, 0)),
        7,
        purpose);
  }

  private TrialOutcome conduct(TrialOrder order, Limits limits, Behaviour... behaviours)
      throws InterruptedException {
    workers = new ScriptedWorkers(behaviours);
    return new TrialConductor(server, workers, "run", limits).conduct(order);
  }

  private TrialOutcome conduct(Behaviour... behaviours) throws InterruptedException {
    return conduct(order(2, 0), Limits.standard(), behaviours);
  }

  @Test
  void twoWorkersAreLedToAResult() throws InterruptedException {
    TrialOutcome outcome = conduct(new Behaviour());
    assertThat(outcome).isInstanceOf(Completed.class);
    Completed completed = (Completed) outcome;
    assertThat(completed.measurement().operations()).isEqualTo(2000);
    assertThat(completed.measurement().windowNanos()).isEqualTo(20_000_000);
    assertThat(completed.measurement().verification().operations()).isEqualTo(3000);
    assertThat(completed.measurement().verification().exact()).isTrue();
    assertThat(completed.measurement().threads()).extracting(t -> t.slot()).containsExactly(0, 1);
    assertThat(workers.clients).allMatch(c -> c.received(PayloadCase.RESULT_ACK));
  }

  @Test
  void allWorkersGetOneStartAndTheirOwnProcessors() throws InterruptedException {
    conduct(new Behaviour());
    List<Start> starts =
        workers.clients.stream()
            .map(
                c ->
                    c.received.stream()
                        .filter(m -> m.hasStart())
                        .findFirst()
                        .orElseThrow()
                        .getStart())
            .distinct()
            .toList();
    assertThat(starts).hasSize(1);
    assertThat(starts.getFirst().getT1Nanos() - starts.getFirst().getT0Nanos())
        .isEqualTo(20_000_000);
    assertThat(starts.getFirst().getT2Nanos()).isGreaterThan(starts.getFirst().getT1Nanos());
    assertThat(workers.clients)
        .extracting(
            c ->
                c.received.stream()
                    .filter(m -> m.hasPrepare())
                    .findFirst()
                    .orElseThrow()
                    .getPrepare()
                    .getCpusList())
        .containsExactly(List.of(1), List.of(0));
  }

  @Test
  void aWarmUpIsRunAgainWhereEachThreadHasAProcessor() throws InterruptedException {
    conduct(new Behaviour());
    assertThat(mostWarmUps()).containsExactly(Limits.MOST_WARM_UPS, Limits.MOST_WARM_UPS);
  }

  @Test
  void aWarmUpIsNotRunAgainAmongMoreThreadsThanProcessors() throws InterruptedException {
    conduct(order(3, 0), Limits.standard(), new Behaviour());
    assertThat(mostWarmUps()).containsExactly(1, 1, 1);
  }

  private List<Integer> mostWarmUps() {
    return workers.clients.stream()
        .flatMap(c -> c.received.stream())
        .filter(m -> m.hasPrepare())
        .map(m -> m.getPrepare().getMostWarmUps())
        .toList();
  }

  @Test
  void fixedWorkIsRepeatedUntilEnoughIsScored() throws InterruptedException {
    TrialOutcome outcome = conduct(order(2, 3), Limits.standard(), new Behaviour());
    assertThat(outcome).isInstanceOf(Completed.class);
    // Each round scores 0.4 ms; 1 ms are asked for.
    assertThat(((Completed) outcome).measurement().rounds()).isEqualTo(3);
    assertThat(((Completed) outcome).measurement().windowNanos()).isEqualTo(1_200_000);
    assertThat(workers.clients)
        .extracting(
            c ->
                c.received.stream()
                    .filter(m -> m.hasPrepare())
                    .findFirst()
                    .orElseThrow()
                    .getPrepare()
                    .getOperationsPerThreadList())
        .containsExactly(List.of(2L), List.of(1L));
  }

  @Test
  void aWorkerThatIsLostInTheWindowFailsTheTrial() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour(),
            new Behaviour() {
              @Override
              void started(Client client, Start start) {
                client.send(
                    client.message().setArmed(Armed.newBuilder().setRound(start.getRound())));
                client.exit(137);
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("worker 1").contains("killed");
    assertThat(((Failed) outcome).stderrTail()).isEqualTo("last words");
  }

  @Test
  void aStreamThatEndsFailsTheTrial() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void prepared(Client client) {
                client.drop();
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("warm-up");
  }

  @Test
  void aWorkerThatNeverArmsOrAnswersFailsTheTrialAfterTheLease() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void started(Client client, Start start) {
                // Stopped.
                client.forget();
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("gave no result").contains("stopped or lost");
    // Else those that have handed in their results would give up at the same time.
    assertThat(workers.clients.getFirst().received(PayloadCase.HEARTBEAT)).isTrue();
  }

  @Test
  void aSilentWorkerLosesItsLeaseWhileTheOtherOneLives() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void prepared(Client client) {
                // Never ready, never heard of again.
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("silent").contains("warm-up");
    assertThat(workers.clients.getFirst().received(PayloadCase.HEARTBEAT)).isTrue();
  }

  @Test
  void aWorkerThatSaysItFailedIsQuoted() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            order(1, 0),
            Limits.standard(),
            new Behaviour() {
              @Override
              void prepared(Client client) {
                client.fail("out of memory");
              }
            });
    assertThat(outcome)
        .isEqualTo(
            new Failed(
                "worker 0 of trial 3, attempt 1 failed in warm-up: out of memory", "detail"));
  }

  @Test
  void aMissedStartInvalidates() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void started(Client client, Start start) {
                client.missed(start);
              }
            });
    assertThat(outcome).isInstanceOf(Invalidated.class);
  }

  /// The other worker has run the round that one has missed.
  @Test
  void aRoundOfFixedWorkThatWasMissedIsOrderedAgain() throws InterruptedException {
    TrialOutcome outcome = conduct(order(2, 3), Limits.standard(), missing(2, 4), new Behaviour());
    assertThat(outcome).isInstanceOf(Completed.class);
    assertThat(((Completed) outcome).measurement().rounds()).isEqualTo(3);
    assertThat(((Completed) outcome).measurement().windowNanos()).isEqualTo(1_200_000);
  }

  @Test
  void fixedWorkWhoseRoundsAreMissedAgainAndAgainIsInvalidated() throws InterruptedException {
    TrialOutcome outcome =
        conduct(order(2, 3), Limits.standard(), missing(2, 100), new Behaviour());
    assertThat(outcome).isInstanceOf(Invalidated.class);
    assertThat(((Invalidated) outcome).reason()).contains("too late");
  }

  private static Behaviour missing(int firstRound, int lastRound) {
    return new Behaviour() {
      @Override
      void started(Client client, Start start) {
        if (firstRound <= start.getRound() && start.getRound() <= lastRound) {
          client.missed(start);
        } else {
          super.started(client, start);
        }
      }
    };
  }

  private static Behaviour result(Result.Builder change) {
    return new Behaviour() {
      @Override
      Result.Builder result(Start start) {
        Result.Builder result = super.result(start);
        ThreadSample.Builder thread = result.getThreadsBuilder(0);
        thread.mergeFrom(
            change.getThreadsCount() > 0
                ? change.getThreads(0)
                : ThreadSample.getDefaultInstance());
        result.getProcessBuilder().mergeFrom(change.getProcess());
        return result;
      }
    };
  }

  @Test
  void aStopAndContinueInvalidates() throws InterruptedException {
    TrialOutcome outcome =
        conduct(result(Result.newBuilder().setProcess(ProcessSample.newBuilder().setStops(1))));
    assertThat(outcome).isInstanceOf(Invalidated.class);
    assertThat(((Invalidated) outcome).reason()).contains("stopped and continued");
  }

  private static final ProcessSample GAP =
      ProcessSample.newBuilder().setLongestGapNanos(60_000_000).build();

  @Test
  void aClockThatTakesLittleIsFastEnough() throws InterruptedException {
    assertThat(outcomeAtClockOf(49)).isInstanceOf(Completed.class);
  }

  @Test
  void aSlowClockFailsTheTrial() throws InterruptedException {
    assertThat(outcomeAtClockOf(51))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.reason())
                    .contains("spent 5.1 % of its time reading the clock", "limit is 5 %"));
  }

  /// A batch takes 1000 ns.
  private TrialOutcome outcomeAtClockOf(double nanosPerReading) throws InterruptedException {
    return conduct(
        new Behaviour() {
          @Override
          void prepared(Client client) {
            client.send(
                client
                    .message()
                    .setReady(
                        Ready.newBuilder()
                            .setBatchOperations(100)
                            .setPredictedNanosPerOperation(10)
                            .setClockNanosPerReading(nanosPerReading)
                            .setPinned(true)));
          }
        });
  }

  @Test
  void aGapInvalidates() throws InterruptedException {
    TrialOutcome outcome = conduct(result(Result.newBuilder().setProcess(GAP)));
    assertThat(outcome).isInstanceOf(Invalidated.class);
    assertThat(((Invalidated) outcome).reason()).contains("did nothing for 60 ms");
  }

  @Test
  void aGapThatWaitingForAProcessorExplainsDoesNot() throws InterruptedException {
    ThreadSample.Builder waited = ThreadSample.newBuilder().setRunQueueWaitNanos(20_000_000);
    assertThat(conduct(result(Result.newBuilder().setProcess(GAP).addThreads(waited))))
        .isInstanceOf(Completed.class);
  }

  @Test
  void skewBeyondItsShareInvalidates() throws InterruptedException {
    ThreadSample.Builder late = ThreadSample.newBuilder().setStartSkewNanos(2_000_000);
    TrialOutcome outcome = conduct(result(Result.newBuilder().addThreads(late)));
    assertThat(outcome).isInstanceOf(Invalidated.class);
    assertThat(((Invalidated) outcome).reason()).contains("start skew of 2.0 ms");
  }

  @Test
  void noSkewAndNoGapSpoilARehearsal() throws InterruptedException {
    ThreadSample.Builder late = ThreadSample.newBuilder().setStartSkewNanos(2_000_000);
    TrialOutcome outcome =
        conduct(
            order(1, 0),
            Limits.rehearsal(Duration.ofSeconds(2)),
            result(Result.newBuilder().setProcess(GAP).addThreads(late)));
    assertThat(outcome).isInstanceOf(Completed.class);
  }

  @Test
  void anotherClockIsRefused() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              ClockIdentity clock() {
                return new ClockIdentity("another boot", "");
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("another clock");
  }

  private static final ClockIdentity ELSEWHERE = new ClockIdentity("another boot", "time:[1]");

  private static final Behaviour REMOTE =
      new Behaviour() {
        @Override
        ClockIdentity clock() {
          return ELSEWHERE;
        }
      };

  /// The second worker reads another clock.
  private TrialOutcome conduct(List<ClockOffset> offsets) throws InterruptedException {
    workers = new ScriptedWorkers(new Behaviour(), REMOTE);
    workers.clocks.clear();
    offsets.forEach(offset -> workers.clocks.add(Clocks.of(Map.of(ELSEWHERE, offset))));
    return new TrialConductor(server, workers, "run", Limits.standard()).conduct(order(2, 0));
  }

  private long t0(int worker) {
    return workers.clients.get(worker).received.stream()
        .filter(CoordinatorMessage::hasStart)
        .findFirst()
        .orElseThrow()
        .getStart()
        .getT0Nanos();
  }

  @Test
  void eachWorkerGetsItsStartOnItsOwnClock() throws InterruptedException {
    long ahead = 1_000_000_000_000L;
    TrialOutcome outcome =
        conduct(List.of(new ClockOffset(ahead, 60_000), new ClockOffset(ahead + 5_000, 70_000)));
    assertThat(t0(1) - t0(0)).isEqualTo(ahead);
    assertThat(workers.silences).hasSize(1);
    // Both bounds, and what the clocks drifted apart in between.
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Completed.class,
            completed -> assertThat(completed.measurement().clockBoundNanos()).isEqualTo(135_000L));
  }

  @Test
  void aClockThatJumpsInTheWindowInvalidates() throws InterruptedException {
    TrialOutcome outcome =
        conduct(List.of(new ClockOffset(0, 60_000), new ClockOffset(3_000_000, 60_000)));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Invalidated.class,
            invalidated ->
                assertThat(invalidated.reason()).contains("clocks that may be 3.120 ms apart"));
  }

  @Test
  void oneClockHasNoBound() throws InterruptedException {
    assertThat(((Completed) conduct(new Behaviour())).measurement().clockBoundNanos()).isNull();
  }

  /// Nobody joins any more in these, so the deadline has to be short.
  private static Limits impatient() {
    Limits l = Limits.standard();
    return new Limits(
        Duration.ofMillis(700),
        Duration.ZERO,
        l.readySlack(),
        l.heartbeat(),
        l.lease(),
        l.startLead(),
        l.startLeadPerWorker(),
        l.runOut(),
        l.resultLease(),
        l.coordinatorStall(),
        l.longestGap(),
        l.largestSkewShare(),
        l.fixedWorkPatience(),
        l.largestRounds(),
        l.exitPatience());
  }

  private String refusal(Behaviour behaviour) throws InterruptedException {
    assertThat(conduct(order(1, 0), impatient(), behaviour)).isInstanceOf(TimedOut.class);
    Client client = workers.clients.getFirst();
    assertThat(client.ended.getCount()).isZero();
    return client.received.stream()
        .filter(m -> m.hasRefusal())
        .map(m -> m.getRefusal().getReason())
        .findFirst()
        .orElse("");
  }

  @Test
  void anUnknownSecretIsRefusedWithAReason() throws InterruptedException {
    assertThat(
            refusal(
                new Behaviour() {
                  @Override
                  byte[] secret(byte[] given) {
                    given[0] ^= 1;
                    return given;
                  }
                }))
        .isEqualTo("unknown secret");
  }

  @Test
  void anotherMajorVersionIsRefusedNamingBoth() throws InterruptedException {
    assertThat(
            refusal(
                new Behaviour() {
                  @Override
                  int major() {
                    return 9;
                  }
                }))
        .contains("9.0")
        .contains(SessionServer.MAJOR + "." + SessionServer.MINOR);
  }

  @Test
  void anotherJarIsRefusedNamingBoth() throws InterruptedException {
    assertThat(
            refusal(
                new Behaviour() {
                  @Override
                  String jar() {
                    return "other";
                  }
                }))
        .contains("'other'")
        .contains("jar");
  }

  @Test
  void aSecretLetsInOneWorker() throws InterruptedException {
    byte[][] shown = new byte[1][];
    assertThat(
            conduct(
                order(1, 0),
                Limits.standard(),
                new Behaviour() {
                  @Override
                  byte[] secret(byte[] given) {
                    shown[0] = given.clone();
                    return given;
                  }

                  @Override
                  void prepared(Client client) {
                    Client second =
                        new Client(
                            new WorkerHost.Invitation(
                                server.address(),
                                new SessionKey("run", 3, 1, 0),
                                java.util.HexFormat.of().formatHex(shown[0])),
                            new Behaviour(),
                            _ -> {});
                    workers.clients.add(second);
                    super.prepared(client);
                  }
                }))
        .isInstanceOf(Completed.class);
    assertThat(workers.clients.get(1).ended.await(10, java.util.concurrent.TimeUnit.SECONDS))
        .isTrue();
    assertThat(workers.clients.get(1).received(PayloadCase.REFUSAL)).isTrue();
  }

  @Test
  void aSecondHelloEndsTheSession() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void prepared(Client client) {
                client.send(client.message().setHello(io.percore.proto.Hello.getDefaultInstance()));
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("hello twice");
    assertThat(workers.clients.getFirst().received(PayloadCase.REFUSAL)).isTrue();
  }

  @Test
  void anOversizedMessageEndsTheSession() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void prepared(Client client) {
                client.fail("x".repeat(SessionServer.MAXIMUM_MESSAGE_BYTES + 1));
              }
            });
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason()).contains("lost in warm-up");
  }

  @Test
  void staleAndDuplicateMessagesDoNothing() throws InterruptedException {
    TrialOutcome outcome =
        conduct(
            new Behaviour() {
              @Override
              void joined(Client client) {
                var stale = client.message();
                stale.getSessionBuilder().setAttempt(99);
                client.send(
                    stale.setFailure(
                        io.percore.proto.Failure.newBuilder().setReason("of another attempt")));
                client.heartbeat();
              }

              @Override
              void prepared(Client client) {
                super.prepared(client);
                super.prepared(client);
              }

              @Override
              void started(Client client, Start start) {
                super.started(client, start);
                client.send(client.message().setResult(result(start).clearThreads()));
              }
            });
    assertThat(outcome).isInstanceOf(Completed.class);
    assertThat(((Completed) outcome).measurement().operations()).isEqualTo(2000);
  }

  @Test
  void anInterruptWhileAWorkerIsStartedIsNoFailureOfIt() {
    WorkerHost interrupted =
        (_, _, _) -> {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while starting a process");
        };
    TrialConductor conductor = new TrialConductor(server, interrupted, "run", Limits.standard());
    assertThatThrownBy(() -> conductor.conduct(order(2, 0)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptAbandonsTheAttempt() throws InterruptedException {
    Thread conducting = Thread.currentThread();
    assertThatThrownBy(
            () ->
                conduct(
                    new Behaviour() {
                      @Override
                      void prepared(Client client) {
                        conducting.interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void callsAreAnsweredBeforeTheWindow() throws Exception {
    Completed completed =
        (Completed) conduct(order(2, 0, Purpose.CALLS), Limits.standard(), new Behaviour());
    List<CallSample> calls = Objects.requireNonNull(completed.measurement().calls());
    assertThat(calls).extracting(CallSample::operationsPerCall).isEqualTo(TrialOrder.CALL_SIZES);
    assertThat(calls).allMatch(sample -> sample.nanos() >= order(1, 0).callTime().toNanos());
    List<Long> sent =
        workers.clients.stream()
            .flatMap(client -> client.received.stream())
            .filter(CoordinatorMessage::hasCall)
            .map(message -> message.getCall().getNumber())
            .toList();
    assertThat(sent).doesNotHaveDuplicates();
    // The first series is not kept.
    assertThat(calls.stream().mapToLong(CallSample::calls).sum()).isLessThan(sent.size());
  }

  @Test
  void noCallIsMadeThatWouldTakeTooLong() throws Exception {
    Behaviour slow =
        new Behaviour() {
          @Override
          void prepared(Client client) {
            client.send(
                client
                    .message()
                    .setReady(Ready.newBuilder().setPredictedNanosPerOperation(50_000)));
          }
        };
    Completed completed = (Completed) conduct(order(1, 0, Purpose.CALLS), Limits.standard(), slow);
    assertThat(completed.measurement().calls())
        .extracting(CallSample::operationsPerCall)
        .containsExactly(10L, 100L, 1_000L, 10_000L);
  }

  @Test
  void anAnswerToAnotherCallDoesNotCount() throws Exception {
    Behaviour liar =
        new Behaviour() {
          @Override
          void called(Client client, Call call) {
            client.send(
                client
                    .message()
                    .setCallDone(CallDone.newBuilder().setNumber(call.getNumber() + 1)));
            super.called(client, call);
          }
        };
    assertThat(conduct(order(2, 0, Purpose.CALLS), Limits.standard(), liar))
        .isInstanceOf(Completed.class);
  }

  @Test
  void aCallThatIsNeverAnsweredEndsTheAttempt() throws Exception {
    Behaviour mute =
        new Behaviour() {
          @Override
          void called(Client client, Call call) {}
        };
    assertThat(conduct(order(1, 0, Purpose.CALLS), Limits.standard(), mute))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).contains("a call"));
  }
}
