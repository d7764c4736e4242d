package io.percore.worker.stress;

import static io.percore.worker.stress.References.CREATOR;
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
import org.openjdk.jcstress.infra.results.ZJ_Result;

/// One thread takes a reference of what a pointer has, if it has anything, while another one
/// empties it.
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It is kept")
@Outcome(id = "false, -1", expect = ACCEPTABLE, desc = "It came too late, and it is freed once")
@Outcome(id = "(.*, )?-2(, .*)?", expect = FORBIDDEN, desc = "A double free")
@Outcome(id = "(.*, )?-3(, .*)?", expect = FORBIDDEN, desc = "A use after the end of a life")
@Outcome(expect = FORBIDDEN, desc = "A lost or premature free, or a wrong count")
@State
public class PointerEmptiedAndKept {
  private final Held object = Held.of(CREATOR, 1);
  private final Place place = new Place(object);

  @Actor
  public void first(ZJ_Result result) {
    result.r1 =
        References.act(
            FIRST,
            () -> {
              return place.keep(FIRST);
            });
  }

  @Actor
  public void second() {
    References.act(
        SECOND,
        () -> {
          place.put(SECOND, null);
          DOMAIN.safepoint(SECOND);
          DOMAIN.safepoint(SECOND);
          return true;
        });
  }

  @Arbiter
  public void arbiter(ZJ_Result result) {
    result.r2 = object.atRest(1);
  }
}
