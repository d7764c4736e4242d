package io.percore.coordinator;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// A Java agent that breaks one method of a real worker as it is loaded, so that a whole run can be
/// seen to find out. Needs nothing but the JDK.
public final class SabotageAgent implements ClassFileTransformer {
  private final Sabotage sabotage;

  private SabotageAgent(Sabotage sabotage) {
    this.sabotage = sabotage;
  }

  /// Something that must never go unnoticed.
  enum Sabotage {
    /// Objects without references are not freed.
    LEAK("io/percore/worker/refcount/Heap", "free"),
    /// Each release says that it was the last one.
    EARLY_FREE("io/percore/worker/refcount/Atomic", "release");

    private final String type;
    private final String method;

    Sabotage(String type, String method) {
      this.type = type;
      this.method = method;
    }
  }

  /// Called by the JVM.
  ///
  /// @param sabotage name of what to break
  public static void premain(String sabotage, Instrumentation instrumentation) {
    instrumentation.addTransformer(new SabotageAgent(Sabotage.valueOf(sabotage)));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (!type.equals(sabotage.type)) {
      return null;
    }
    ClassFile files = ClassFile.of();
    ClassModel model = files.parse(bytes);
    ClassTransform broken =
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.methodName().equalsString(sabotage.method)) {
            builder.withMethodBody(
                method.methodName(), method.methodType(), method.flags().flagsMask(), this::body);
          } else {
            builder.with(element);
          }
        };
    return files.transformClass(model, broken);
  }

  private void body(CodeBuilder code) {
    // A switch over the constants would be one more class in the agent's jar.
    if (sabotage == Sabotage.LEAK) {
      code.return_();
    } else {
      code.loadConstant(1).ireturn();
    }
  }
}
