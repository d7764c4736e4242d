package io.percore.coordinator.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A headless Chromium, which opens one page after the other. Not thread-safe.
///
/// Browser and driver are those of the system; no name of a host can be resolved by it, so that
/// nothing leaves the machine whatever browser or page try.
final class Browser implements AutoCloseable {
  private static final List<String> CHROMIUM =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final List<String> DRIVER = List.of("chromedriver", "chromium.chromedriver");

  private final Path directory;
  private final ChromeDriver driver;
  private final IdentityHashMap<RunReport, Path> written = new IdentityHashMap<>();

  private Browser(Path directory, ChromeDriver driver) {
    this.directory = directory;
    this.driver = driver;
  }

  /// Why there can be no browser, or nothing when there can.
  static Optional<String> missing() {
    return program("percore.chromium", CHROMIUM).isEmpty()
        ? Optional.of("no Chromium: install chromium, or name it with -Dpercore.chromium=PATH")
        : program("percore.chromedriver", DRIVER).isEmpty()
            ? Optional.of(
                "no driver of Chromium: install chromium-driver, or name it with"
                    + " -Dpercore.chromedriver=PATH")
            : Optional.empty();
  }

  /// Starts one.
  ///
  /// @param directory for its profile, the pages and what they download
  static Browser start(Path directory) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("percore.chromium", CHROMIUM).orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--user-data-dir=" + directory.resolve("profile"));
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", directory.resolve("downloads").toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("percore.chromedriver", DRIVER).orElseThrow().toFile())
            .usingAnyFreePort()
            .withLogFile(directory.resolve("chromedriver.log").toFile())
            .build();
    return new Browser(directory, new ChromeDriver(service, options));
  }

  /// Opens the page of a run.
  OpenPage open(RunReport run, View view) {
    Path page = written.computeIfAbsent(run, r -> write(new HtmlReport().render(r), "html"));
    return OpenPage.open(driver, page, view, directory.resolve("downloads"));
  }

  /// Opens a file with this content.
  ///
  /// @param suffix of its name: what it is
  OpenPage open(String content, String suffix, View view) {
    Path file = write(content, suffix);
    return OpenPage.open(driver, file, view, directory.resolve("downloads"));
  }

  private Path write(String content, String suffix) {
    try {
      return Files.writeString(Files.createTempFile(directory, "page", "." + suffix), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static Optional<Path> program(String property, List<String> names) {
    String named = System.getProperty(property);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(directory -> names.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
