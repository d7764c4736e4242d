package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.report.VerifiedRun.Place;
import io.percore.coordinator.verify.RunCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCheckTest {
  /// Sentences.
  private static final String NOT_CHECKED =
      "verdict\\[.*|baselineWarnings\\[.*|points\\[\\d+\\]\\.defects\\[\\d+\\]"
          + "|summary\\.csv\\[\\d+\\]\\.defects";

  @TempDir private Path directory;

  static Map<String, Supplier<RunReport>> runs() {
    Map<String, Supplier<RunReport>> runs = new TreeMap<>();
    runs.put("default", Fixtures::defaultRun);
    runs.put("quick", Fixtures::quickRun);
    runs.put("resumed", Fixtures::resumedRun);
    runs.put("one fork", Fixtures::oneFork);
    runs.put("fixed work", Fixtures::fixedWork);
    runs.put("weak scaling", Fixtures::weakScaling);
    runs.put("pairs", Fixtures::pairs);
    runs.put("troubled", Fixtures::troubledRun);
    runs.put("both pinnings", Fixtures::bothPinnings);
    runs.put("both collectors", Fixtures::bothCollectors);
    runs.put("uneven speeds", Fixtures::unevenSpeeds);
    runs.put("two machines", Fixtures::twoMachines);
    runs.put("five machines", Fixtures::fiveMachines);
    runs.put("laws", Fixtures::sixteenCores);
    runs.put("calls", ProcessCostPanelTest::called);
    runs.put("clock that drops", () -> Fixtures.droppingClock(0.05, 0.002, 0));
    runs.put("clock unknown at one size", () -> Fixtures.droppingClock(0.05, 0.002, 6));
    runs.put("large counts", () -> largeCounts(Fixtures.quickRun()));
    runs.put("too fast", () -> tooFast(Fixtures.quickRun()));
    return runs;
  }

  static Set<String> names() {
    return runs().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithAllThatFollowsFromTheTrials(String name) throws IOException {
    RunCheck.Result result = write(name).check();

    assertThat(result.disagreements()).isEmpty();
    assertThat(result.unchecked()).allMatch(path -> path.matches(NOT_CHECKED));
    assertThat(result.agrees()).isTrue();
  }

  /// Inside the bounds, at each of them, and where two are active.
  @ParameterizedTest
  @CsvSource({
    "0.05, 0.001, 1, ''",
    "-0.05, 0.01, 2, sigma",
    "1.5, 0.01, 3, sigma",
    "0.3, -0.002, 4, kappa",
    "-0.02, 0, 5, 'kappa,sigma'",
    "0.05, 0, 6, any",
    "0.05, 0, 7, any",
    "0.02, 0.00001, 8, any",
    "0, 0.002, 9, any",
    "0, 0, 10, any"
  })
  void fitsLawsAlike(double sigma, double kappa, long seed, String bounds) throws IOException {
    RunReport report = Fixtures.lawful(sigma, kappa, seed);
    VerifiedRun run =
        VerifiedRun.write(VerifiedRun.with(report, report.trials()), directory.resolve("law"));
    List<String> active = new ArrayList<>();
    run.summary().at("/fits/0/activeBounds").forEach(bound -> active.add(bound.asText()));

    assertThat(run.check().disagreements()).isEmpty();
    if (!bounds.equals("any")) {
      assertThat(String.join(",", active)).isEqualTo(bounds);
    }
  }

  /// What has to stand there is worked out without a look at what does, so all can be changed at
  /// once.
  @ParameterizedTest
  @MethodSource("names")
  void findsEverythingThatWasChanged(String name) throws IOException {
    VerifiedRun run = write(name);
    JsonNode summary = run.summary();
    List<Place> places = VerifiedRun.scalars(summary);
    places.forEach(place -> place.set(place.changed()));
    run.summary(summary);

    assertThat(found(run)).containsAll(paths(places));
  }

  @Test
  void findsEachThingThatWasChangedAlone() throws IOException {
    VerifiedRun run = write("quick");
    JsonNode summary = run.summary();
    for (Place place : VerifiedRun.scalars(summary)) {
      JsonNode value = place.value();
      place.set(place.changed());
      run.summary(summary);
      place.set(value);
      if (!place.path().matches(NOT_CHECKED)) {
        assertThat(found(run)).containsExactly(place.path());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void findsEverythingThatWasTakenAway(String name) throws IOException {
    VerifiedRun run = write(name);
    List<Place> places = VerifiedRun.scalars(run.summary());
    run.summary(VerifiedRun.MAPPER.createObjectNode());

    assertThat(found(run)).containsAll(paths(places));
    assertThat(run.check().agrees()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"points", "comparisons", "contrasts", "fits"})
  void findsElementsTooFewAndTooMany(String name) throws IOException {
    VerifiedRun run = write("default");
    ObjectNode summary = run.summary();
    ArrayNode whole = summary.withArray(name).deepCopy();
    ArrayNode shorter = whole.deepCopy();
    shorter.remove(shorter.size() - 1);
    ArrayNode longer = whole.deepCopy().add(whole.path(0).deepCopy());
    for (ArrayNode other : List.of(shorter, longer, VerifiedRun.MAPPER.createArrayNode())) {
      summary.set(name, other);
      run.summary(summary);

      assertThat(found(run)).contains(name + "[]");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void findsEachCellThatWasChanged(String name) throws IOException {
    VerifiedRun run = write(name);
    Path file = run.file("summary.csv");
    List<String> lines = Files.readAllLines(file);
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    List<String> changed = new ArrayList<>(List.of(lines.getFirst()));
    List<String> expected = new ArrayList<>();
    for (int row = 1; row < lines.size(); row++) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add("0.5");
        expected.add("summary.csv[" + (row - 1) + "]." + column);
      }
      changed.add(String.join(",", cells));
    }
    Files.write(file, changed);

    expected.removeIf(path -> path.matches(NOT_CHECKED));
    assertThat(found(run)).containsAll(expected);
  }

  @Test
  void findsARowAndAColumnThatAreMissing() throws IOException {
    VerifiedRun run = write("quick");
    Path file = run.file("summary.csv");
    String whole = Files.readString(file);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));

    assertThat(found(run)).contains("summary.csv[]");

    Files.writeString(file, whole.replaceFirst("forks", "forked"));
    assertThat(found(run)).contains("summary.csv[0].forks");
  }

  @Test
  void anEmptySummaryDoesNotAgree() throws IOException {
    VerifiedRun run = write("quick");
    run.summary(VerifiedRun.MAPPER.createObjectNode().putArray("points"));

    assertThat(run.check().agrees()).isFalse();
  }

  @Test
  void namesWhatItDoesNotKnow() throws IOException {
    VerifiedRun run = write("quick");
    ObjectNode summary = run.summary();
    ((ObjectNode) summary.path("points").path(0)).put("novel", 1);
    run.summary(summary);

    assertThat(run.check().unchecked()).contains("points[0].novel");
  }

  /// 2^60 and 2^60 + 1 are one and the same as doubles.
  @Test
  void comparesLargeCountsAsIntegers() throws IOException {
    VerifiedRun run = write("large counts");
    ObjectNode summary = run.summary();
    ObjectNode point = (ObjectNode) summary.path("points").path(0);
    long count = point.path("operations").asLong();
    assertThat(count).isGreaterThan(1L << 60);
    point.put("operations", count + 1);
    run.summary(summary);

    assertThat(found(run)).containsExactly("points[0].operations");
  }

  @Test
  void takesNoNumberThatIsInfinite() throws IOException {
    VerifiedRun run = write("quick");
    Path file = run.file("summary.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"mean\" : [0-9.E]+", "\"mean\" : 1e999"));

    assertThat(found(run)).containsExactly("points[0].throughput.mean");
  }

  @Test
  void refusesANameThatStandsTwice() throws IOException {
    VerifiedRun run = write("quick");
    Path file = run.file("summary.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"mean\"", "\"mean\" : 1, \"mean\""));

    assertThatIOException().isThrownBy(run::check).withMessageContaining("is damaged");
  }

  @Test
  void refusesADamagedLine() throws IOException {
    VerifiedRun run = write("quick");
    Path trials = run.file("trials.jsonl");
    Files.writeString(
        trials, Files.readString(trials).replaceFirst("\"attempt\":1", "\"attempt\":2"));

    assertThatIOException().isThrownBy(run::check).withMessageContaining("line 1 is damaged");
  }

  @Test
  void refusesALineThatIsMissing() throws IOException {
    VerifiedRun run = write("quick");
    Path trials = run.file("trials.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(trials));
    lines.remove(2);
    Files.write(trials, lines);

    assertThatIOException()
        .isThrownBy(run::check)
        .withMessageContaining("line 3 is out of sequence");
  }

  @Test
  void refusesAPlanThatWasChanged() throws IOException {
    VerifiedRun run = write("quick");
    Path plan = run.file("run.json");
    Files.writeString(plan, Files.readString(plan).replaceFirst("\"forks\" : 3", "\"forks\" : 2"));

    assertThatIOException().isThrownBy(run::check).withMessageContaining("hash does not match");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void findsThatTheLastLineWasCutOff(int left) throws IOException {
    VerifiedRun run = write("quick");
    Path trials = run.file("trials.jsonl");
    List<String> lines = Files.readAllLines(trials);
    String torn = lines.removeLast().substring(0, left);
    Files.writeString(trials, String.join("\n", lines) + "\n" + torn);

    assertThat(run.check().torn()).isEqualTo(left);
    assertThat(run.check().agrees()).isFalse();
  }

  private VerifiedRun write(String name) throws IOException {
    RunReport report = Objects.requireNonNull(runs().get(name)).get();
    return VerifiedRun.write(VerifiedRun.with(report, report.trials()), directory);
  }

  private static Set<String> found(VerifiedRun run) throws IOException {
    return run.check().disagreements().stream()
        .map(line -> line.substring(0, line.indexOf(": ")))
        .collect(Collectors.toSet());
  }

  private static List<String> paths(List<Place> places) {
    return places.stream().map(Place::path).filter(path -> !path.matches(NOT_CHECKED)).toList();
  }

  /// Each trial with counts beyond what a double holds.
  private static RunReport largeCounts(RunReport report) {
    long more = (1L << 60) / 3 + 1;
    return VerifiedRun.with(
        report,
        report.trials().stream()
            .map(
                trial -> {
                  Verification v = measurement(trial).verification();
                  long operations = v.operations() + more;
                  return replaced(
                      trial,
                      new Verification(operations, operations, operations, 0, 0, 0, 0, 0, true),
                      measurement(trial).windowNanos());
                })
            .toList());
  }

  /// Trials of one block that took a hundredth of the time.
  private static RunReport tooFast(RunReport report) {
    return VerifiedRun.with(
        report,
        report.trials().stream()
            .map(
                trial ->
                    trial.trial().block() == 1
                        ? replaced(
                            trial,
                            measurement(trial).verification(),
                            measurement(trial).windowNanos() / 100)
                        : trial)
            .toList());
  }

  private static Measurement measurement(TrialRecord trial) {
    return ((Completed) trial.outcome()).measurement();
  }

  private static TrialRecord replaced(
      TrialRecord trial, Verification verification, long windowNanos) {
    Measurement m = measurement(trial);
    return trial.withOutcome(
        new Completed(
            new Measurement(
                windowNanos,
                m.rounds(),
                m.threads(),
                m.processes(),
                verification,
                m.scoredRounds(),
                m.launchNanos()),
            List.of()));
  }
}
