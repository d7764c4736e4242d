package io.percore.worker;

import io.percore.worker.session.FakeTrial;

/// The worker's program with a trial that measures nothing.
public final class FakeWorkerMain {
  private FakeWorkerMain() {}

  public static void main(String[] arguments) {
    System.exit(Worker.run(new FakeTrial(), arguments));
  }
}
