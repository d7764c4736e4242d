package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/// A thread borrows what another one takes away.
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It lives while it is borrowed, and no longer")
@Outcome(id = "false, .*", expect = FORBIDDEN, desc = "Freed while it was borrowed")
@Outcome(id = "true, -1", expect = FORBIDDEN, desc = "A lost free")
@Outcome(id = "true, -2", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "true, -3", expect = FORBIDDEN, desc = "A premature free")
@Outcome(id = "true, -4", expect = FORBIDDEN, desc = "The count is wrong")
@State
public class PointerBorrowAndExchange extends Pointed {
  @Actor
  public void first(ZJ_Result result) {
    result.r1 = borrow(References.FIRST);
  }

  @Actor
  public void second() {
    exchange(References.SECOND);
  }

  @Arbiter
  public void arbiter(ZJ_Result result) {
    result.r2 = atRest();
  }
}
