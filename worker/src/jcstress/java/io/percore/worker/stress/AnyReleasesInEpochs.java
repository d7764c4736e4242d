package io.percore.worker.stress;

import static io.percore.worker.stress.References.CREATOR;
import static io.percore.worker.stress.References.DOMAIN;
import static io.percore.worker.stress.References.FIRST;
import static io.percore.worker.stress.References.SECOND;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Two threads stay attached over several operations, and come by safepoints between them and
/// before their last release.
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "It is freed once")
@Outcome(id = "(.*, )?-2(, .*)?", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "(.*, )?-3(, .*)?", expect = FORBIDDEN, desc = "A use after the end of a life")
@Outcome(expect = FORBIDDEN, desc = "A lost or premature free, or a wrong count")
@State
public class AnyReleasesInEpochs {
  private final Held object = Held.of(CREATOR, 2);

  @Actor
  public void first() {
    References.act(
        FIRST,
        () -> {
          object.retain(FIRST);
          object.giveUp(FIRST);
          DOMAIN.safepoint(FIRST);
          object.giveUp(FIRST);
          DOMAIN.safepoint(FIRST);
          return true;
        });
  }

  @Actor
  public void second() {
    References.act(
        SECOND,
        () -> {
          object.retain(SECOND);
          object.giveUp(SECOND);
          DOMAIN.safepoint(SECOND);
          object.giveUp(SECOND);
          DOMAIN.safepoint(SECOND);
          return true;
        });
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = object.atRest(0);
  }
}
