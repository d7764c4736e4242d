package io.percore.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.percore.coordinator.session.WorkerHost.Exit;
import io.percore.coordinator.session.WorkerHost.Invitation;
import io.percore.coordinator.session.WorkerHost.Worker;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentOrder;
import io.percore.proto.AgentOrder.PayloadCase;
import io.percore.proto.Launch;
import io.percore.proto.ProtocolVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentDeskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final SessionKey KEY = new SessionKey("run", 3, 1, 0);
  private static final String SECRET = "0123456789abcdef".repeat(4);

  private final List<ScriptedAgent> dialled = new ArrayList<>();
  private final BlockingQueue<Exit> exits = new LinkedBlockingQueue<>();
  private SessionServer server;
  private AgentDesk desk;

  @BeforeEach
  void listen() throws IOException {
    server = new SessionServer(ScriptedAgent.JAR);
    desk = server.agents();
  }

  @AfterEach
  void close() {
    dialled.forEach(ScriptedAgent::close);
    server.close();
  }

  private ScriptedAgent dial() {
    ScriptedAgent agent = ScriptedAgent.dial(server);
    dialled.add(agent);
    return agent;
  }

  private ScriptedAgent joined(String name) throws InterruptedException {
    ScriptedAgent agent = dial().join(desk.expect(name));
    agent.expect(PayloadCase.WELCOME);
    return agent;
  }

  private AgentLink only() throws InterruptedException {
    assertThat(desk.await(1, PATIENCE)).isTrue();
    return desk.agents().getFirst();
  }

  private Worker start() throws Exception {
    return only()
        .start(new Invitation(server.address(), KEY, SECRET), List.of("-Xint"), exits::add);
  }

  private Exit exit() throws InterruptedException {
    Exit exit = exits.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(exit).isNotNull();
    return exit;
  }

  @Test
  void agentsAreKnownByTheirTokensInTheOrderInWhichTheyWereExpected() throws Exception {
    List<String> tokens = List.of(desk.expect("b"), desk.expect("a"), desk.expect("c"));
    assertThat(desk.missing()).containsExactly("b", "a", "c");
    dial().join(tokens.get(1)).expect(PayloadCase.WELCOME);
    dial().join(tokens.get(0)).expect(PayloadCase.WELCOME);
    assertThat(desk.await(2, PATIENCE)).isTrue();
    assertThat(desk.agents()).extracting(AgentLink::name).containsExactly("b", "a");
    assertThat(desk.missing()).containsExactly("c");
    assertThat(desk.await(3, Duration.ofMillis(50))).isFalse();
    assertThat(only().survey(List.of(), ScriptedAgent.JAR).environment().hostName())
        .isEqualTo("host-of-the-test");
  }

  @Test
  void noTwoMachinesHaveOneName() {
    desk.expect("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> desk.expect("a"))
        .withMessageContaining("'a'");
  }

  private String refusal(AgentHello.Builder hello) throws Exception {
    ScriptedAgent agent = dial().say(hello);
    String reason = agent.expect(PayloadCase.REFUSAL).getRefusal().getReason();
    assertThat(agent.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(server.strangers()).isZero();
    return reason;
  }

  @Test
  void aTokenLetsInOneAgent() throws Exception {
    String token = desk.expect("a");
    dial().join(token).expect(PayloadCase.WELCOME);
    assertThat(refusal(ScriptedAgent.hello(token))).isEqualTo("unknown token");
    assertThat(desk.agents()).hasSize(1);
  }

  @Test
  void anUnknownTokenIsRefused() throws Exception {
    desk.expect("a");
    assertThat(refusal(ScriptedAgent.hello(SECRET))).isEqualTo("unknown token");
    assertThat(desk.missing()).containsExactly("a");
  }

  @Test
  void afterTheDoorIsShutNobodyIsLetIn() throws Exception {
    String token = desk.expect("a");
    desk.shut();
    assertThat(refusal(ScriptedAgent.hello(token))).isEqualTo("unknown token");
  }

  /// Its token is not used up: with the right build it can come again.
  @Test
  void anotherBuildIsRefusedNamingBoth() throws Exception {
    String token = desk.expect("a");
    assertThat(refusal(ScriptedAgent.hello(token).setJarSha256("o\u001b[2Jther")))
        .isEqualTo(
            "the agent's jar has SHA-256 'o?[2Jther', the coordinator's is jar: use the same"
                + " build");
    dial().join(token).expect(PayloadCase.WELCOME);
  }

  @Test
  void anotherMajorVersionIsRefusedNamingBoth() throws Exception {
    assertThat(
            refusal(
                ScriptedAgent.hello(desk.expect("a"))
                    .setVersion(ProtocolVersion.newBuilder().setMajor(9))))
        .contains("9.0", SessionServer.MAJOR + "." + SessionServer.MINOR);
  }

  @Test
  void whoSaysSomethingElseFirstIsRefused() throws Exception {
    ScriptedAgent agent = dial();
    agent.heartbeat();
    assertThat(agent.expect(PayloadCase.REFUSAL).getRefusal().getReason()).contains("hello");
    assertThat(server.strangers()).isZero();
  }

  @Test
  void whoLeavesWithoutAWordIsForgotten() throws Exception {
    dial().complete();
    await().atMost(PATIENCE).until(() -> server.refused() == 1);
    assertThat(server.strangers()).isZero();
    ScriptedAgent dropped = dial();
    await().atMost(PATIENCE).until(() -> server.strangers() == 1);
    dropped.close();
    await().atMost(PATIENCE).until(() -> server.strangers() == 0);
  }

  @Test
  void aWorkerIsStartedAndItsEndIsTold() throws Exception {
    ScriptedAgent agent = joined("a");
    Worker worker = start();
    Launch launch = agent.expect(PayloadCase.LAUNCH).getLaunch();
    assertThat(launch.getSession()).isEqualTo(Messages.id(KEY));
    assertThat(launch.getJvmArgumentsList()).containsExactly("-Xint");
    assertThat(launch.getSecret().size()).isEqualTo(32);
    assertThat(worker.awaitExit(Duration.ofMillis(1))).isFalse();
    worker.kill();
    assertThat(agent.expect(PayloadCase.KILL).getKill().getSession())
        .isEqualTo(launch.getSession());
    agent.exited(launch.getSession(), 137, "last words");
    assertThat(exit()).isEqualTo(new Exit(137, "last words"));
    assertThat(worker.awaitExit(PATIENCE)).isTrue();
    // Told once: a second time, and of strangers, it means nothing.
    agent.exited(launch.getSession(), 1, "");
    worker.kill();
    agent.close();
    await().atMost(PATIENCE).until(() -> only().lost().isPresent());
    assertThat(exits).isEmpty();
  }

  @Test
  void aLostAgentTakesItsWorkersAlong() throws Exception {
    ScriptedAgent agent = joined("a");
    Worker worker = start();
    agent.close();
    Exit exit = exit();
    assertThat(exit.code()).isEqualTo(Exit.UNSEEN);
    assertThat(exit.stderrTail()).startsWith("the agent of a is gone: ");
    assertThat(worker.awaitExit(PATIENCE)).isTrue();
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the agent of a is gone: ");
    assertThatThrownBy(() -> only().offset()).isInstanceOf(IOException.class);
    assertThat(exits).isEmpty();
  }

  private static String returnToken(AgentOrder welcome) {
    return HexFormat.of().formatHex(welcome.getWelcome().getReturnToken().toByteArray());
  }

  /// Lets an agent in, and loses it.
  ///
  /// @return the token that it was handed
  private String lost(String token) throws InterruptedException {
    ScriptedAgent agent = dial().join(token);
    String next = returnToken(agent.expect(PayloadCase.WELCOME));
    agent.close();
    await().atMost(PATIENCE).until(() -> only().lost().isPresent());
    return next;
  }

  @Test
  void aLostAgentComesBackByTheTokenThatItWasHandedAndNoOther() throws Exception {
    String first = desk.expect("a");
    desk.expect("b");
    String second = lost(first);
    desk.shut();
    assertThat(refusal(ScriptedAgent.hello(first))).isEqualTo("unknown token");
    AgentOrder welcome = dial().join(second).expect(PayloadCase.WELCOME);
    assertThat(welcome.getWelcome().getReturnNanos()).isEqualTo(Duration.ofMinutes(1).toNanos());
    assertThat(returnToken(welcome)).isNotIn(first, second);
    assertThat(desk.agents()).singleElement().satisfies(link -> assertThat(link.lost()).isEmpty());
    assertThat(refusal(ScriptedAgent.hello(second))).isEqualTo("unknown token");
    start();
    assertThat(dialled.get(2).expect(PayloadCase.LAUNCH).getLaunch().getSession())
        .isEqualTo(Messages.id(KEY));
  }

  private static AgentHello.Builder claimed(String token, String claim, int dial) {
    return ScriptedAgent.hello(token)
        .setClaim(ByteString.copyFrom(HexFormat.of().parseHex(claim.repeat(32))))
        .setDial(dial);
  }

  @Test
  void whomTheWelcomeDidNotReachShowsItsTokenAgainAndNobodyElseDoes() throws Exception {
    String token = desk.expect("a");
    String unseen = returnToken(dial().say(claimed(token, "0a", 1)).expect(PayloadCase.WELCOME));
    assertThat(refusal(claimed(token, "0b", 2))).isEqualTo("unknown token");
    assertThat(refusal(ScriptedAgent.hello(token).setDial(2))).isEqualTo("unknown token");
    // Its own first hello, which was long on its way.
    assertThat(refusal(claimed(token, "0a", 1))).isEqualTo("unknown token");
    AgentOrder welcome = dial().say(claimed(token, "0a", 2)).expect(PayloadCase.WELCOME);
    assertThat(only().lost()).isEmpty();
    assertThat(refusal(claimed(unseen, "0a", 3))).isEqualTo("unknown token");
    dial().say(claimed(returnToken(welcome), "0a", 4)).expect(PayloadCase.WELCOME);
    assertThat(refusal(claimed(token, "0a", 5))).isEqualTo("unknown token");
    assertThat(desk.agents()).singleElement().satisfies(link -> assertThat(link.lost()).isEmpty());
  }

  @Test
  void whoComesBackInAWindowIsSilent() throws Exception {
    String token = lost(desk.expect("a"));
    Duration window = Duration.ofHours(1);
    desk.quiet(window);
    ScriptedAgent agent = dial().join(token);
    agent.expect(PayloadCase.WELCOME);
    assertThat(agent.expect(PayloadCase.QUIET).getQuiet().getNanos())
        .isBetween(1L, window.toNanos());
    await().pollDelay(Limits.standard().lease().plusMillis(500)).atMost(PATIENCE).until(() -> true);
    assertThat(agent.heartbeats()).isZero();
    assertThat(only().lost()).isEmpty();
  }

  @Test
  void anAgentThatKnowsOfTheLossFirstTakesItsOwnPlace() throws Exception {
    ScriptedAgent agent = dial().join(desk.expect("a"));
    String token = returnToken(agent.expect(PayloadCase.WELCOME));
    start();
    dial().join(token).expect(PayloadCase.WELCOME);
    assertThat(exit().stderrTail()).isEqualTo("the agent of a is gone: it has dialled in again");
    assertThat(agent.expect(PayloadCase.LAUNCH).hasLaunch()).isTrue();
    assertThat(agent.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(only().lost()).isEmpty();
  }

  @Test
  void aMachineThatComesBackOtherwiseIsRefusedForGood() throws Exception {
    String token = lost(desk.expect("a"));
    AgentHello.Builder other = ScriptedAgent.hello(token);
    other.getDescriptionBuilder().getMachineBuilder().setBootId("another");
    assertThat(refusal(other)).isEqualTo("the machine is not as it was: the machine was restarted");
    assertThat(refusal(ScriptedAgent.hello(token))).isEqualTo("unknown token");
    List<String> told = new ArrayList<>();
    assertThat(desk.awaitReturn(List::of, told::add))
        .hasValueSatisfying(
            how ->
                assertThat(how)
                    .startsWith("the agent of a is gone: ")
                    .endsWith("; it came back otherwise: the machine was restarted"));
    assertThat(told).isEmpty();
  }

  @Test
  void whatAMachineSaysOfItselfIsMadePrintable() throws Exception {
    AgentHello.Builder other = ScriptedAgent.hello(lost(desk.expect("a")));
    other.getDescriptionBuilder().getMachineBuilder().setHostName("\u001b[2Jx");
    assertThat(refusal(other)).endsWith("the host was host-of-the-test and is ?[2Jx");
  }

  @Test
  void whoWaitsForAnAgentGoesOnWhenItIsBack() throws Exception {
    assertThat(desk.awaitReturn(List::of, Assertions::fail)).isEmpty();
    String token = lost(desk.expect("a"));
    List<String> told = new ArrayList<>();
    assertThat(
            desk.awaitReturn(
                List::of,
                line -> {
                  told.add(line);
                  if (told.size() == 1) {
                    dial().join(token);
                  }
                }))
        .isEmpty();
    assertThat(told).hasSize(2).last().isEqualTo("all machines are there again");
    assertThat(told)
        .first()
        .asString()
        .startsWith("the agent of a is gone: ")
        .endsWith("; waiting up to 60 s for it");
  }

  @Test
  void anAgentWhoseProcessHasEndedIsNotWaitedFor() throws Exception {
    lost(desk.expect("a"));
    assertThat(desk.awaitReturn(() -> List.of("a: exit code 1"), Assertions::fail)).isPresent();
  }

  @Test
  void patienceWithALostAgentHasAnEnd() throws Exception {
    server.close();
    server = new SessionServer(ScriptedAgent.JAR, Endpoint.LOOPBACK, Duration.ofSeconds(1));
    desk = server.agents();
    lost(desk.expect("a"));
    List<String> told = new ArrayList<>();
    assertThat(desk.awaitReturn(List::of, told::add))
        .hasValueSatisfying(how -> assertThat(how).endsWith("; not back within 1 s"));
    assertThat(told).hasSize(1);
  }

  @Test
  void anAgentThatFallsSilentIsLost() throws Exception {
    ScriptedAgent agent = joined("a");
    assertThat(agent.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(only().lost()).hasValueSatisfying(why -> assertThat(why).contains("silent"));
    assertThat(agent.heartbeats()).isPositive();
  }

  @Test
  void silenceThatWasAgreedUponIsNoLoss() throws Exception {
    ScriptedAgent agent = joined("a");
    AgentLink link = only();
    Duration longerThanTheLease = Limits.standard().lease().plusMillis(1500);
    link.quiet(longerThanTheLease);
    assertThat(agent.expect(PayloadCase.QUIET).getQuiet().getNanos())
        .isEqualTo(longerThanTheLease.toNanos());
    long before = agent.heartbeats();
    await().pollDelay(Limits.standard().lease().plusMillis(500)).atMost(PATIENCE).until(() -> true);
    assertThat(agent.heartbeats()).isEqualTo(before);
    assertThat(link.lost()).isEmpty();
    agent.heartbeat();
    await().atMost(PATIENCE).until(() -> agent.heartbeats() > before);
  }

  /// As after fixed work, whose results come before the end of the time that was allowed for it.
  @Test
  void silenceEndsWhenTheCoordinatorSpeaks() throws Exception {
    ScriptedAgent agent = joined("a");
    AgentLink link = only();
    link.quiet(Duration.ofHours(1));
    agent.expect(PayloadCase.QUIET);
    long before = agent.heartbeats();
    assertThat(link.offset().boundNanos()).isNotNegative();
    await().atMost(PATIENCE).until(() -> agent.heartbeats() > before);
  }

  @Test
  void theOffsetOfAClockIsFoundWithinItsBound() throws Exception {
    ScriptedAgent agent = joined("a");
    agent.aheadNanos = -77_000_000_000L;
    ClockOffset offset = only().offset();
    assertThat(Math.abs(offset.nanos() - agent.aheadNanos))
        .isLessThanOrEqualTo(offset.boundNanos());
    assertThat(agent.received.stream().filter(AgentOrder::hasClock).count()).isEqualTo(16);
  }

  @Test
  void aClockThatDoesNotAnswerIsNamed() throws Exception {
    ScriptedAgent agent = joined("a");
    agent.answersForItsClock = false;
    assertThatThrownBy(() -> only().offset())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the agent of a did not say within 1000 ms");
  }

  @Test
  void theEndOfTheRunIsTheEndOfTheStream() throws Exception {
    ScriptedAgent agent = joined("a");
    server.close();
    assertThat(agent.end()).isEqualTo(Status.OK);
  }
}
