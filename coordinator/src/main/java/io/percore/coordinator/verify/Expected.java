package io.percore.coordinator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.percore.coordinator.verify.LongHand.Range;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What has to stand in one place of a summary.
sealed interface Expected {
  /// Largest difference, relative, that rounding explains.
  double ROUNDING = 1e-9;

  /// Whether what stands there is that.
  boolean agrees(JsonNode written);

  /// Whether it is a number.
  boolean number();

  /// A text, a truth value, an integer or null. Integers are compared as integers of any size.
  ///
  /// @param value a scalar
  record Same(JsonNode value) implements Expected {
    @Override
    public boolean agrees(JsonNode written) {
      return value.isIntegralNumber()
          ? written.isIntegralNumber() && value.bigIntegerValue().equals(written.bigIntegerValue())
          : value.equals(written);
    }

    @Override
    public boolean number() {
      return value.isIntegralNumber();
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /// A number that was rounded, or searched for.
  ///
  /// @param value finite
  /// @param tolerance largest difference
  record Near(double value, double tolerance) implements Expected {
    @Override
    public boolean agrees(JsonNode written) {
      return written.isNumber() && Math.abs(written.doubleValue() - value) <= tolerance;
    }

    @Override
    public boolean number() {
      return true;
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /// An array, of which only its size is looked at.
  ///
  /// @param empty whether there may be nothing in it; else there must be something
  record Filled(boolean empty) implements Expected {
    @Override
    public boolean agrees(JsonNode written) {
      return written.isIntegralNumber() && (written.asLong() == 0) == empty;
    }

    @Override
    public boolean number() {
      return false;
    }

    @Override
    public String toString() {
      return empty ? "no element" : "some elements";
    }
  }

  static Expected nothing() {
    return new Same(NullNode.getInstance());
  }

  static Expected count(@Nullable BigInteger count) {
    return count == null ? nothing() : new Same(BigIntegerNode.valueOf(count));
  }

  /// A number that is only rounded; JSON has none for what is not finite.
  static Expected figure(@Nullable Double figure) {
    return figure == null || !Double.isFinite(figure)
        ? nothing()
        : new Near(figure, ROUNDING * Math.abs(figure));
  }

  /// An end of an interval: the difference of two numbers of the interval's size, so that one near
  /// 0 may have lost all but a few of its digits.
  static Expected end(@Nullable Range range, @Nullable Double end) {
    if (range == null || end == null || !Double.isFinite(end)) {
      return nothing();
    }
    return new Near(end, ROUNDING * Math.max(Math.abs(range.value()), Math.abs(end)));
  }
}
