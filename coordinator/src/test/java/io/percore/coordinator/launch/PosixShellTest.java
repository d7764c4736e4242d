package io.percore.coordinator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PosixShellTest {
  @Property(tries = 50)
  void aShellReadsExactlyTheWords(
      @ForAll @Size(max = 4) List<@CharRange(from = ' ', to = '~') String> words) throws Exception {
    String script = "printf '<%s>\\n' x " + PosixShell.quote(words);
    Finished shell =
        Finished.run(
            List.of("/bin/sh", "-c", script), InputStream.nullInputStream(), Duration.ofMinutes(1));
    assertThat(shell.out())
        .isEqualTo(
            "<x>\n" + words.stream().map(word -> "<" + word + ">\n").collect(Collectors.joining()));
  }

  @Test
  void wordsThatNeedNoneGetNoQuotes() {
    assertThat(PosixShell.quote(List.of("/usr/bin/java", "-jar", "a b.jar", "it's", "")))
        .isEqualTo("/usr/bin/java -jar 'a b.jar' 'it'\\''s' ''");
  }
}
