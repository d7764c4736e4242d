package io.percore.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.percore.coordinator.session.Strangers.Stranger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrangersTest {
  /// A stream of which only its end matters.
  private static final class Stream extends ServerCallStreamObserver<String> {
    private @Nullable Status end;

    @Override
    public void onError(Throwable t) {
      end = Status.fromThrowable(t);
    }

    @Override
    public void onNext(String value) {}

    @Override
    public void onCompleted() {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable onCancelHandler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable onReadyHandler) {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}
  }

  private final Stream first = new Stream();
  private final Stream second = new Stream();
  private final Stream third = new Stream();

  @Test
  void whenThereIsNoRoomNobodyIsTakenIn() {
    Strangers strangers = new Strangers(() -> 2, Duration.ofHours(1));
    Stranger one = strangers.arrived(first).orElseThrow();
    assertThat(strangers.arrived(second)).isPresent();
    assertThat(strangers.arrived(third)).isEmpty();
    assertThat(strangers.number()).isEqualTo(2);
    assertThat(first.end).isNull();
    assertThat(one.isNoMore()).isTrue();
    assertThat(one.isNoMore()).isFalse();
    assertThat(strangers.arrived(third)).isPresent();
  }

  @Test
  void whoWasSilentForTooLongGivesWay() {
    Strangers strangers = new Strangers(() -> 2, Duration.ofNanos(-1));
    Optional<Stranger> one = strangers.arrived(first);
    Stranger two = strangers.arrived(second).orElseThrow();
    assertThat(two.isNoMore()).isTrue();
    assertThat(first.end).isNull();
    assertThat(strangers.arrived(second)).isPresent();
    assertThat(strangers.arrived(third)).isPresent();
    for (Stream silent : List.of(first, second)) {
      assertThat(silent.end)
          .isNotNull()
          .extracting(Status::getCode)
          .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
    // Whatever it says now counts for nothing.
    assertThat(one.orElseThrow().isNoMore()).isFalse();
    assertThat(strangers.number()).isEqualTo(1);
  }
}
