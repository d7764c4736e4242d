package io.percore.coordinator;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// Standard output that remembers why it could not be written, which a [PrintStream] does not tell.
/// Used by whoever holds the lock of that stream.
final class StandardOutput extends OutputStream {
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException failure;

  private StandardOutput() {}

  /// Puts it in the place of `System.out`.
  static StandardOutput install() {
    StandardOutput output = new StandardOutput();
    System.setOut(new PrintStream(new BufferedOutputStream(output), true, System.out.charset()));
    return output;
  }

  /// The exit code of a command: a result that was not written whole is an error. It is none when
  /// the reader went away, as `head` does when it has seen enough.
  ///
  /// @param code with which the command ended
  int exitCode(int code) {
    System.out.flush();
    String reason = failure == null ? "" : String.valueOf(failure.getMessage());
    if (reason.isEmpty() || reason.equals("Broken pipe")) {
      return code;
    }
    System.err.println("percore: cannot write to standard output: " + reason);
    return code == ExitCode.OK ? ExitCode.INTERNAL : code;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
