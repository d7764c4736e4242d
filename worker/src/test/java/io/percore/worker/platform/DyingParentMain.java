package io.percore.worker.platform;

import java.util.concurrent.CountDownLatch;

/// Asks to be killed with its parent, says so, and waits.
public final class DyingParentMain {
  private DyingParentMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (ParentDeath.killMeWithMyParent()) {
      System.out.println(ProcessHandle.current().pid() + " " + ParentDeath.parentPid());
    }
    new CountDownLatch(1).await();
  }
}
