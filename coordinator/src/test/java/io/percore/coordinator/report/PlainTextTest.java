package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void writesOutWhatSteersATerminal() {
    assertThat(PlainText.printable("a\u001b[2J\u0007\r\n\tb\u202e\u2066\u2028c\u009b"))
        .isEqualTo("a\\u001b[2J\\u0007\\u000d\\u000a\\u0009b\\u202e\\u2066\\u2028c\\u009b");
  }

  @Test
  void leavesOtherTextAlone() {
    assertThat(PlainText.printable("Größe 漢字 ±1 % 🙂")).isEqualTo("Größe 漢字 ±1 % 🙂");
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(PlainText.cut("🙂🙂🙂", 3)).isEqualTo("🙂🙂🙂");
    assertThat(PlainText.cut("🙂🙂🙂🙂", 3)).isEqualTo("🙂🙂…");
  }

  @Property
  void nothingSteersAfterwards(@ForAll String text) {
    assertThat(PlainText.printable(text).codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  @Test
  void whatTheEncodingLacksIsWrittenInAsciiOfTheSameWidth() {
    String text = "gil  ▁▂▃▄▅▆▇█·  a…  ±1 %  名";
    assertThat(PlainText.encodable(text, StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(PlainText.encodable(text, StandardCharsets.US_ASCII))
        .isEqualTo("gil  .:-=+*#@?  a~  +-1 %  ?");
    assertThat(PlainText.encodable(text, StandardCharsets.ISO_8859_1))
        .isEqualTo("gil  .:-=+*#@·  a~  ±1 %  ?");
  }

  @Test
  void linesAreBrokenAtSpacesAndIndented() {
    assertThat(PlainText.wrapped("one two three four", 9)).isEqualTo("one two\n  three\n  four");
    assertThat(PlainText.wrapped("one two three four", Integer.MAX_VALUE))
        .isEqualTo("one two three four");
    assertThat(PlainText.wrapped("unbreakable words", 4)).isEqualTo("unbreakable\n  words");
  }
}
