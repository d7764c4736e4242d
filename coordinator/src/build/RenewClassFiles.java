import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/// Gives the classes of a jar that were compiled for Java 6 or older the stack maps and the version
/// of Java 7. The JVM verifies older classes in a way that keeps them out of an AOT cache: each
/// start would load all of them from the jar. What they do stays the same; and wrong stack maps
/// would be refused, which Java 6 does not do.
final class RenewClassFiles {
  private static final int WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;
  private static final int MAJOR = 6;

  private final Path root;
  private final ClassFile format;

  private RenewClassFiles(Path root) {
    this.root = root;
    this.format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::inJar)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  public static void main(String[] arguments) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]))) {
      new RenewClassFiles(jar.getPath("/")).renew();
    }
  }

  private void renew() throws IOException {
    List<Path> classes;
    try (Stream<Path> files = Files.walk(root)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : classes) {
      if (major(file) < WITH_STACK_MAPS) {
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, renewed(Files.readAllBytes(file)));
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private static int major(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(MAJOR);
      return in.readUnsignedShort();
    }
  }

  private byte[] renewed(byte[] old) {
    ClassTransform version =
        (builder, element) -> {
          ClassElement renewed =
              element instanceof ClassFileVersion
                  ? ClassFileVersion.of(WITH_STACK_MAPS, 0)
                  : element;
          builder.with(renewed);
        };
    // Code that is passed on as it is would get no maps.
    CodeTransform assembledAgain = (builder, element) -> builder.with(element);
    return format.transformClass(
        format.parse(old),
        version.andThen(ClassTransform.transformingMethodBodies(assembledAgain)));
  }

  private InputStream inJar(ClassDesc type) {
    String descriptor = type.descriptorString();
    Path file = root.resolve(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
