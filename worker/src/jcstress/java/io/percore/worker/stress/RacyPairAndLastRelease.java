package io.percore.worker.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/// One thread takes one reference more and gives both back, the other gives its only one back.
@JCStressTest
@Outcome(
    id = {"true, false, 0", "false, true, 0"},
    expect = ACCEPTABLE,
    desc = "One of them frees")
@Outcome(id = "true, true, .*", expect = ACCEPTABLE_INTERESTING, desc = "A double free")
@Outcome(id = "false, false, .*", expect = ACCEPTABLE_INTERESTING, desc = "A lost free")
@Outcome(expect = ACCEPTABLE_INTERESTING, desc = "The count is wrong")
@State
public class RacyPairAndLastRelease extends References {
  public RacyPairAndLastRelease() {
    super(2);
  }

  @Actor
  public void first(ZZJ_Result result) {
    retain(FIRST);
    boolean early = release(FIRST);
    result.r1 = release(FIRST) | early;
  }

  @Actor
  public void second(ZZJ_Result result) {
    result.r2 = release(SECOND);
  }

  @Arbiter
  public void arbiter(ZZJ_Result result) {
    result.r3 = count();
  }
}
