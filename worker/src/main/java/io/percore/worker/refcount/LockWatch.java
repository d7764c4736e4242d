package io.percore.worker.refcount;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/// How long each thread waited for a domain's one lock, how long it held it, and when. For trials
/// that are made for this and for nothing else: three readings of the clock for each acquisition
/// take longer than most of what the lock protects.
///
/// A thread writes to its own [Ledger] only, which it finds without a lock. [Ledger#reset] and the
/// ledgers' methods are for when no thread is attached, and for whoever sees all that they did.
public final class LockWatch {
  /// What is remembered turn by turn, over all threads and for each; the rest is only summed up.
  private static final int MOST_TURNS_OF_ALL = 16_000;

  private static final int MOST_TURNS = 2_000;

  private final ThreadLocal<Ledger> own;

  /// @param threads that will use the lock, at least 1
  public LockWatch(int threads) {
    int turns = Math.min(MOST_TURNS, MOST_TURNS_OF_ALL / threads);
    this.own = ThreadLocal.withInitial(() -> new Ledger(turns));
  }

  /// The calling thread's.
  public Ledger own() {
    return own.get();
  }

  /// Of one thread. Plain fields: written and read by that thread only, or when it rests.
  public static final class Ledger {
    /// From 1 ns up, as far as need be, to three digits.
    private final Histogram waits = new Histogram(3);

    private final long[] from;
    private final long[] until;
    private int turns;
    private long waitedNanos;
    private long heldNanos;
    private long since;
    private long firstTurn;

    private Ledger(int mostTurns) {
      from = new long[mostTurns];
      until = new long[mostTurns];
      waits.setAutoResize(true);
    }

    /// Got the lock. Both on the clock of `System.nanoTime`.
    void acquired(long askedNanos, long nanos) {
      long waited = Math.max(0, nanos - askedNanos);
      waits.recordValue(waited);
      waitedNanos += waited;
      since = nanos;
    }

    /// Is about to give it up.
    void releases(long nanos) {
      heldNanos += nanos - since;
      if (turns < from.length && since - firstTurn >= 0) {
        from[turns] = since;
        until[turns] = nanos;
        turns++;
      }
    }

    /// Forgets everything.
    ///
    /// @param nanos turns that begin before this time are summed up only
    public void reset(long nanos) {
      firstTurn = nanos;
      waits.reset();
      turns = 0;
      waitedNanos = 0;
      heldNanos = 0;
    }

    /// Waits, one for each time that the thread got the lock, in nanoseconds.
    public Histogram waits() {
      return waits.copy();
    }

    /// Sum of the waits.
    public long waitedNanos() {
      return waitedNanos;
    }

    /// Time for which the thread had the lock.
    public long heldNanos() {
      return heldNanos;
    }

    /// When the thread got the lock, for the first 2,000 times after that, or fewer where there are
    /// many threads, in nanoseconds after `origin`.
    public List<Long> from(long origin) {
      return after(from, origin);
    }

    /// When it gave it up again each time.
    public List<Long> until(long origin) {
      return after(until, origin);
    }

    private List<Long> after(long[] times, long origin) {
      return LongStream.of(Arrays.copyOf(times, turns)).map(time -> time - origin).boxed().toList();
    }
  }
}
