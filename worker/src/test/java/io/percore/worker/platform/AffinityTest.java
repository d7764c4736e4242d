package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class AffinityTest {
  @Test
  void bindsTheCallingThreadAndOnlyIt() throws Exception {
    List<Integer> allowed = Affinity.allowed();
    int last = allowed.getLast();

    String mask =
        inFreshThread(
            () -> {
              assertThat(Affinity.pinCurrentThread(last)).isEmpty();
              assertThat(Affinity.currentCpu()).isEqualTo(last);
              return SystemFiles.at(Path.of("/"))
                  .field("proc/thread-self/status", "Cpus_allowed_list")
                  .orElseThrow();
            });

    assertThat(mask).isEqualTo(String.valueOf(last));
    assertThat(Affinity.allowed()).isEqualTo(allowed);
    assertThat(allowed).contains(Affinity.currentCpu());
  }

  @Test
  void theMaskOfTheProcessIsToldByABoundThreadToo() throws Exception {
    List<Integer> allowed = Affinity.allowed();
    List<Integer> seenByBound =
        inFreshThread(
            () -> {
              Affinity.pinCurrentThread(allowed.getFirst());
              return Affinity.allowed();
            });
    assertThat(seenByBound).isEqualTo(allowed);
  }

  @Test
  void saysWhyAProcessorCannotBeHad() throws Exception {
    Optional<String> reason = inFreshThread(() -> Affinity.pinCurrentThread(8191));
    assertThat(reason).get().asString().contains("8191").contains("EINVAL");
    assertThatThrownBy(() -> Affinity.pinCurrentThread(8192))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Affinity.pinCurrentThread(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void canPinHere() throws Exception {
    assertThat(inFreshThread(Affinity::whyNotPinnable)).isEmpty();
  }

  private static <T> T inFreshThread(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
