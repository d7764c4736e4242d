package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// A thread's slots of all objects, by their index: as a processor's area of the kernel's per-CPU
/// memory, in which the objects of one processor may share lines and those of two never do.
///
/// Slots are written opaquely by their thread. Others read and write them only when the thread does
/// not count in them any more, and something has made that visible.
final class PercpuContext extends EpochContext {
  private static final VarHandle CHUNKS;

  static {
    try {
      CHUNKS = MethodHandles.lookup().findVarHandle(PercpuContext.class, "chunks", long[][].class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /// Longs left free at both ends of a chunk, so that no line is shared with what lies beside it.
  private static final int MARGIN = 16;

  /// Chunks are added when an index in them is first used, and never move. Written with release and
  /// read by others with acquire: one of them may look for an old index while the thread adds a
  /// chunk for a new one. Its own thread reads it plainly.
  private long[][] chunks = new long[0][];

  private PercpuContext(int thread, int slot) {
    super(thread, slot);
  }

  static ThreadContext create(int thread, int slot) {
    return new PercpuContext(thread, slot);
  }

  /// Adds to a slot. This thread only.
  void add(int index, long by) {
    int chunk = index >> CHUNK_BITS;
    long[][] all = chunks;
    OpaqueLongs.add(chunk < all.length ? all[chunk] : grown(chunk), offset(index), by);
  }

  /// Reads a slot. At rest, or as [#take].
  long get(int index) {
    int chunk = index >> CHUNK_BITS;
    long[][] all = (long[][]) CHUNKS.getAcquire(this);
    return chunk < all.length ? all[chunk][offset(index)] : 0;
  }

  /// Reads a slot and sets it to zero. When the thread counts in it no more.
  long take(int index) {
    long value = get(index);
    if (value != 0) {
      long[][] all = (long[][]) CHUNKS.getAcquire(this);
      all[index >> CHUNK_BITS][offset(index)] = 0;
    }
    return value;
  }

  private static int offset(int index) {
    return MARGIN + (index & (CHUNK - 1));
  }

  private long[] grown(int chunk) {
    long[][] more = Arrays.copyOf(chunks, chunk + 1);
    for (int i = chunks.length; i < more.length; i++) {
      more[i] = new long[CHUNK + 2 * MARGIN];
    }
    CHUNKS.setRelease(this, more);
    return more[chunk];
  }
}
