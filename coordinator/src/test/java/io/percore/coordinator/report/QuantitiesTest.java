package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.01234, 0.0123",
    "1, 1.00",
    "1.995, 2.00",
    "9.996, 10.0",
    "99.96, 100",
    "123.4, 123",
    "1234, 1230",
    "-0.5, -0.500",
    "NaN, unknown",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void numbersHaveThreeSignificantDigits(double value, String shown) {
    assertThat(Quantities.number(value)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "999, 999",
    "999.6, 1.00 k",
    "999949, 1.00 M",
    "1000, 1.00 k",
    "245312345, 245 M",
    "1020000000, 1.02 G",
    "-69900000, -69.9 M"
  })
  void countsHavePrefixes(double value, String shown) {
    assertThat(Quantities.count(value)).isEqualTo(shown);
  }

  @Test
  void unitsKeepNumbersShort() {
    assertThat(Quantities.rate(245.3e6)).isEqualTo("245 M ops/s");
    assertThat(Quantities.nanos(12.34)).isEqualTo("12.3 ns");
    assertThat(Quantities.nanos(61_234)).isEqualTo("61.2 us");
    assertThat(Quantities.nanos(6.58e6)).isEqualTo("6.58 ms");
    assertThat(Quantities.duration(Duration.ofSeconds(2))).isEqualTo("2.00 s");
    assertThat(Quantities.bytes(68 * 1024 * 1024)).isEqualTo("68.0 MiB");
    assertThat(Quantities.percent(0.4123)).isEqualTo("41.2 %");
    assertThat(Quantities.plural(1, "fork")).isEqualTo("1 fork");
    assertThat(Quantities.plural(0, "fork")).isEqualTo("0 forks");
  }

  @Test
  void ratiosCarryTheirInterval() {
    assertThat(Quantities.ratio(new Estimate(1.974, new Interval(1.951, 1.992))))
        .isEqualTo("1.97x [1.95, 1.99]");
    assertThat(Quantities.ratio(new Estimate(1, null))).isEqualTo("1.00x");
  }

  @Test
  void reachIsRoundedUp() {
    assertThat(Quantities.reach(new Interval(0.9899, 1.004))).isEqualTo("1.1 %");
    assertThat(Quantities.reach(new Interval(0.999, 1.02001))).isEqualTo("2.1 %");
  }

  @Property
  void shownCountIsTheRoundedOne(@ForAll @DoubleRange(min = 1, max = 9e14) double value) {
    String[] parts = Quantities.count(value).split(" ", -1);
    double unit = parts.length == 1 ? 1 : Math.pow(1000, 1 + "kMGT".indexOf(parts[1]));
    double shown = Double.parseDouble(parts[0]);
    assertThat(shown).isLessThan(1000);
    assertThat(shown * unit).isCloseTo(value, Percentage.withPercentage(0.51));
  }

  /// With as many digits as it takes.
  private static String exactly(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
    int decimals = 2 - (rounded.precision() - rounded.scale() - 1);
    return rounded.setScale(Math.max(0, decimals), RoundingMode.UNNECESSARY).toPlainString();
  }

  @Property(tries = 20_000)
  void numbersAreRoundedExactly(
      @ForAll @DoubleRange(min = -9, max = 9) double exponent, @ForAll boolean negative) {
    double value = Math.pow(10, exponent) * (negative ? -1 : 1);

    assertThat(Quantities.number(value)).isEqualTo(exactly(value));
  }

  /// Where doubles that differ in their last bit are shown as different numbers.
  @Property(tries = 20_000)
  void numbersAreRoundedExactlyInTheMiddleOfTwo(
      @ForAll @IntRange(min = 99, max = 1000) int digits,
      @ForAll @IntRange(min = -7, max = 7) int exponent,
      @ForAll @IntRange(min = -2, max = 2) int away) {
    double value = (digits + 0.5) * Math.pow(10, exponent);
    for (int i = 0; i < Math.abs(away); i++) {
      value = away < 0 ? Math.nextDown(value) : Math.nextUp(value);
    }

    assertThat(Quantities.number(value)).isEqualTo(exactly(value));
  }

  @ParameterizedTest
  @CsvSource({"0, '0'", "999, '999'", "1000, '1,000'", "12345678, '12,345,678'", "-123, '-123'"})
  void wholeNumbersAreGrouped(long number, String shown) {
    assertThat(Quantities.grouped(number)).isEqualTo(shown);
  }
}
