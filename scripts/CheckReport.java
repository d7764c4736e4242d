import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// See `scripts/check-report`.
final class CheckReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<Integer> TRIALS = List.of(1_000, 10_000, 100_000);
  private static final int REPETITIONS = 3;

  /// One attempt in so many is invalidated, and one in so many others fails; both are made again.
  private static final int INVALIDATED = 50;

  private static final int FAILED = 300;

  /// Where the slices of an attempt are, in `slices.jsonl` of its run.
  private static final Pattern SLICES = Pattern.compile("\"slices\":\\{[^}]*}");

  /// Scored operations of a thread.
  private static final Pattern OPERATIONS =
      Pattern.compile("(\"migrations\":\\w+,\"operations\":)([0-9.E]+)");

  /// What one drawing took.
  record Cost(double seconds, long bytes) {}

  private final Map<String, List<ObjectNode>> byProgram = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(42);
  private int sequence;
  private long written;

  public static void main(String[] arguments) throws Exception {
    String percore = arguments[0];
    Path template = Path.of(arguments[1]);
    Path directory = Path.of(arguments[2]);
    for (int trials : TRIALS) {
      new CheckReport().write(template, Files.createDirectory(directory.resolve("" + trials)), trials);
    }
    Map<Integer, Cost> best = new LinkedHashMap<>();
    for (int i = 0; i < REPETITIONS; i++) {
      for (int trials : TRIALS) {
        Cost cost = draw(percore, directory.resolve("" + trials));
        best.merge(trials, cost, (a, b) -> new Cost(Math.min(a.seconds, b.seconds), Math.max(a.bytes, b.bytes)));
      }
    }
    System.out.println(" trials  journal MB  seconds  largest memory MB  page kB");
    best.forEach(
        (trials, cost) ->
            System.out.printf(
                Locale.ROOT,
                "%7d  %10.1f  %7.2f  %17.0f  %7.1f%n",
                trials,
                size(directory.resolve(trials + "/trials.jsonl")) / 1e6,
                cost.seconds,
                cost.bytes / 1e6,
                size(directory.resolve(trials + "/report.html")) / 1e3));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  /// Draws a report in a process of its own, whose largest memory the kernel keeps.
  private static Cost draw(String percore, Path run) throws Exception {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(percore, "report", "-q", run.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path status = Path.of("/proc/" + process.pid() + "/status");
    long largest = 0;
    while (!process.waitFor(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      largest = Math.max(largest, residentBytes(status));
    }
    if (process.exitValue() != 0) {
      throw new IOException("percore report " + run + " exited with " + process.exitValue());
    }
    return new Cost((System.nanoTime() - begin) / 1e9, largest);
  }

  private static long residentBytes(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }

  private void write(Path template, Path run, int trials) throws Exception {
    for (String line : Files.readAllLines(template.resolve("trials.jsonl"))) {
      ObjectNode trial = (ObjectNode) MAPPER.readTree(line);
      if (trial.path("outcome").asText().equals("completed")) {
        trial.put("sliceLine", slices(template, trial.path("slices")));
        byProgram.computeIfAbsent(trial.path("program").toString(), _ -> new ArrayList<>()).add(trial);
      }
    }
    int blocks = Math.max(1, trials / byProgram.size());
    String planHash = plan(template, run, blocks);
    try (OutputStream out = file(run, "trials.jsonl"); OutputStream slices = file(run, "slices.jsonl")) {
      for (int block = 0; block < blocks; block++) {
        int trial = block * byProgram.size();
        for (List<ObjectNode> attempts : byProgram.values()) {
          write(attempts.get(block % attempts.size()), planHash, block, trial++, out, slices);
        }
      }
    }
  }

  private static OutputStream file(Path run, String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(run.resolve(name)), 1 << 20);
  }

  /// The plan with so many forks; gives its hash.
  private static String plan(Path template, Path run, int forks) throws Exception {
    ObjectNode file = (ObjectNode) MAPPER.readTree(template.resolve("run.json").toFile());
    JsonNode header = file.path("run");
    ((ObjectNode) header.path("experiment")).put("forks", forks);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(MAPPER.writeValueAsBytes(header));
    file.put("planHash", HexFormat.of().formatHex(hash));
    Files.write(run.resolve("run.json"), MAPPER.writeValueAsBytes(file));
    return file.path("planHash").asText();
  }

  /// The line that an attempt of the template has there, without its checksum; empty where it has none.
  private static String slices(Path template, JsonNode place) throws IOException {
    if (place.isMissingNode()) {
      return "";
    }
    byte[] line = new byte[place.path("bytes").asInt()];
    try (RandomAccessFile file = new RandomAccessFile(template.resolve("slices.jsonl").toFile(), "r")) {
      file.seek(place.path("at").asLong());
      file.readFully(line);
    }
    ObjectNode object = (ObjectNode) MAPPER.readTree(line);
    object.remove("crc32c");
    return object.toString();
  }

  private void write(
      ObjectNode template, String planHash, int block, int trial, OutputStream out, OutputStream slices)
      throws IOException {
    ObjectNode line = template.deepCopy();
    String ofSlices = line.remove("sliceLine").asText().replaceFirst("\"planHash\":\"\\w+\"", "\"planHash\":\"" + planHash + "\"");
    line.remove("crc32c");
    line.put("planHash", planHash).put("block", block).put("trial", trial);
    int attempt = 1;
    if (random.nextInt(INVALIDATED) == 0) {
      ObjectNode disturbed = line.deepCopy().put("outcome", "invalidated");
      disturbed.put("reason", "others took 7.1 % of the window").remove("defects");
      write(disturbed.toString(), ofSlices, attempt++, out, slices);
    }
    if (random.nextInt(FAILED) == 0) {
      ObjectNode failed = line.deepCopy().put("outcome", "failed");
      failed.put("reason", "worker 1 was lost in the window: killed by signal 9");
      failed.put("stderrTail", "Killed").remove(List.of("defects", "measurement", "slices"));
      write(failed.toString(), "", attempt++, out, slices);
    }
    write(line.toString(), ofSlices, attempt, out, slices);
  }

  private void write(String open, String ofSlices, int attempt, OutputStream out, OutputStream slices)
      throws IOException {
    String place = "";
    if (!ofSlices.isEmpty()) {
      byte[] sealed = sealed(ofSlices.replaceFirst("\"sequence\":\\d+", "\"sequence\":" + sequence));
      slices.write(sealed);
      place = "\"slices\":{\"at\":" + written + ",\"bytes\":" + sealed.length + "}";
      written += sealed.length;
    }
    double noise = Math.exp(0.01 * random.nextGaussian());
    Matcher operations = OPERATIONS.matcher(open);
    String line =
        operations.replaceAll(m -> m.group(1) + Double.parseDouble(m.group(2)) * noise)
            .replaceFirst("\"attempt\":\\d+", "\"attempt\":" + attempt)
            .replaceFirst("\"sequence\":\\d+", "\"sequence\":" + sequence++);
    out.write(sealed(SLICES.matcher(line).replaceFirst(place)));
  }

  /// A line with its checksum and its newline.
  private static byte[] sealed(String object) {
    String open = object.substring(0, object.length() - 1);
    CRC32C sum = new CRC32C();
    sum.update(open.getBytes(StandardCharsets.UTF_8));
    return (open + ",\"crc32c\":\"" + HexFormat.of().toHexDigits((int) sum.getValue()) + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
