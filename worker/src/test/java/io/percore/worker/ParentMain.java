package io.percore.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Starts the command that it is given, hands it its first argument as a line of standard input,
/// prints its process id, and then lives until it is killed.
public final class ParentMain {
  private ParentMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    command.replaceAll(a -> a.equals("PARENT") ? "" + ProcessHandle.current().pid() : a);
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    child.getOutputStream().write((arguments[0] + "\n").getBytes(StandardCharsets.UTF_8));
    child.getOutputStream().flush();
    System.out.println(child.pid());
    child.waitFor();
  }
}
