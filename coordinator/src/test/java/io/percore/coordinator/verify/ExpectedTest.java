package io.percore.coordinator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.percore.coordinator.verify.LongHand.Range;
import org.junit.jupiter.api.Test;

class ExpectedTest {
  private static final double NEAR_ZERO = 1e-8;

  @Test
  void anEndThatAllButTouchesZeroIsHeldAgainstTheSizeOfItsInterval() {
    Expected end = Expected.end(new Range(2, NEAR_ZERO, 4.0), NEAR_ZERO);

    assertThat(end.agrees(DoubleNode.valueOf(NEAR_ZERO + 1.9e-9))).isTrue();
    assertThat(end.agrees(DoubleNode.valueOf(NEAR_ZERO + 2.1e-9))).isFalse();
    assertThat(end.number()).isTrue();
  }

  @Test
  void aFigureIsHeldAgainstItself() {
    assertThat(Expected.figure(NEAR_ZERO).agrees(DoubleNode.valueOf(NEAR_ZERO + 1.9e-9))).isFalse();
  }

  @Test
  void anEndThatIsNotKnownHasToBeNull() {
    assertThat(Expected.end(new Range(2, null, null), null).agrees(NullNode.getInstance()))
        .isTrue();
    assertThat(Expected.end(null, null).agrees(DoubleNode.valueOf(1))).isFalse();
  }
}
