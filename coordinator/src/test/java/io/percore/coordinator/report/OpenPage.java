package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.Interaction;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.MouseButton;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/// A page in the browser, until the next one is opened.
final class OpenPage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;
  private final Path downloads;
  private final PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");

  private OpenPage(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  static OpenPage open(ChromeDriver driver, Path file, View view, Path downloads) {
    OpenPage page = new OpenPage(driver, downloads);
    page.lookAs(view);
    driver.get("about:blank");
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
    driver.get(file.toUri().toString());
    return page;
  }

  /// Looks at it in another way, without opening it again: scripts that have run have run.
  void lookAs(View view) {
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", view.metrics());
    driver.executeCdpCommand("Emulation.setEmulatedMedia", view.media());
    driver.executeCdpCommand(
        "Emulation.setScriptExecutionDisabled", Map.of("value", !view.scripts()));
  }

  /// What the browser wrote to its console since the page was opened, or the last call.
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /// Addresses that were asked for since the page was opened, or the last call, the page itself
  /// first; what a page has within itself has none.
  List<String> requests() {
    List<String> requests = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = json(entry.getMessage()).get("message");
      if (message.get("method").asText().equals("Network.requestWillBeSent")) {
        String address = message.get("params").get("request").get("url").asText();
        if (!address.startsWith("data:") && !address.startsWith("blob:")) {
          requests.add(address);
        }
      }
    }
    return requests;
  }

  /// Its address.
  String address() {
    return driver.getCurrentUrl();
  }

  /// What a piece of JavaScript returns, a statement with `return`, as JSON.
  JsonNode eval(String script, Object... arguments) {
    String code = "return JSON.stringify((function() {" + script + "}).apply(null, arguments))";
    Object result = driver.executeScript(code, arguments);
    return result == null ? JSON.nullNode() : json(result.toString());
  }

  /// What such a function returns, each of its values as text.
  List<String> list(String script, Object... arguments) {
    List<String> values = new ArrayList<>();
    eval(script, arguments).forEach(value -> values.add(value.asText()));
    return values;
  }

  /// What a promise gives in the end.
  JsonNode await(String promise) {
    String code =
        "const done = arguments[arguments.length - 1]; ("
            + promise
            + ").then(r => done(JSON.stringify(r)), e => done(JSON.stringify({error: `${e}`})))";
    return json(String.valueOf(driver.executeAsyncScript(code)));
  }

  /// Runs a library, which sees the page, but is not bound by its policy.
  void run(String library) {
    driver.executeScript(library);
  }

  void press(CharSequence... keys) {
    Actions actions = new Actions(driver);
    for (CharSequence key : keys) {
      actions.sendKeys(key);
    }
    actions.perform();
  }

  void tab() {
    press(Keys.TAB);
  }

  /// Moves the pointer to a position in the window, at once.
  void pointAt(double x, double y) {
    new Actions(driver).tick(move(x, y)).perform();
  }

  /// Clicks at a position in the window.
  void clickAt(double x, double y) {
    new Actions(driver)
        .tick(move(x, y))
        .tick(mouse.createPointerDown(MouseButton.LEFT.asArg()))
        .tick(mouse.createPointerUp(MouseButton.LEFT.asArg()))
        .perform();
  }

  private Interaction move(double x, double y) {
    return mouse.createPointerMove(Duration.ZERO, Origin.viewport(), (int) x, (int) y);
  }

  /// Sizes of paper that people print on.
  enum Paper {
    A4(8.27, 11.69),
    LETTER(8.5, 11);

    private final double width;
    private final double height;

    Paper(double width, double height) {
      this.width = width;
      this.height = height;
    }
  }

  /// The page as a PDF, without header and footer.
  byte[] print(Paper paper) {
    Map<String, Object> sheet =
        Map.of("paperWidth", paper.width, "paperHeight", paper.height, "preferCSSPageSize", true);
    return bytes(driver.executeCdpCommand("Page.printToPDF", sheet));
  }

  /// A picture of the whole page, as PNG.
  byte[] picture() {
    return bytes(
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)));
  }

  /// Where the page's downloads go.
  Path downloads() {
    return downloads;
  }

  private static byte[] bytes(Map<String, Object> answer) {
    return Base64.getDecoder().decode(Objects.toString(answer.get("data")));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
