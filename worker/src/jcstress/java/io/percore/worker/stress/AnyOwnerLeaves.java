package io.percore.worker.stress;

import static io.percore.worker.stress.References.DOMAIN;
import static io.percore.worker.stress.References.FIRST;
import static io.percore.worker.stress.References.SECOND;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// The owner gives its reference up and leaves, comes back and leaves for good, while another
/// thread gives up the other two in two epochs.
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "It is freed once")
@Outcome(id = "(.*, )?-2(, .*)?", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "(.*, )?-3(, .*)?", expect = FORBIDDEN, desc = "A use after the end of a life")
@Outcome(expect = FORBIDDEN, desc = "A lost or premature free, or a wrong count")
@State
public class AnyOwnerLeaves {
  private final Held object = Held.of(FIRST, 3);

  @Actor
  public void first() {
    References.act(
        FIRST,
        () -> {
          object.giveUp(FIRST);
          return true;
        });
    References.act(FIRST, () -> true);
  }

  @Actor
  public void second() {
    References.act(
        SECOND,
        () -> {
          object.giveUp(SECOND);
          DOMAIN.safepoint(SECOND);
          object.giveUp(SECOND);
          return true;
        });
  }

  @Arbiter
  public void arbiter(J_Result result) {
    result.r1 = object.atRest(0);
  }
}
