package io.percore.coordinator.report;

import java.util.List;
import java.util.Map;

/// How somebody looks at a page.
///
/// @param width of the window in pixels
/// @param phone whether the page is laid out as telephones do it
/// @param dark whether the dark scheme is preferred
/// @param still whether less motion is preferred
/// @param paper whether the page is laid out for printing
/// @param scripts whether the page's scripts run
record View(int width, boolean phone, boolean dark, boolean still, boolean paper, boolean scripts) {
  static final View DESKTOP = new View(1280, false, false, false, false, true);
  static final View PHONE = new View(390, true, false, false, false, true);
  static final View NARROW_PHONE = new View(360, true, false, false, false, true);

  /// About as wide as what lies between the margins of an A4 sheet.
  static final View PAPER = new View(710, false, false, false, true, true);

  /// In a window of another width.
  View wide(int pixels) {
    return new View(pixels, phone, dark, still, paper, scripts);
  }

  View inTheDark() {
    return new View(width, phone, true, still, paper, scripts);
  }

  View withoutMotion() {
    return new View(width, phone, dark, true, paper, scripts);
  }

  View withoutScripts() {
    return new View(width, phone, dark, still, paper, false);
  }

  int height() {
    return phone ? 780 : 900;
  }

  /// Arguments of the DevTools command `Emulation.setEmulatedMedia`.
  Map<String, Object> media() {
    return Map.of(
        "media",
        paper ? "print" : "",
        "features",
        List.of(
            Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
            Map.of("name", "prefers-reduced-motion", "value", still ? "reduce" : "no-preference")));
  }

  /// Arguments of the DevTools command `Emulation.setDeviceMetricsOverride`.
  Map<String, Object> metrics() {
    return Map.of("width", width, "height", height(), "deviceScaleFactor", 1, "mobile", phone);
  }

  @Override
  public String toString() {
    return (paper ? "paper" : phone ? "phone" : "desktop")
        + " "
        + width
        + (dark ? " dark" : "")
        + (still ? " without motion" : "")
        + (scripts ? "" : " without scripts");
  }
}
