package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// The maker retires the object while another thread releases the only other reference.
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "The object has been freed")
@Outcome(id = "-2", expect = FORBIDDEN, desc = "A double free")
@Outcome(expect = FORBIDDEN, desc = "A lost free")
@State
public class LateRetireAndLastRelease extends References {
  public LateRetireAndLastRelease() {
    super(1, FIRST, 1);
  }

  @Actor
  public void first() {
    retire(FIRST);
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
