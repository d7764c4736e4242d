package io.percore.worker.stress;

import static io.percore.worker.stress.References.FIRST;
import static io.percore.worker.stress.References.SECOND;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// Two threads share two objects, each of which one of them made, and give them up in opposite
/// orders.
@JCStressTest
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Both are freed once")
@Outcome(id = "(.*, )?-2(, .*)?", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "(.*, )?-3(, .*)?", expect = FORBIDDEN, desc = "A use after the end of a life")
@Outcome(expect = FORBIDDEN, desc = "A lost or premature free, or a wrong count")
@State
public class AnyCrosswiseReleases {
  private final Held one = Held.of(FIRST, 2);
  private final Held other = Held.of(SECOND, 2);

  @Actor
  public void first() {
    References.act(
        FIRST,
        () -> {
          one.retain(FIRST);
          other.giveUp(FIRST);
          one.giveUp(FIRST);
          one.giveUp(FIRST);
          return true;
        });
  }

  @Actor
  public void second() {
    References.act(
        SECOND,
        () -> {
          other.retain(SECOND);
          one.giveUp(SECOND);
          other.giveUp(SECOND);
          other.giveUp(SECOND);
          return true;
        });
  }

  @Arbiter
  public void arbiter(JJ_Result result) {
    result.r1 = one.atRest(0);
    result.r2 = other.atRest(0);
  }
}
