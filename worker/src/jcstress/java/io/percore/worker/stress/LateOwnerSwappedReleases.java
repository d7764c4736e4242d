package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Two threads, one of whom made the object give two references back each, of which there are four.
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "The object is freed in the end")
@Outcome(id = "-2", expect = FORBIDDEN, desc = "A double free")
@Outcome(expect = FORBIDDEN, desc = "A lost free")
@State
public class LateOwnerSwappedReleases extends References {
  public LateOwnerSwappedReleases() {
    super(4, FIRST);
  }

  @Actor
  public void first() {
    giveUp(FIRST);
    giveUp(FIRST);
  }

  @Actor
  public void second() {
    giveUp(SECOND);
    giveUp(SECOND);
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = countAtRest(0);
  }
}
