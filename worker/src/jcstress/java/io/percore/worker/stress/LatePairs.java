package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Two threads retain and release while a third one holds a reference.
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "The object lives, and the count is right")
@Outcome(id = "-1", expect = FORBIDDEN, desc = "A premature free")
@Outcome(id = "-2", expect = FORBIDDEN, desc = "A double free")
@Outcome(expect = FORBIDDEN, desc = "The count is wrong")
@State
public class LatePairs extends References {
  public LatePairs() {
    super(1);
  }

  @Actor
  public void first() {
    retain(FIRST);
    giveUp(FIRST);
  }

  @Actor
  public void second() {
    retain(SECOND);
    giveUp(SECOND);
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = countAtRest(1);
  }
}
