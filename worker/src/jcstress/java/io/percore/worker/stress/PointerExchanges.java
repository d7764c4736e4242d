package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Two threads store to one pointer: each takes out another object.
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "What was taken out is freed, what is there lives")
@Outcome(id = "-1", expect = FORBIDDEN, desc = "A lost free")
@Outcome(id = "-2", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "-3", expect = FORBIDDEN, desc = "A premature free")
@Outcome(id = "-4", expect = FORBIDDEN, desc = "The count is wrong")
@State
public class PointerExchanges extends Pointed {
  @Actor
  public void first() {
    exchange(References.FIRST);
  }

  @Actor
  public void second() {
    exchange(References.SECOND);
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = atRest();
  }
}
