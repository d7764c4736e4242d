// The native side of scripts/native-baseline: retain and release pairs, as the worker's workloads `hot` and `private`
// do them.
//
//   native-baseline DISCIPLINE hot|private WARM_UP_MS WINDOW_MS CPU...
//
// One pinned thread for each CPU, on one object or on an object each. All pass T0 after warm-up and run past the end of
// the window, which is scored between the readings of the clock nearest to its edges. Prints thread-nanoseconds per
// pair. Exits with 3 when a count is wrong that must not be.
//
// With WITH_SHARED_PTR and WITH_ARC it is linked with native-baseline.cpp and native-baseline.rs.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAIRS_PER_BATCH = 2048, LINE = 128, MAX_THREADS = 1024 };

static const int64_t NANOS_PER_MILLI = 1000000;
static const int64_t LEAD_NANOS = 20000000;
static const int64_t RUN_OUT_NANOS = 50000000;

// A counted object with its lines to itself. It begins with its creator's reference.
struct object {
  char before[LINE];
  int64_t owner;   // biased: number of the thread that counts with plain instructions, which all threads read
  char apart[LINE];
  int64_t count;   // of all disciplines but biased; of that, what the owner counts
  pthread_mutex_t lock;
  char between[LINE];
  int64_t shared;  // biased: what the others count, above two bits of flags
  char after[LINE];
} __attribute__((aligned(LINE)));

// Each retain and release reaches the object through a pointer that the compiler knows nothing of, as any program does;
// some processors forward a store to a load faster for such an address than for one relative to the code. Release says
// whether the reference was the last.

static void plain_retain(struct object *object, int64_t thread) {
  (void)thread;
  __atomic_store_n(&object->count, __atomic_load_n(&object->count, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
}

static bool plain_release(struct object *object, int64_t thread) {
  (void)thread;
  int64_t left = __atomic_load_n(&object->count, __ATOMIC_RELAXED) - 1;
  __atomic_store_n(&object->count, left, __ATOMIC_RELAXED);
  return left == 0;
}

// Relaxed increment; release decrement, and acquire for whoever reached zero.
static void atomic_retain(struct object *object, int64_t thread) {
  (void)thread;
  __atomic_fetch_add(&object->count, 1, __ATOMIC_RELAXED);
}

static bool atomic_release(struct object *object, int64_t thread) {
  (void)thread;
  if (__atomic_fetch_sub(&object->count, 1, __ATOMIC_RELEASE) != 1) {
    return false;
  }
  __atomic_thread_fence(__ATOMIC_ACQUIRE);
  return true;
}

// Retains only what is still referenced.
static void cas_retain(struct object *object, int64_t thread) {
  (void)thread;
  int64_t count = __atomic_load_n(&object->count, __ATOMIC_RELAXED);
  do {
    if (count == 0) {
      abort();
    }
  } while (!__atomic_compare_exchange_n(&object->count, &count, count + 1, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
}

static bool cas_release(struct object *object, int64_t thread) {
  (void)thread;
  int64_t count = __atomic_load_n(&object->count, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(&object->count, &count, count - 1, true, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
  }
  return count == 1;
}

static void locked_retain(pthread_mutex_t *lock, struct object *object) {
  pthread_mutex_lock(lock);
  object->count++;
  pthread_mutex_unlock(lock);
}

static bool locked_release(pthread_mutex_t *lock, struct object *object) {
  pthread_mutex_lock(lock);
  bool last = --object->count == 0;
  pthread_mutex_unlock(lock);
  return last;
}

static void object_lock_retain(struct object *object, int64_t thread) {
  (void)thread;
  locked_retain(&object->lock, object);
}

static bool object_lock_release(struct object *object, int64_t thread) {
  (void)thread;
  return locked_release(&object->lock, object);
}

static struct {
  char before[LINE];
  pthread_mutex_t lock;
  char after[LINE];
} __attribute__((aligned(LINE))) global = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void global_lock_retain(struct object *object, int64_t thread) {
  (void)thread;
  locked_retain(&global.lock, object);
}

static bool global_lock_release(struct object *object, int64_t thread) {
  (void)thread;
  return locked_release(&global.lock, object);
}

// Biased counting without its rare ways: here nobody hands a reference over and the creator keeps its own, so that
// neither a merge nor the queue can be reached.
enum { SHARED_ONE = 4, FLAGS = 3, MERGED = 3 };

static void biased_retain(struct object *object, int64_t thread) {
  if (__atomic_load_n(&object->owner, __ATOMIC_RELAXED) == thread) {
    plain_retain(object, thread);
  } else {
    __atomic_fetch_add(&object->shared, SHARED_ONE, __ATOMIC_RELAXED);
  }
}

static bool biased_release(struct object *object, int64_t thread) {
  if (__atomic_load_n(&object->owner, __ATOMIC_RELAXED) == thread) {
    if (plain_release(object, thread)) {
      abort();
    }
    return false;
  }
  int64_t word = __atomic_load_n(&object->shared, __ATOMIC_RELAXED);
  do {
    if (word == 0) {
      abort();
    }
  } while (!__atomic_compare_exchange_n(&object->shared, &word, word - SHARED_ONE, true, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED));
  return word - SHARED_ONE == MERGED;
}

// A batch is one function, so that the loop costs the same in each discipline. Returns how often the count went to zero.
#define BATCH(discipline)                                                                  \
  static int64_t __attribute__((noipa)) discipline##_batch(struct object *object, int64_t thread) { \
    int64_t frees = 0;                                                                     \
    for (int i = 0; i < PAIRS_PER_BATCH; i++) {                                            \
      discipline##_retain(object, thread);                                                 \
      frees += discipline##_release(object, thread);                                       \
    }                                                                                      \
    return frees;                                                                          \
  }

BATCH(plain)
BATCH(atomic)
BATCH(cas)
BATCH(object_lock)
BATCH(global_lock)
BATCH(biased)

// Counts of libraries: the handle of the object stands in `count`, and a batch of theirs does pairs on it.
#ifdef WITH_SHARED_PTR
void *shared_ptr_new(void);
void shared_ptr_pairs(void *handle, int pairs);
int64_t shared_ptr_count(void *handle);

static int64_t shared_ptr_batch(struct object *object, int64_t thread) {
  (void)thread;
  shared_ptr_pairs((void *)object->count, PAIRS_PER_BATCH);
  return 0;
}
#endif

#ifdef WITH_ARC
void *arc_new(void);
void arc_pairs(void *handle, int pairs);
int64_t arc_count(void *handle);

static int64_t arc_batch(struct object *object, int64_t thread) {
  (void)thread;
  arc_pairs((void *)object->count, PAIRS_PER_BATCH);
  return 0;
}
#endif

static const struct discipline {
  const char *id;
  int64_t (*batch)(struct object *object, int64_t thread);
  bool exact;
  bool owned;                      // the thread that counts owns the object
  bool first_owns;                 // the first thread owns all objects
  void *(*new)(void);              // of a library
  int64_t (*count)(void *handle);  // of a library
} disciplines[] = {
    {"plain", plain_batch, .exact = true},
    {"racy", plain_batch, .exact = false},
    {"atomic", atomic_batch, .exact = true},
    {"cas", cas_batch, .exact = true},
    {"object-lock", object_lock_batch, .exact = true},
    {"global-lock", global_lock_batch, .exact = true},
    {"biased-owner", biased_batch, .exact = true, .owned = true},
    {"biased-other", biased_batch, .exact = true},
    {"biased-mixed", biased_batch, .exact = true, .first_owns = true},
#ifdef WITH_SHARED_PTR
    {"shared_ptr", shared_ptr_batch, .exact = true, .new = shared_ptr_new, .count = shared_ptr_count},
#endif
#ifdef WITH_ARC
    {"arc", arc_batch, .exact = true, .new = arc_new, .count = arc_count},
#endif
    {NULL},
};

struct thread {
  char before[LINE];
  pthread_t id;
  int64_t number;
  int cpu;
  struct object *object;
  int64_t pairs;
  int64_t scored_pairs;
  int64_t scored_nanos;
  int64_t frees;
  int failed;
  char after[LINE];
};

static const struct discipline *discipline;
static struct object objects[MAX_THREADS];
static struct thread threads[MAX_THREADS];
static int64_t warm_up_end, start, end, stop;
static pthread_barrier_t warmed_up;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void batch(struct thread *self) {
  self->frees += discipline->batch(self->object, self->number);
  self->pairs += PAIRS_PER_BATCH;
}

static void *run(void *argument) {
  struct thread *self = argument;
  cpu_set_t mask;
  CPU_ZERO(&mask);
  CPU_SET(self->cpu, &mask);
  self->failed = pthread_setaffinity_np(pthread_self(), sizeof mask, &mask);
  while (now() < warm_up_end) {
    batch(self);
  }
  if (pthread_barrier_wait(&warmed_up) == PTHREAD_BARRIER_SERIAL_THREAD) {
    int64_t window = end - start;
    start = now() + LEAD_NANOS;
    end = start + window;
    stop = end + RUN_OUT_NANOS;
  }
  pthread_barrier_wait(&warmed_up);
  int64_t time;
  while ((time = now()) < start) {
  }
  int64_t first = time;
  int64_t pairs_before = self->pairs;
  while (time < stop) {
    batch(self);
    time = now();
    if (self->scored_nanos == 0 && time >= end) {
      self->scored_pairs = self->pairs - pairs_before;
      self->scored_nanos = time - first;
    }
  }
  return NULL;
}

static void create(struct object *object, int64_t owner) {
  object->count = discipline->new ? (int64_t)discipline->new() : 1;
  object->owner = owner;
  object->shared = 0;
  pthread_mutex_init(&object->lock, NULL);
}

// Whether nothing but the creator's reference is left.
static bool creators_only(const struct object *object) {
  return (discipline->count ? discipline->count((void *)object->count) : object->count + object->shared) == 1;
}

static int usage(void) {
  fputs("usage: native-baseline DISCIPLINE hot|private WARM_UP_MS WINDOW_MS CPU...\n", stderr);
  return 2;
}

int main(int argc, char **argv) {
  int count = argc - 5;
  if (count < 1 || count > MAX_THREADS) {
    return usage();
  }
  for (discipline = disciplines; discipline->id != NULL && strcmp(discipline->id, argv[1]) != 0; discipline++) {
  }
  bool shared = strcmp(argv[2], "hot") == 0;
  bool one_thread = strcmp(argv[1], "plain") == 0 || (discipline->id != NULL && discipline->owned);
  if (discipline->id == NULL || (!shared && strcmp(argv[2], "private") != 0) || (shared && one_thread && count > 1)) {
    return usage();
  }
  warm_up_end = now() + atoll(argv[3]) * NANOS_PER_MILLI;
  end = atoll(argv[4]) * NANOS_PER_MILLI;
  pthread_barrier_init(&warmed_up, NULL, (unsigned)count);
  for (int i = 0; i < count; i++) {
    threads[i].number = i + 1;
    threads[i].cpu = atoi(argv[5 + i]);
    threads[i].object = &objects[shared ? 0 : i];
    // Nobody's number is negative: then each thread is another than the owner.
    create(&objects[i], discipline->owned ? i + 1 : discipline->first_owns ? 1 : -1);
  }
  for (int i = 0; i < count; i++) {
    if (pthread_create(&threads[i].id, NULL, run, &threads[i]) != 0) {
      fputs("native-baseline: a thread cannot be created\n", stderr);
      return 1;
    }
  }
  double pairs_per_nano = 0;
  bool exact = true;
  int failed = 0;
  for (int i = 0; i < count; i++) {
    pthread_join(threads[i].id, NULL);
    pairs_per_nano += (double)threads[i].scored_pairs / (double)threads[i].scored_nanos;
    exact &= threads[i].frees == 0;
    failed |= threads[i].failed;
  }
  if (failed) {
    fputs("native-baseline: a thread cannot be pinned\n", stderr);
    return 1;
  }
  for (int i = 0; i < count; i++) {
    exact &= creators_only(&objects[i]);
  }
  printf("%.4f\n", count / pairs_per_nano);
  return exact || !discipline->exact ? 0 : 3;
}
