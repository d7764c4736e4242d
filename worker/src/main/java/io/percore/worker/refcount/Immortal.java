package io.percore.worker.refcount;

/// Objects that are never counted and never freed, as CPython's `None` or small integers are since
/// PEP 683. What is left is to look whether an object is one of these: the floor under any scheme
/// that has to look at an object before it counts.
///
/// | access | mode | why |
/// |---|---|---|
/// | load of the count | opaque | nobody writes it after the object's birth; opaque keeps the compiler from looking once for a whole loop |
public final class Immortal extends RefCount {
  /// The mark, in place of a count.
  private static final long MARK = -1;

  private Immortal() {}

  static RefCount create() {
    return new Immortal();
  }

  @Override
  void beginLife(ThreadContext context, Counted object) {
    object.storeOpaque(MARK);
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    look(object);
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    look(object);
    return false;
  }

  @Override
  public long count(Counted object) {
    return UNCOUNTED;
  }

  private static void look(Counted object) {
    if (object.loadOpaque() != MARK) {
      throw new IllegalStateException("an object of this domain has to be immortal");
    }
  }
}
