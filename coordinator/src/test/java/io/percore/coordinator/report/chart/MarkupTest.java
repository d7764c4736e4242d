package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void escapesTextAndAttributes() {
    String markup =
        new Markup().element("a", "<script>&'\"", "href", "\"><b onload='x'>").toString();
    assertThat(markup)
        .isEqualTo(
            "<a href=\"&quot;&gt;&lt;b"
                + " onload=&#39;x&#39;&gt;\">&lt;script&gt;&amp;&#39;&quot;</a>");
  }

  @Test
  void replacesWhatXmlForbidsAndWhatReordersText() {
    assertThat(new Markup().text("a\u0000\u001b\r\u202e\u2066\ud800\uffffz\tשלום😀\n").toString())
        .isEqualTo("a" + "\ufffd".repeat(7) + "z\tשלום😀\n");
  }

  @Test
  void writesNumbersToATenth() {
    assertThat(new Markup().empty("x", "a", 1.0, "b", 2.25, "c", -0.04, "d", 7).toString())
        .isEqualTo("<x a=\"1\" b=\"2.3\" c=\"-0\" d=\"7\"/>");
  }

  @Test
  void refusesToEndWithAnOpenElement() {
    assertThatThrownBy(() -> new Markup().open("p").toString())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("<p>");
  }
}
