package io.percore.worker.platform;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/// What the optimizing compiler of HotSpot has made of some packages of this process.
public final class CompiledCode {
  private static final String DIAGNOSTIC_COMMANDS = "com.sun.management:type=DiagnosticCommand";

  private CompiledCode() {}

  /// How many times methods of these packages were compiled by the optimizing compiler, as far as
  /// the code is still in the code cache, in use or not (`Compiler.codelist`). The first call takes
  /// some 100 ms. -1 when unknown: on another JVM.
  ///
  /// @param packages names; what is below them counts too
  public static int compilations(String... packages) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      Object list =
          server.invoke(
              new ObjectName(DIAGNOSTIC_COMMANDS),
              "compilerCodelist",
              new Object[0],
              new String[0]);
      return count(String.valueOf(list), packages);
    } catch (JMException otherJvm) {
      return -1;
    }
  }

  /// Lines such as `65 4 0 some.package.Type.method(I)V [...`: number of the compilation, level and
  /// state. Level 4 is the optimizing compiler's.
  static int count(String codeList, String... packages) {
    String names = String.join("|", packages).replace(".", "\\.");
    Pattern line = Pattern.compile("(?m)^\\s*\\d+\\s+4\\s+-?\\d+\\s+(?:" + names + ")\\.");
    return (int) line.matcher(codeList).results().count();
  }
}
