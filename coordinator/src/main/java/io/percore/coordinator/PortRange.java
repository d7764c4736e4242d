package io.percore.coordinator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Ports, of which the first that is free is listened on.
///
/// @param first from 0, which alone stands for any that is free
/// @param last not below the first, to 65535
record PortRange(int first, int last) {
  /// Any port that is free.
  static final PortRange ANY = new PortRange(0, 0);

  private static final int LARGEST = 65_535;
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  PortRange {
    if (first < 0 || last < first || last > LARGEST || (first == 0 && last > 0)) {
      throw new IllegalArgumentException("no ports: " + first + "-" + last);
    }
  }

  IntStream ports() {
    return IntStream.rangeClosed(first, last);
  }

  /// As it is written.
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }

  /// Reads `4711` or `4711-4720`.
  static final class Converter implements ITypeConverter<PortRange> {
    @Override
    public PortRange convert(String text) {
      Matcher form = FORM.matcher(text);
      if (form.matches()) {
        int first = Integer.parseInt(form.group(1));
        int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        if (last >= first && last <= LARGEST && (first > 0 || last == 0)) {
          return new PortRange(first, last);
        }
      }
      throw new TypeConversionException(
          "'%s' is neither a port up to %d nor a range such as 4711-4720".formatted(text, LARGEST));
    }
  }
}
