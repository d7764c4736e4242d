package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Environment.Cpu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentChangeTest {
  private static final List<Cpu> CPUS = Samples.cpus(1, 2, 1);

  /// An environment of which some things are given, and others usual.
  private static Environment with(Map<String, String> given, List<Cpu> cpus) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "host", "one",
                "kernel", "6.1",
                "model", "a processor",
                "quota", "none",
                "boot", "first",
                "jvm", "25.0.3",
                "jar", "cafe",
                "pin", "yes",
                "clock", "1 kHz"));
    all.putAll(given);
    return new Environment(
        get(all, "host"),
        "Linux",
        get(all, "kernel"),
        get(all, "model"),
        "amd64",
        1L << 34,
        cpus.size(),
        cpus,
        get(all, "quota"),
        List.of(
            new Environment.Reading(
                Environment.HIGHEST_CLOCK, get(all, "clock"), "cpuinfo_max_freq", true)),
        get(all, "boot"),
        "time:[" + get(all, "boot") + "]",
        get(all, "jvm"),
        "vendor",
        "home of " + get(all, "boot"),
        List.of("-XX:SharedArchiveFile=" + get(all, "boot")),
        get(all, "jar"),
        get(all, "pin").equals("yes"),
        get(all, "pin").equals("yes") ? "" : get(all, "pin"));
  }

  private static String get(Map<String, String> all, String name) {
    return all.getOrDefault(name, "");
  }

  @Test
  void machinesOfOneKindAreAlike() {
    Map<String, String> given =
        Map.of("host", "two", "kernel", "6.2", "boot", "second", "quota", "1");
    assertThat(with(Map.of(), CPUS).unlike(with(given, CPUS))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "model, another, processor (a processor; another)",
    "clock, 2 kHz, highest clock (1 kHz; 2 kHz)"
  })
  void whatMakesAMachineFasterThanAnotherIsNamed(String fact, String value, String words) {
    assertThat(with(Map.of(), CPUS).unlike(with(Map.of(fact, value), CPUS))).contains(words);
  }

  @Test
  void threadsThatShareACoreAreSlowerThanOthers() {
    assertThat(with(Map.of(), CPUS).unlike(with(Map.of(), Samples.cpus(1, 2, 2))))
        .contains("threads of a core (1.0; 2.0)");
  }

  @Test
  void aRestartChangesNothingThatTrialsRestOn() {
    assertThat(with(Map.of("boot", "second"), CPUS).changedSince(with(Map.of(), CPUS))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "host, two, the host was one and is two",
    "kernel, 6.2, the kernel was Linux 6.1 and is Linux 6.2",
    "model, another, 'the processor was a processor, amd64 and is another, amd64'",
    "quota, 1.5, the quota of processors was none and is 1.5",
    "jvm, 26, 'the JVM was 25.0.3, vendor and is 26, vendor'",
    "jar, beef, the worker's jar was cafe and is beef",
    "pin, forbidden, the binding of threads was possible and is impossible: forbidden",
  })
  void whateverElseChangedIsNamedWithBothValues(String name, String value, String words) {
    assertThat(with(Map.of(name, value), CPUS).changedSince(with(Map.of(), CPUS))).contains(words);
  }

  @Test
  void ofSeveralMachinesEachIsHeldAgainstItsOwnPlace() {
    Environment one = with(Map.of("boot", "of one"), CPUS);
    Environment two = with(Map.of("host", "two"), CPUS);
    List<Environment> before = List.of(one, two);
    assertThat(Environment.changedSince(before, List.of(with(Map.of(), CPUS), two))).isEmpty();
    assertThat(Environment.changedSince(before, List.of(one)))
        .contains("it had 2 machines and now has 1");
    assertThat(Environment.changedSince(before, List.of(two, one)))
        .contains("machine 0: the host was one and is two");
    assertThat(
            Environment.changedSince(
                before, List.of(one, with(Map.of("host", "two", "jar", "beef"), CPUS))))
        .contains("machine 1: the worker's jar was cafe and is beef");
  }

  @Test
  void otherProcessorsAreNamed() {
    Environment before = with(Map.of(), CPUS);
    assertThat(with(Map.of(), Samples.cpus(1, 4, 1)).changedSince(before))
        .contains("the number of processors that workers may use was 2 and is 4");
    assertThat(with(Map.of(), List.of(CPUS.getFirst(), new Cpu(3, 1, 1, 0))).changedSince(before))
        .contains(
            "a processor was 1 (core 1, package 0, node 0) and is 3 (core 1, package 1, node 0)");
  }
}
