package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Two increments of one count.
@JCStressTest
@Outcome(id = "3", expect = ACCEPTABLE, desc = "Both count")
@Outcome(id = "2", expect = FORBIDDEN, desc = "An update is lost")
@Outcome(expect = FORBIDDEN, desc = "The count is wrong")
@State
public class ExactIncrements extends References {
  public ExactIncrements() {
    super(1);
  }

  @Actor
  public void first(J_Result result) {
    increment(FIRST);
  }

  @Actor
  public void second(J_Result result) {
    increment(SECOND);
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = count();
  }
}
