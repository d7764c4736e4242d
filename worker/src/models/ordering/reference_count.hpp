// An atomic reference count. Increment relaxed; decrement release; acquire by whoever reached zero.
#pragma once

#include "twin.hpp"

// Each thread writes to the object and gives up its reference; the first also takes and releases another one. Three
// threads, because the last one must see the writes of the first through the decrement of the second.
struct reference_count : rl::test_suite<reference_count, 3> {
  rl::atomic<int> count;
  object<3> counted;

  void before() {
    count.store(3, rl::mo_relaxed, $);
    counted.create();
  }

  void thread(unsigned self) {
    if (self == 0) {
      count.fetch_add(1, rl::mo_relaxed, $);
      release();
    }
    counted.write(static_cast<int>(self));
    release();
  }

  void release() {
    if (count.fetch_sub(1, order(rl::mo_release, "RELAXED_DECREMENT", rl::mo_relaxed), $) == 1) {
      if (!has_defect("ZERO_WITHOUT_ACQUIRE")) {
        rl::atomic_thread_fence(rl::mo_acquire, $);
      }
      counted.free_after(3);
    }
  }

  void after() { RL_ASSERT(counted.alive($) == 0); }
};
