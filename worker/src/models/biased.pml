/* Biased reference counting of one object: an owner that counts with plain instructions, others that count with
 * atomic ones, and a queue by which the others ask the owner to merge both counts.
 *
 * After J. Choi, T. Shull and J. Torrellas, "Biased reference counting", PACT'18; with the states of PEP 703 and of
 * free-threaded CPython 3.13.
 *
 * State            written by                                        how one step of the model stands for it
 * owner            the owner; whoever merges after it has exited     a store
 * owned            the owner; whoever merges after it has exited     plain arithmetic, no other thread reads it before
 * count and flags everybody                                         one word: a compare-and-set loop is one step
 * queued           everybody, under `mutex`                          the owner's stack; one object needs one place
 * registered       the owner, under `mutex`                          whether somebody will drain that stack
 *
 * True count: owned + count. Threads retain, release, hand references over and borrow, in any order that the budgets
 * below allow; each ends when it holds none, and the owner may end first. `HANDOFFS` moves a reference to another
 * thread, which then releases what it never retained. `BORROWS` retains under a reference that another thread holds.
 * The first alone leads to the queue, the second alone to a merge that competes with a release.
 *
 * Proven, for all interleavings under sequential consistency (orderings: see ordering/):
 *   - the object is freed exactly once, and by then nobody holds a reference;
 *   - nothing looks at it after that;
 *   - no thread is stuck, and when all have ended it is freed.
 * Left out: immortal objects, and the flag for weak references, which queues like no flag at all.
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
#define HANDOFFS 3
#endif
#ifndef BORROWS
#define BORROWS 1
#endif

#define NOBODY 0
#define OWNER 1 /* id of the thread that made the object */

#define DEFAULT 0
#define QUEUED 2
#define MERGED 3

#define DONE 0
#define FREE 1
#define ENQUEUE 2
#define AGAIN 3
#define MERGE_OWN 4

byte owner = OWNER;
byte owned = 1;
short count = 0;
byte flags = DEFAULT;

bool mutex = false;
bool queued = false;
bool registered = true;

/* Not part of the algorithm: what the threads in fact hold, and what may not happen. */
bool freed = false;
byte references = 1;
byte held[THREADS + 1];
bool alive[THREADS + 1];
byte ended = 0;
byte retains = RETAINS;
byte handoffs = HANDOFFS;
byte borrows = BORROWS;

#define TOUCH assert(!freed)

inline lock() {
  atomic { !mutex -> mutex = true }
}

inline unlock() {
  mutex = false
}

inline free_object() {
  d_step {
    TOUCH;
    assert(references == 0);
    freed = true
  }
}

/* Adds `owned` and `extra` to the shared word. Runs in the owner, or under the mutex when that has ended. */
inline merge(extra) {
  d_step {
    TOUCH;
    saved = owned
  }
#ifndef MUTANT_OWNER_AFTER_EXPLICIT_MERGE
  d_step {
    TOUCH;
    owned = 0;
    owner = NOBODY
  }
#endif
  d_step {
    TOUCH;
    count = count + saved + extra;
    flags = MERGED;
    outcome = (count == 0 -> FREE : DONE)
  }
#ifdef MUTANT_OWNER_AFTER_EXPLICIT_MERGE
  d_step {
    TOUCH;
    owned = 0;
    owner = NOBODY
  }
#endif
  saved = 0
}

/* The owner's last own reference is gone. */
inline merge_owned() {
#ifdef MUTANT_FREE_AT_OWN_ZERO
  outcome = FREE;
#else
  d_step {
    TOUCH;
    outcome = (count == 0 && flags == DEFAULT -> FREE : DONE)
  }
  if
  :: outcome == FREE
  :: else ->
#ifndef MUTANT_OWNER_AFTER_MERGED
     d_step {
       TOUCH;
       owner = NOBODY
     }
#endif
     d_step {
       TOUCH;
       flags = MERGED;
       outcome = (count == 0 -> FREE : DONE)
     }
#ifdef MUTANT_OWNER_AFTER_MERGED
     d_step {
       TOUCH;
       owner = NOBODY
     }
#endif
  fi
#endif
}

/* Gives the caller's reference to the owner's queue, which releases it by merging with -1. */
inline enqueue() {
#ifdef MUTANT_DROP_QUEUE
  outcome = DONE;
#else
  d_step {
    TOUCH;
    seen = owner
  }
  if
  :: seen == NOBODY ->
     /* The owner has merged or is about to: it still has the object in its hands, so only release. */
#ifdef MUTANT_MERGE_WHEN_UNOWNED
     merge(-1)
#else
     outcome = AGAIN
#endif
  :: else ->
     lock();
     if
#ifdef MUTANT_PUSH_TO_ENDED
     :: true ->
#else
     :: registered ->
#endif
        queued = true;
        outcome = DONE
     :: !registered ->
        merge(-1)
     fi;
     unlock()
  fi;
  seen = NOBODY
#endif
}

/* Releases a reference of a thread that is not the owner. */
inline release_shared() {
  do
#ifdef MUTANT_SPLIT_DECREMENT
  :: d_step {
       TOUCH;
       loaded = count
     }
     d_step {
#else
  :: d_step {
       TOUCH;
       loaded = count;
#endif
       if
#ifndef MUTANT_NEVER_QUEUE
       :: count == 0 && flags == DEFAULT ->
          flags = QUEUED;
#ifdef MUTANT_QUEUE_AND_SUBTRACT
          count--;
#endif
          outcome = ENQUEUE
#endif
       :: else ->
          count = loaded - 1;
#ifdef MUTANT_FREE_UNMERGED
          outcome = (count == 0 -> FREE : DONE)
#else
          outcome = (count == 0 && flags == MERGED -> FREE : DONE)
#endif
       fi;
       loaded = 0
     }
     if
     :: outcome == ENQUEUE -> enqueue()
     :: else
     fi;
     if
     :: outcome == AGAIN
     :: else -> break
     fi
  od
}

/* At a safepoint: takes the stack under the mutex, merges and frees outside it. */
inline drain() {
  lock();
  queued = false;
  unlock();
#ifdef MUTANT_MERGE_KEEPS_REFERENCE
  merge(0);
#else
  merge(-1);
#endif
  if
  :: outcome == FREE -> free_object()
  :: else
  fi
}

/* The owner may leave only when its stack is empty, and must look and leave under one hold of the mutex. */
inline unregister() {
#ifdef MUTANT_EXIT_WITHOUT_DRAIN
  registered = false;
#else
  do
  :: queued -> drain()
  :: else ->
     lock();
     if
     :: queued -> unlock()
     :: else ->
#ifdef MUTANT_UNREGISTER_OUTSIDE_MUTEX
        unlock();
        registered = false;
#else
        registered = false;
        unlock();
#endif
        break
     fi
  od
#endif
}

/* Retains in one step. That step reads the owner too: nobody but the owner can find its own id there, and while it
 * lives only it takes the id away. */
inline retain() {
  TOUCH;
  if
  :: owner == me -> owned++
  :: else -> count++
  fi;
  held[me]++;
  references++
}

proctype thread(byte me) {
  byte outcome = DONE;
  byte seen = NOBODY;
  byte saved = 0;
  short loaded = 0;
  byte other;

  do
  :: d_step { retains > 0 && held[me] > 0 -> retains--; retain() }

  /* The lender holds its reference until the borrower has its own. */
  :: d_step { borrows > 0 && held[me] == 0 && references > 0 -> borrows--; retain() }

  :: atomic {
       handoffs > 0 && held[me] > 0 ->
       select (other : 1 .. THREADS);
       if
       :: other != me && alive[other] ->
          handoffs--;
          held[me]--;
          held[other]++
       :: else
       fi;
       other = 0
     }

  :: atomic {
       held[me] > 0 ->
       held[me]--;
       references--;
       if
       :: owner == me ->
          TOUCH;
          owned--;
          outcome = (owned == 0 -> MERGE_OWN : DONE)
       :: else -> outcome = ENQUEUE
       fi
     }
     if
     :: outcome == MERGE_OWN -> merge_owned()
     :: outcome == ENQUEUE -> release_shared()
     :: else
     fi;
     if
     :: outcome == FREE -> free_object()
     :: else
     fi;
     outcome = DONE

  :: me == OWNER && queued -> drain(); outcome = DONE

  :: atomic { held[me] == 0 -> alive[me] = false; break }
  od;

  if
  :: me == OWNER -> unregister()
  :: else
  fi;
  ended++
}

init {
  byte id;
  atomic {
    held[OWNER] = 1;
    for (id : 1 .. THREADS) {
      alive[id] = true
    }
    for (id : 1 .. THREADS) {
      run thread(id)
    }
    id = 0
  }
  ended == THREADS;
  assert(references == 0);
  assert(freed)
}
