package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/// One thread takes a reference more, the other gives its only one back.
@JCStressTest
@Outcome(id = "false, 2", expect = ACCEPTABLE, desc = "Both count, nobody frees")
@Outcome(id = "true, .*", expect = ACCEPTABLE_INTERESTING, desc = "A premature free")
@Outcome(expect = ACCEPTABLE_INTERESTING, desc = "The count is wrong")
@State
public class RacyRetainAndRelease extends References {
  public RacyRetainAndRelease() {
    super(2);
  }

  @Actor
  public void first(ZJ_Result result) {
    retain(FIRST);
  }

  @Actor
  public void second(ZJ_Result result) {
    result.r1 = release(SECOND);
  }

  @Arbiter
  public void arbiter(ZJ_Result result) {
    result.r2 = count();
  }
}
