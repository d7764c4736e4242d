package io.percore.coordinator.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What ran on a machine between two moments. The kernel counts in hundredths of a second.
///
/// @param busyProcessors processors' worth of work that was done
/// @param stolenProcessors processors' worth of time that a hypervisor gave to others
/// @param programs who did the work, the busiest first; those above a hundredth of a processor
public record Load(double busyProcessors, double stolenProcessors, List<Program> programs) {
  private static final double TICKS_PER_SECOND = 100;
  private static final double WORTH_NAMING = 0.01;

  public Load {
    programs = List.copyOf(programs);
  }

  /// A program that ran.
  ///
  /// @param pid process id
  /// @param name as the kernel has it, 15 characters at most
  /// @param processors processors' worth of work
  public record Program(int pid, String name, double processors) {}

  /// Counters up to a moment.
  ///
  /// @param nanos the moment (`System.nanoTime`)
  /// @param busyTicks of all processors
  /// @param stealTicks of all processors
  /// @param programs ticks of each process
  public record Counters(
      long nanos, long busyTicks, long stealTicks, Map<Integer, Ticks> programs) {
    public Counters {
      programs = Map.copyOf(programs);
    }
  }

  /// Ticks of a process.
  ///
  /// @param name as the kernel has it
  /// @param ticks user and system
  public record Ticks(String name, long ticks) {}

  /// Reads the counters.
  public static Counters read(MachineFiles files, long nanos) {
    long busy = 0;
    long steal = 0;
    for (String line : files.lines("proc/stat")) {
      String[] words = line.split(" +", -1);
      if (words[0].equals("cpu") && words.length > 8) {
        for (int word : new int[] {1, 2, 3, 6, 7}) {
          busy += Long.parseLong(words[word]);
        }
        steal = Long.parseLong(words[8]);
      }
    }
    Map<Integer, Ticks> programs = new HashMap<>();
    for (String pid : files.names("proc")) {
      if (pid.matches("\\d+")) {
        files.text("proc/" + pid + "/stat").ifPresent(stat -> add(pid, stat, programs));
      }
    }
    return new Counters(nanos, busy, steal, programs);
  }

  /// `PID (NAME) STATE ...`, in which the name may hold blanks and parentheses, and the twelfth and
  /// thirteenth words after it are the ticks.
  private static void add(String pid, String stat, Map<Integer, Ticks> programs) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < open) {
      return;
    }
    String[] words = stat.substring(close + 1).strip().split(" ", -1);
    if (words.length > 12) {
      programs.put(
          Integer.parseInt(pid),
          new Ticks(
              stat.substring(open + 1, close),
              Long.parseLong(words[11]) + Long.parseLong(words[12])));
    }
  }

  /// What ran in between, but for one process: the one that asks.
  public static Load between(Counters before, Counters after, long self) {
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    List<Program> programs = new ArrayList<>();
    double own = 0;
    for (Map.Entry<Integer, Ticks> entry : after.programs().entrySet()) {
      Ticks earlier = before.programs().get(entry.getKey());
      long ticks = entry.getValue().ticks() - (earlier == null ? 0 : earlier.ticks());
      double processors = ticks / TICKS_PER_SECOND / seconds;
      if (entry.getKey() == self) {
        own = processors;
      } else if (processors >= WORTH_NAMING) {
        programs.add(new Program(entry.getKey(), entry.getValue().name(), processors));
      }
    }
    programs.sort(Comparator.comparingDouble(Program::processors).reversed());
    double busy = (after.busyTicks() - before.busyTicks()) / TICKS_PER_SECOND / seconds - own;
    double steal = (after.stealTicks() - before.stealTicks()) / TICKS_PER_SECOND / seconds;
    return new Load(Math.max(0, busy), Math.max(0, steal), programs);
  }
}
