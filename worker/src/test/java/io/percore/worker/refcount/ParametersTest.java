package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private static final List<Parameter> DECLARED =
      List.of(
          Parameter.number("patience", "how long", 5, 1, 10),
          Parameter.choice("kind", "which", "soft", "hard"));

  @Test
  void defaultsStandInForWhatIsNotGiven() {
    Parameters chosen = Parameters.of("x", DECLARED, Map.of("kind", "hard"));

    assertThat(chosen.number("patience")).isEqualTo(5);
    assertThat(chosen.text("kind")).isEqualTo("hard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "-1", "five", "", "1.5", "99999999999999999999"})
  void refusesWhatIsNoNumberOfTheRange(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of("x", DECLARED, Map.of("patience", value)))
        .withMessage("x.patience must be a whole number from 1 to 10, not '%s'", value);
  }

  @Test
  void acceptsBothEndsOfTheRange() {
    assertThat(Parameters.of("x", DECLARED, Map.of("patience", "1")).number("patience"))
        .isEqualTo(1);
    assertThat(Parameters.of("x", DECLARED, Map.of("patience", "10")).number("patience"))
        .isEqualTo(10);
  }

  @Test
  void refusesWhatIsNoChoice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of("x", DECLARED, Map.of("kind", "medium")))
        .withMessage("x.kind must be one of soft, hard, not 'medium'");
  }

  @Test
  void refusesUnknownNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of("x", DECLARED, Map.of("colour", "red")))
        .withMessage("x has no parameter 'colour'; it has [patience, kind]");
  }
}
