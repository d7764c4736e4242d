package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// The maker gives its only reference back while a thread that has one takes another.
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "The object lives, and the count is right")
@Outcome(id = "-1", expect = FORBIDDEN, desc = "A premature free")
@Outcome(id = "-2", expect = FORBIDDEN, desc = "A double free")
@Outcome(expect = FORBIDDEN, desc = "The count is wrong")
@State
public class LateOwnerLeavesItToOther extends References {
  public LateOwnerLeavesItToOther() {
    super(1, FIRST, 1);
  }

  @Actor
  public void first() {
    giveUp(FIRST);
  }

  @Actor
  public void second() {
    retain(SECOND);
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = countAtRest(2);
  }
}
