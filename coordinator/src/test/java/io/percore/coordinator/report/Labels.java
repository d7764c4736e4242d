package io.percore.coordinator.report;

import java.util.List;

/// Looks at the texts of the pictures that a page shows, where the browser has put them.
final class Labels {
  /// Boxes that share less than a pixel touch, but do not hide each other.
  private static final String FAULTS =
      """
      const faults = [];
      const pictures = document.querySelectorAll('svg[role="img"]');
      for (const svg of [...pictures].filter(p => p.getClientRects().length > 0)) {
        const name = svg.id || svg.querySelector('title').id;
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')]
          .filter(t => t.textContent.trim() && t.getClientRects().length > 0)
          .map(t => ({ words: t.firstChild.textContent, box: t.getBoundingClientRect() }));
        texts.forEach((a, i) => {
          const { left, right, top, bottom } = a.box;
          if (left < frame.left - 1 || right > frame.right + 1
              || top < frame.top - 1 || bottom > frame.bottom + 1) {
            faults.push(`${name}: '${a.words}' leaves the picture`);
          }
          for (const b of texts.slice(0, i)) {
            const across = Math.min(right, b.box.right) - Math.max(left, b.box.left);
            const down = Math.min(bottom, b.box.bottom) - Math.max(top, b.box.top);
            if (across > 1 && down > 1) {
              faults.push(`${name}: '${a.words}' lies on '${b.words}'`);
            }
          }
        });
      }
      return faults;
      """;

  private static final String SIZES =
      """
      const small = [];
      for (const text of document.querySelectorAll('svg[role="img"] text')) {
        if (text.getClientRects().length > 0) {
          const scale = text.getScreenCTM();
          const size = parseFloat(getComputedStyle(text).fontSize)
            * Math.hypot(scale.a, scale.b);
          if (size < arguments[0]) small.push(`${size.toFixed(1)}: ${text.textContent}`);
        }
      }
      return small;
      """;

  private Labels() {}

  /// Texts that lie on others, or outside their picture.
  static List<String> faults(OpenPage page) {
    return page.list(FAULTS);
  }

  /// Texts smaller than this many pixels.
  static List<String> smallerThan(double pixels, OpenPage page) {
    return page.list(SIZES, pixels);
  }
}
