package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/// Two threads retain and release while a third one holds a reference.
@JCStressTest
@Outcome(id = "false, false, 1", expect = ACCEPTABLE, desc = "Both count, nobody frees")
@Outcome(
    id = {"true, .*", "false, true, .*"},
    expect = ACCEPTABLE_INTERESTING,
    desc = "A premature free")
@Outcome(expect = ACCEPTABLE_INTERESTING, desc = "The count is wrong")
@State
public class RacyPairs extends References {
  public RacyPairs() {
    super(1);
  }

  @Actor
  public void first(ZZJ_Result result) {
    retain(FIRST);
    result.r1 = release(FIRST);
  }

  @Actor
  public void second(ZZJ_Result result) {
    retain(SECOND);
    result.r2 = release(SECOND);
  }

  @Arbiter
  public void arbiter(ZZJ_Result result) {
    result.r3 = count();
  }
}
