package io.percore.coordinator.report;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/// Runs of every shape, for tests of their pages.
final class PageRuns {
  /// Worked out once: the largest take a while.
  private static final List<Named<RunReport>> ALL =
      List.of(
          Named.of("default", Fixtures.defaultRun()),
          Named.of("default, busy", Fixtures.busyDefaultRun()),
          Named.of("every chart", Fixtures.everyChart()),
          Named.of("every chart, noisy", Fixtures.everyChartOfNoise()),
          Named.of("one trial", Fixtures.oneFork()),
          Named.of("quick", Fixtures.quickRun()),
          Named.of("fixed work", Fixtures.fixedWork()),
          Named.of("weak scaling", Fixtures.weakScaling()),
          Named.of("pairs", Fixtures.pairs()),
          Named.of("both pinnings", Fixtures.bothPinnings()),
          Named.of("missing and failed trials", Fixtures.troubledRun()),
          Named.of("sixteen cores", Fixtures.sixteenCores()),
          Named.of("a law with a peak", Fixtures.lawful(0.02, 0.02, 7)),
          Named.of("calls of processes", ProcessCostPanelTest.called()),
          Named.of("hostile names", Fixtures.hostileNames()),
          Named.of("foreign names", Fixtures.foreignNames()),
          Named.of("fourteen strategies", Fixtures.fourteenStrategies()),
          Named.of("up to 512 workers", Fixtures.manyWorkers()),
          Named.of("10,000 trials", Fixtures.manyTrials(10_000)));

  private PageRuns() {}

  /// From one trial to ten thousand, one worker to 512, and names that try to break out.
  static Stream<Named<RunReport>> all() {
    return ALL.stream();
  }

  /// Those of them with these names.
  static Stream<Named<RunReport>> named(String... names) {
    return Stream.of(names)
        .map(
            name -> ALL.stream().filter(run -> run.getName().equals(name)).findAny().orElseThrow());
  }

  /// One of them.
  static RunReport run(String name) {
    return named(name).findAny().orElseThrow().getPayload();
  }
}
