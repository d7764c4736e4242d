/* Refcache on one object: each thread counts in a cache of its own, the caches are flushed into a global count once in
 * each epoch, and an object is freed when its global count was zero and stayed so for two epochs.
 *
 * After A. Clements, F. Kaashoek and N. Zeldovich, "RadixVM: scalable address spaces for multithreaded applications",
 * EuroSys'13, section 3.1; with one deviation.
 *
 * State            written by                               how one step of the model stands for it
 * delta[t]         thread t alone                           plain arithmetic
 * cached[t]        thread t alone                           whether its cache has an entry, even one of zero
 * global, dirty,   whoever holds the object's lock          one step for all that is done under one hold of it
 *   on_review, age
 * flushed[t]       thread t; whoever advances the epoch     a step of its own: the last to flush advances it
 * dying            the object's lock and weak references    compare-and-set, one step each
 *
 * `age` is the number of epochs since the object went on review, as far as two; it stands for the difference of the
 * two epoch numbers, of which nothing else is used. Any thread may review, so that the model does more than a program
 * in which the thread that put the object on review does it. Caches may be evicted at any time, as by a collision.
 *
 * Why two epochs: when the object goes on review some threads have already flushed in this epoch, and may have counted
 * since. They flush again in the next. Only at the end of that one has everybody flushed after the object went on review.
 *
 * The deviation: an entry that has cancelled out to zero is flushed like any other, so that it makes an object on review
 * dirty. Otherwise a reference may pass from one cache to the next and keep out of sight of all flushes: thread 2 borrows
 * from 1 and 1 releases and flushes, which puts the object on review; in the next epoch 1 flushes nothing, borrows from
 * 2, and 2 releases and has nothing to flush, because its two counts cancelled out. MUTANT_CANCELLED_IS_CLEAN finds it.
 *
 * With WEAK there is a weak reference. It is marked dying while the object is on review, and whoever takes a strong
 * reference through it takes the mark away, which the review finds.
 *
 * Proven, for all interleavings under sequential consistency:
 *   - the object is freed at most once, and by then nobody holds a reference and no cache a count of it;
 *   - nothing looks at it after that;
 *   - no thread is stuck, and after all have ended a number of epochs that is known beforehand frees it.
 *
 * MUTANT_x is a seeded defect that must be found; scripts/check-models lists them.
 */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef RETAINS
#define RETAINS 1
#endif
#ifndef HANDOFFS
#define HANDOFFS 2
#endif
#ifndef BORROWS
#define BORROWS 1
#endif
#ifndef UPGRADES
#define UPGRADES 1 /* strong references taken through the weak one, with WEAK */
#endif

/* Epochs after which an object that nobody references is freed: one to flush, two until a review that may find it
 * dirty, two until the one that frees it, and one for an object that was on review from before. */
#define QUIESCENT_EPOCHS 6

#ifdef MUTANT_REVIEW_ONE_EPOCH_EARLY
#define REVIEW_AGE 1
#else
#define REVIEW_AGE 2
#endif

short delta[THREADS + 1];
bool cached[THREADS + 1];
bool flushed[THREADS + 1];
bool registered[THREADS + 1];

short global = 1; /* the creator's reference */
bool on_review = false;
bool dirty = false;
byte age = 0;

#ifdef WEAK
bool dying = false;
bool dangling = false; /* the weak reference is null */
#endif

/* Not part of the algorithm: what the threads in fact hold, and what may not happen. */
bool freed = false;
byte references = 1;
byte held[THREADS + 1];
byte ended = 0;
byte retains = RETAINS;
byte handoffs = HANDOFFS;
byte borrows = BORROWS;
#ifdef WEAK
byte upgrades = UPGRADES;
#endif

#define TOUCH assert(!freed)

inline put_on_review() {
  on_review = true;
  age = 0;
  dirty = false;
#ifdef WEAK
  dying = true
#endif
}

/* Under the object's lock. */
inline free_object() {
  TOUCH;
  assert(references == 0);
  freed = true
}

#ifdef MUTANT_CANCELLED_IS_CLEAN
#define FLUSHABLE(t) (delta[t] != 0)
#else
#define FLUSHABLE(t) cached[t]
#endif

/* Adds what thread t has counted to the global count, under the object's lock. */
inline evict(t) {
#ifdef MUTANT_SPLIT_EVICT
  d_step {
    if
    :: FLUSHABLE(t) -> TOUCH; loaded = global
    :: else
    fi
  }
#endif
  d_step {
    if
    :: FLUSHABLE(t) ->
       TOUCH;
#ifdef MUTANT_SPLIT_EVICT
       global = loaded + delta[t];
       loaded = 0;
#else
       global = global + delta[t];
#endif
       delta[t] = 0;
       if
       :: global != 0
#ifdef MUTANT_FREE_AT_ZERO
       :: else -> free_object()
#else
       :: global == 0 && on_review -> dirty = true
       :: global == 0 && !on_review -> put_on_review()
#endif
       fi
    :: else
    fi;
    cached[t] = false
  }
}

/* A new epoch begins when all registered threads have flushed in the present one. */
inline advance_epoch() {
  all_flushed = true;
#ifndef MUTANT_EPOCH_WAITS_FOR_NOBODY
  for (i : 1 .. THREADS) {
    if
    :: registered[i] && !flushed[i] -> all_flushed = false
    :: else
    fi
  }
#endif
#ifndef MUTANT_EPOCH_STANDS_STILL
  if
  :: all_flushed ->
     for (i : 1 .. THREADS) {
       flushed[i] = false
     }
     if
     :: on_review && age < 2 -> age++
     :: else
     fi
  :: else
  fi;
#endif
  i = 0;
  all_flushed = false
}

#ifdef WEAK
#ifdef MUTANT_REVIEW_IGNORES_WEAK
#define UNCLAIMED true
#else
#define UNCLAIMED dying
#endif
#else
#define UNCLAIMED true
#endif

#ifdef MUTANT_REVIEW_IGNORES_DIRTY
#define CLEAN true
#else
#define CLEAN !dirty
#endif

inline review() {
  d_step {
    if
    :: on_review && age >= REVIEW_AGE ->
       TOUCH;
       if
       :: global != 0 ->
#ifdef WEAK
          dying = false;
#endif
          on_review = false;
          dirty = false;
          age = 0
       :: global == 0 && CLEAN && UNCLAIMED ->
#ifdef WEAK
          dangling = true;
#endif
          on_review = false;
          age = 0;
          free_object()
       :: else ->
#ifdef MUTANT_DIRTY_IS_DROPPED
          on_review = false;
          dirty = false;
          age = 0
#else
          put_on_review()
#endif
       fi
    :: else
    fi
  }
}

#ifdef MUTANT_EXIT_WITHOUT_FLUSH
#define MAY_LEAVE true
#else
#define MAY_LEAVE !cached[me]
#endif

inline retain() {
  TOUCH;
  delta[me]++;
  cached[me] = true;
  held[me]++;
  references++
}

proctype thread(byte me) {
  byte other;
  byte i;
  bool all_flushed;
#ifdef MUTANT_SPLIT_EVICT
  short loaded;
#endif

  do
  :: d_step { retains > 0 && held[me] > 0 -> retains--; retain() }

  /* The lender holds its reference until the borrower has its own. */
  :: d_step { borrows > 0 && held[me] == 0 && references > 0 -> borrows--; retain() }

#ifdef WEAK
  :: d_step {
       upgrades > 0 && !dangling ->
       upgrades--;
       TOUCH;
#ifndef MUTANT_UPGRADE_KEEPS_MARK
       dying = false
#endif
     }
     d_step { retain() }
#endif

  :: atomic {
       handoffs > 0 && held[me] > 0 ->
       select (other : 1 .. THREADS);
       if
       :: other != me && registered[other] ->
          handoffs--;
          held[me]--;
          held[other]++
       :: else
       fi;
       other = 0
     }

  :: d_step {
       held[me] > 0 ->
       TOUCH;
       held[me]--;
       references--;
       delta[me]--;
       cached[me] = true
     }

  :: cached[me] -> evict(me)

  :: !flushed[me] ->
     evict(me);
     d_step {
       flushed[me] = true;
       advance_epoch()
     }

  :: on_review && age >= REVIEW_AGE -> review()

  /* Leaves the epochs to the others. What it had put on review stays for them. */
  :: d_step { held[me] == 0 && MAY_LEAVE -> registered[me] = false; advance_epoch() }
     break
  od;
  ended++
}

init {
  byte id;
  byte i;
  byte epochs;
  bool all_flushed;

  atomic {
    held[1] = 1;
    for (id : 1 .. THREADS) {
      registered[id] = true
    }
    for (id : 1 .. THREADS) {
      run thread(id)
    }
    id = 0
  }
  ended == THREADS;
  assert(references == 0);

  /* Quiesce. Everybody has left, so that each pass is an epoch. */
  do
  :: !freed && epochs < QUIESCENT_EPOCHS ->
     d_step {
       epochs++;
       advance_epoch()
     }
     review()
  :: else -> break
  od;
  assert(freed)
}
