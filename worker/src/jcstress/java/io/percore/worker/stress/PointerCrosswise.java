package io.percore.worker.stress;

import static io.percore.worker.stress.References.FIRST;
import static io.percore.worker.stress.References.SECOND;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// Two threads hand each other the object that each made: each puts its own and takes out the other
/// one, if it is there already.
@JCStressTest
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Both are freed once")
@Outcome(id = "(.*, )?-2(, .*)?", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "(.*, )?-3(, .*)?", expect = FORBIDDEN, desc = "A use after the end of a life")
@Outcome(expect = FORBIDDEN, desc = "A lost or premature free, or a wrong count")
@State
public class PointerCrosswise {
  private final Held one = Held.of(FIRST, 1);
  private final Held other = Held.of(SECOND, 1);
  private final Place left = new Place(null);
  private final Place right = new Place(null);

  @Actor
  public void first() {
    References.act(
        FIRST,
        () -> {
          left.put(FIRST, one);
          right.put(FIRST, null);
          return true;
        });
  }

  @Actor
  public void second() {
    References.act(
        SECOND,
        () -> {
          right.put(SECOND, other);
          left.put(SECOND, null);
          return true;
        });
  }

  @Arbiter
  public void arbiter(JJ_Result result) {
    left.clear();
    right.clear();
    result.r1 = one.atRest(0);
    result.r2 = other.atRest(0);
  }
}
