package io.percore.worker.session;

import io.percore.proto.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Failures as the coordinator is told of them, of bounded size.
final class Failures {
  /// Characters of a reason at most.
  static final int MAXIMUM_REASON = 1000;

  /// Characters of a detail at most.
  static final int MAXIMUM_DETAIL = 8 * 1024;

  private Failures() {}

  static Failure of(String reason) {
    return Failure.newBuilder().setReason(oneLine(reason)).build();
  }

  /// What was thrown: the innermost cause as the reason, the stack as the detail.
  static Failure of(Throwable thrown) {
    Throwable root = thrown;
    // A chain of causes may end in itself.
    for (int depth = 0; depth < 100; depth++) {
      Throwable cause = root.getCause();
      if (cause == null) {
        break;
      }
      root = cause;
    }
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    return Failure.newBuilder()
        .setReason(oneLine(root.toString()))
        .setDetail(bounded(stack.toString(), MAXIMUM_DETAIL))
        .build();
  }

  private static String oneLine(String text) {
    return bounded(text.replace('\n', ' ').replace('\r', ' '), MAXIMUM_REASON);
  }

  private static String bounded(String text, int maximum) {
    if (text.length() <= maximum) {
      return text;
    }
    // Half of a surrogate pair is not a character that the wire can carry.
    int end = Character.isHighSurrogate(text.charAt(maximum - 1)) ? maximum - 1 : maximum;
    return text.substring(0, end);
  }
}
