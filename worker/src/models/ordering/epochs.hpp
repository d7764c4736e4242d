// Epoch-deferred reclamation: a reader announces the epoch that it saw before it loads a shared pointer, and what has
// been unlinked is freed when the epoch has advanced twice since. After K. Fraser, "Practical lock-freedom", 2004.
#pragma once

#include "twin.hpp"

// One reader, and one writer that replaces object 0 by object 1 and frees object 0 when it may.
struct epochs : rl::test_suite<epochs, 2> {
  enum { IDLE = -1 };

  rl::atomic<int> current;
  rl::atomic<int> epoch;
  rl::atomic<int> announced;
  object<1> objects[2];

  void before() {
    objects[0].create();
    current.store(0, rl::mo_relaxed, $);
    epoch.store(0, rl::mo_relaxed, $);
    announced.store(IDLE, rl::mo_relaxed, $);
  }

  void thread(unsigned self) {
    if (self == 0) {
      read();
    } else {
      replace();
    }
  }

  void read() {
    announced.store(epoch.load(rl::mo_relaxed, $), rl::mo_relaxed, $);
    // Sequentially consistent, with the fence in try_advance: either the writer sees the announcement, or this
    // thread sees what the writer unlinked before it looked. Release and acquire would let both look too early.
    if (!has_defect("PIN_WITHOUT_FENCE")) {
      rl::atomic_thread_fence(rl::mo_seq_cst, $);
    }
    int found = current.load(order(rl::mo_acquire, "LOAD_WITHOUT_ACQUIRE", rl::mo_relaxed), $);
    objects[found].touch();
    announced.store(IDLE, order(rl::mo_release, "UNPIN_WITHOUT_RELEASE", rl::mo_relaxed), $);
  }

  void replace() {
    objects[1].create();
    current.store(1, order(rl::mo_release, "PUBLISH_WITHOUT_RELEASE", rl::mo_relaxed), $);
    if (try_advance() && (has_defect("ONE_EPOCH_IS_ENOUGH") || try_advance())) {
      objects[0].touch();
      objects[0].alive($) = 0;
    }
  }

  // The epoch advances unless the reader is still in an older one.
  bool try_advance() {
    if (!has_defect("ADVANCE_WITHOUT_FENCE")) {
      rl::atomic_thread_fence(rl::mo_seq_cst, $);
    }
    int now = epoch.load(rl::mo_relaxed, $);
    int pinned = announced.load(order(rl::mo_acquire, "SCAN_WITHOUT_ACQUIRE", rl::mo_relaxed), $);
    if (pinned != IDLE && pinned != now) {
      return false;
    }
    epoch.store(now + 1, rl::mo_relaxed, $);
    return true;
  }
};
