package io.percore.worker.session;

import io.percore.proto.Prepare;
import io.percore.proto.ProcessSample;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.Start;
import io.percore.proto.ThreadSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A trial that measures nothing: it waits for T2 and says so. What it is to do is public and set
/// before the session.
public final class FakeTrial implements TrialExecution, TrialExecution.Factory {
  final CountDownLatch closed = new CountDownLatch(1);
  final List<Start> rounds = new ArrayList<>();
  final List<Long> calls = new ArrayList<>();
  CountDownLatch warm = new CountDownLatch(0);
  @Nullable Throwable warmUpFailure;
  @Nullable Throwable roundFailure;
  @Nullable RoundEnd roundEnd;
  boolean endless;
  boolean early;
  int slices = 3;
  int created;

  @Override
  public TrialExecution create(Prepare order) {
    if (order.getDiscipline().equals("impossible")) {
      throw new IllegalArgumentException("there is no discipline 'impossible'");
    }
    created++;
    return this;
  }

  @Override
  public Ready warmUp() throws InterruptedException {
    raise(warmUpFailure);
    warm.await();
    return Ready.newBuilder().setBatchOperations(100).setPinned(true).build();
  }

  @Override
  public void call(long operationsPerThread) {
    calls.add(operationsPerThread);
  }

  @Override
  public RoundEnd run(Start order) throws InterruptedException {
    rounds.add(order);
    raise(roundFailure);
    if (endless) {
      closed.await();
    }
    while (!early && System.nanoTime() - order.getT2Nanos() < 0) {
      LockSupport.parkNanos(order.getT2Nanos() - System.nanoTime());
    }
    if (roundEnd != null) {
      return roundEnd;
    }
    ProcessSample.Builder process = ProcessSample.newBuilder().setSliceNanos(1_000_000);
    for (int slice = 0; slice < slices; slice++) {
      process.addSliceOperations(-1L);
    }
    return new RoundEnd.Scored(
        Result.newBuilder()
            .addThreads(ThreadSample.newBuilder().setOperations(order.getRound()))
            .setProcess(process)
            .build());
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private static void raise(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(failure);
    }
  }
}
