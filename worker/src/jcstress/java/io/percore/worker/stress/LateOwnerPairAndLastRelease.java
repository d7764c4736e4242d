package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Of two threads, one of whom made the object one takes one reference more and gives both back,
/// the other gives its only one back.
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "The object is freed in the end")
@Outcome(id = "-2", expect = FORBIDDEN, desc = "A double free")
@Outcome(expect = FORBIDDEN, desc = "A lost free")
@State
public class LateOwnerPairAndLastRelease extends References {
  public LateOwnerPairAndLastRelease() {
    super(2, FIRST);
  }

  @Actor
  public void first() {
    retain(FIRST);
    giveUp(FIRST);
    giveUp(FIRST);
  }

  @Actor
  public void second() {
    giveUp(SECOND);
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = countAtRest(0);
  }
}
