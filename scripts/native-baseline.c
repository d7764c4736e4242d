// The native side of scripts/native-baseline: retain and release pairs on one shared 64-bit count, as the
// worker's workload `hot` does them.
//
//   native-baseline plain|atomic WARM_UP_MS WINDOW_MS CPU...
//
// One pinned thread for each CPU. All pass T0 after warm-up and run past the end of the window, which is scored
// between the readings of the clock nearest to its edges. Prints thread-nanoseconds per operation (a pair is two) and
// exits with 3 when the count is wrong.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAIRS_PER_BATCH = 2048, LINE = 128, MAX_THREADS = 1024 };

static const int64_t NANOS_PER_MILLI = 1000000;
static const int64_t LEAD_NANOS = 20000000;
static const int64_t RUN_OUT_NANOS = 50000000;

// The one shared count, with its line and the neighbouring ones to itself. It begins with its creator's reference.
static struct {
  char before[LINE];
  volatile int64_t count;
  char after[LINE];
} __attribute__((aligned(LINE))) object = {.count = 1};

struct thread {
  char before[LINE];
  pthread_t id;
  int cpu;
  int64_t pairs;
  int64_t scored_pairs;
  int64_t scored_nanos;
  int64_t frees;
  int failed;
  char after[LINE];
};

static int atomic_counts;
static int64_t warm_up_end, start, end, stop;
static pthread_barrier_t warmed_up;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// Both go through a pointer that the compiler knows nothing of, as any program reaches a counted object; some
// processors forward a store to a load faster for such an address than for one relative to the code.

// Relaxed increment; release decrement, and acquire for whoever reached zero.
static int64_t __attribute__((noipa)) atomic_batch(volatile int64_t *count) {
  int64_t frees = 0;
  for (int i = 0; i < PAIRS_PER_BATCH; i++) {
    __atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
    if (__atomic_fetch_sub(count, 1, __ATOMIC_RELEASE) == 1) {
      __atomic_thread_fence(__ATOMIC_ACQUIRE);
      frees++;
    }
  }
  return frees;
}

static int64_t __attribute__((noipa)) plain_batch(volatile int64_t *count) {
  int64_t frees = 0;
  for (int i = 0; i < PAIRS_PER_BATCH; i++) {
    *count = *count + 1;
    int64_t left = *count - 1;
    *count = left;
    frees += left == 0;
  }
  return frees;
}

static void batch(struct thread *self) {
  self->frees += atomic_counts ? atomic_batch(&object.count) : plain_batch(&object.count);
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

static int usage(void) {
  fputs("usage: native-baseline plain|atomic WARM_UP_MS WINDOW_MS CPU...\n", stderr);
  return 2;
}

int main(int argc, char **argv) {
  static struct thread threads[MAX_THREADS];
  int count = argc - 4;
  if (count < 1 || count > MAX_THREADS) {
    return usage();
  }
  atomic_counts = strcmp(argv[1], "atomic") == 0;
  if (!atomic_counts && (strcmp(argv[1], "plain") != 0 || count > 1)) {
    return usage();
  }
  warm_up_end = now() + atoll(argv[2]) * NANOS_PER_MILLI;
  end = atoll(argv[3]) * NANOS_PER_MILLI;
  pthread_barrier_init(&warmed_up, NULL, (unsigned)count);
  for (int i = 0; i < count; i++) {
    threads[i].cpu = atoi(argv[4 + i]);
    if (pthread_create(&threads[i].id, NULL, run, &threads[i]) != 0) {
      fputs("native-baseline: a thread cannot be created\n", stderr);
      return 1;
    }
  }
  double pairs_per_nano = 0;
  int64_t frees = 0;
  int failed = 0;
  for (int i = 0; i < count; i++) {
    pthread_join(threads[i].id, NULL);
    pairs_per_nano += (double)threads[i].scored_pairs / (double)threads[i].scored_nanos;
    frees += threads[i].frees;
    failed |= threads[i].failed;
  }
  if (failed) {
    fputs("native-baseline: a thread cannot be pinned\n", stderr);
    return 1;
  }
  printf("%.4f\n", count / pairs_per_nano / 2);
  return object.count == 1 && frees == 0 ? 0 : 3;
}
