package io.percore.worker.stress;

import static io.percore.worker.stress.References.CREATOR;
import static io.percore.worker.stress.References.FIRST;
import static io.percore.worker.stress.References.SECOND;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/// Two threads replace what they have borrowed, each with an object of its own.
@JCStressTest
@Outcome(
    id = {"-1, 1, -1", "-1, -1, 1"},
    expect = ACCEPTABLE,
    desc = "One or both did; all but the last are freed once")
@Outcome(id = "(.*, )?-2(, .*)?", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "(.*, )?-3(, .*)?", expect = FORBIDDEN, desc = "A use after the end of a life")
@Outcome(expect = FORBIDDEN, desc = "A lost or premature free, or a wrong count")
@State
public class PointerReplacements {
  private final Held object = Held.of(CREATOR, 1);
  private final Held one = Held.of(FIRST, 1);
  private final Held other = Held.of(SECOND, 1);
  private final Place place = new Place(object);

  @Actor
  public void first() {
    References.act(
        FIRST,
        () -> {
          return place.replace(FIRST, one);
        });
  }

  @Actor
  public void second() {
    References.act(
        SECOND,
        () -> {
          return place.replace(SECOND, other);
        });
  }

  @Arbiter
  public void arbiter(JJJ_Result result) {
    result.r1 = object.atRest();
    result.r2 = one.atRest();
    result.r3 = other.atRest();
    place.clear();
  }
}
