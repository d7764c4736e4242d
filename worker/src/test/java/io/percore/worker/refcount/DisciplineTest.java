package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DisciplineTest {
  private final ThreadContext context = new ThreadContext(0);

  static List<Variant> variants() {
    return Variant.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void releaseTellsTheLastOwnerAndNobodyElse(Variant variant) throws InterruptedException {
    for (boolean padded : new boolean[] {true, false}) {
      RefCount domain = variant.discipline().create(variant.given());
      Counted object = domain.newObject(padded);
      domain.attach(context);
      assertThat(domain.count(object)).isEqualTo(1);

      domain.retain(context, object);
      domain.afterOperation(context);
      domain.increment(context, object);
      domain.afterOperation(context);
      assertThat(domain.count(object)).isEqualTo(3);

      assertThat(release(domain, object)).isFalse();
      assertThat(release(domain, object)).isFalse();
      assertThat(release(domain, object)).isTrue();
      domain.detach(context);
      assertThat(domain.count(object)).isZero();
    }
  }

  private boolean release(RefCount domain, Counted object) throws InterruptedException {
    boolean last = domain.release(context, object);
    domain.afterOperation(context);
    return last;
  }

  @ParameterizedTest
  @EnumSource
  void describesItself(Discipline discipline) {
    assertThat(Discipline.byId(discipline.id())).isSameAs(discipline);
    assertThat(discipline.title()).isNotBlank();
    assertThat(discipline.contract()).isNotBlank().doesNotContain("\n");
    assertThat(discipline.offers()).isNotEmpty();
    assertThat(discipline.countBits()).isEqualTo(64);
    for (Parameter parameter : discipline.parameters()) {
      assertThat(parameter.choices()).containsAll(parameter.inexactChoices());
      assertThat(discipline.check(Map.of()).text(parameter.name()))
          .isEqualTo(parameter.defaultValue());
    }
  }

  @Test
  void onlyTheNegativeControlIsInexactAndOnlyTheBaseSingleThreaded() {
    assertThat(Discipline.values())
        .filteredOn(discipline -> !discipline.exact())
        .containsExactly(Discipline.RACY);
    assertThat(Discipline.values())
        .filteredOn(Discipline::singleThreaded)
        .containsExactly(Discipline.PLAIN);
  }

  @Test
  void refusesAMonitorHeldOverWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Discipline.GLOBAL_LOCK.create(Map.of("lock", "synchronized", "hold", "work")))
        .withMessageContaining("needs global-lock.lock=reentrant");
  }

  @Test
  void refusesUnknownIds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Discipline.byId("magic"))
        .withMessage("there is no discipline 'magic'");
  }

  /// Another thread could not go on if a lock were left behind.
  @Test
  void detachingInTheMiddleOfAnOperationLeavesNoLockBehind() throws InterruptedException {
    RefCount domain = Discipline.GLOBAL_LOCK.create(Map.of("hold", "work"));
    Counted object = domain.newObject(true);
    domain.increment(context, object);
    domain.detach(context);

    ThreadContext other = new ThreadContext(1);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    domain.increment(other, object);
                    domain.detach(other);
                  } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(domain.count(object)).isEqualTo(3);
  }
}
