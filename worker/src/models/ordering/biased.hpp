// Biased counting: what orders the owner's plain accesses with those of the thread that frees. ../biased.pml has the
// algorithm and all its states; here are the two places where it hands over, with the weakest orders that hold.
#pragma once

#include "twin.hpp"

enum { MERGED = 3, QUEUED = 2, FLAGS = 3, ONE = 4, NOBODY = 0, OWNER = 1 };

// The words of a biased count. `own` is plain: the checker reports it when two threads are not ordered.
struct biased_words {
  rl::atomic<int> owner;
  rl::var<int> own;
  rl::atomic<int> shared;
  object<2> counted;

  void create(int shared_word) {
    owner.store(OWNER, rl::mo_relaxed, $);
    own($) = 1;
    shared.store(shared_word, rl::mo_relaxed, $);
    counted.create();
  }

  void reclaim() {
    RL_ASSERT(own($) == 0);
    counted.free_after(2);
  }
};

// The owner's last own reference goes while another thread releases the only shared one.
struct biased_merge : rl::test_suite<biased_merge, 2> {
  biased_words words;

  void before() { words.create(ONE); }

  void thread(unsigned self) {
    words.counted.write(static_cast<int>(self));
    if (self == 0) {
      release_own();
    } else {
      release_shared();
    }
  }

  void release_own() {
    words.own($) = words.own($) - 1;
    int word = words.shared.load(order(rl::mo_acquire, "IDLE_WITHOUT_ACQUIRE", rl::mo_relaxed), $);
    if (word == 0) {
      words.reclaim();
      return;
    }
    // Relaxed: whoever frees after MERGED acquires that exchange, and this store comes before it.
    words.owner.store(NOBODY, rl::mo_relaxed, $);
    rl::memory_order merge = order(order(rl::mo_acq_rel, "MERGE_WITHOUT_RELEASE", rl::mo_acquire),
                                   "MERGE_WITHOUT_ACQUIRE", rl::mo_release);
    while (!words.shared.compare_exchange_strong(word, word | MERGED, merge, $, rl::mo_relaxed, $)) {
    }
    if (word == 0) {
      words.reclaim();
    }
  }

  void release_shared() {
    rl::memory_order release = order(order(rl::mo_acq_rel, "SHARED_WITHOUT_RELEASE", rl::mo_acquire),
                                     "SHARED_WITHOUT_ACQUIRE", rl::mo_release);
    int word = words.shared.load(rl::mo_relaxed, $);
    while (!words.shared.compare_exchange_strong(word, word - ONE, release, $, rl::mo_relaxed, $)) {
    }
    if (word - ONE == MERGED) {
      RL_ASSERT(words.owner.load(rl::mo_relaxed, $) == NOBODY);
      words.reclaim();
    }
  }

  void after() { RL_ASSERT(words.counted.alive($) == 0); }
};

// The owner has handed its reference over. The other thread queues it to the owner, who drains once and then ends; when
// it has ended the other thread merges in its stead. One word is the owner's stack and tells whether it is closed.
struct biased_queue : rl::test_suite<biased_queue, 2> {
  enum { EMPTY, PUSHED, CLOSED };

  biased_words words;
  rl::atomic<int> stack;

  void before() {
    words.create(0);
    stack.store(EMPTY, rl::mo_relaxed, $);
  }

  void thread(unsigned self) {
    words.counted.write(static_cast<int>(self));
    if (self == 0) {
      drain_and_end();
    } else {
      queue();
    }
  }

  void queue() {
    // Relaxed: the push publishes, not the flag.
    int idle = 0;
    words.shared.compare_exchange_strong(idle, QUEUED, rl::mo_relaxed, $, rl::mo_relaxed, $);
    int top = EMPTY;
    rl::memory_order push = order(rl::mo_release, "PUSH_WITHOUT_RELEASE", rl::mo_relaxed);
    if (!stack.compare_exchange_strong(top, PUSHED, push, $, rl::mo_relaxed, $)) {
      // Closed: what the owner counted last is needed here.
      if (!has_defect("CLOSED_WITHOUT_ACQUIRE")) {
        rl::atomic_thread_fence(rl::mo_acquire, $);
      }
      merge();
    }
  }

  void drain_and_end() {
    rl::memory_order take = order(rl::mo_acquire, "DRAIN_WITHOUT_ACQUIRE", rl::mo_relaxed);
    rl::memory_order close = order(order(rl::mo_acq_rel, "CLOSE_WITHOUT_RELEASE", rl::mo_acquire),
                                   "CLOSE_WITHOUT_ACQUIRE", rl::mo_release);
    if (stack.exchange(EMPTY, take, $) == PUSHED) {
      merge();
    }
    if (stack.exchange(CLOSED, close, $) == PUSHED) {
      merge();
    }
  }

  // Takes the queue's reference away.
  void merge() {
    int own = words.own($);
    words.own($) = 0;
    words.owner.store(NOBODY, rl::mo_relaxed, $);
    int word = words.shared.load(rl::mo_relaxed, $);
    int count;
    do {
      count = (word >> 2) + own - 1;
    } while (!words.shared.compare_exchange_strong(word, count * ONE | MERGED, rl::mo_relaxed, $, rl::mo_relaxed, $));
    if (count == 0) {
      words.reclaim();
    }
  }

  void after() { RL_ASSERT(words.counted.alive($) == 0); }
};
