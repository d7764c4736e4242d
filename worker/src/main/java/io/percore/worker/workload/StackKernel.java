package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.SharedPointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pushes to and pops from shared stacks of linked nodes (R. K. Treiber, "Systems programming:
/// coping with parallelism", 1986), each of which owns a reference to the next: the second
/// benchmark of Anderson, Blelloch and Wei (PLDI 2021, figure 6 e to h). Now and then a whole stack
/// is dropped, and its nodes go one after the other as each frees the next.
///
/// A node's link is written before the node is published and read by those who have borrowed it. A
/// node that is borrowed lives, so it is not on top again with another link: there is no ABA.
///
/// A pop of an empty stack is an operation, too. Stacks stay short: as many pushes are drawn as
/// pops, and what is dropped is gone.
final class StackKernel extends Kernel {
  private static final int DRAWS = 1 << 14;
  private static final int PER_MILLE = 1000;

  private final SharedPointer[] stacks;
  private final boolean created;
  private final Draw[] draws;
  private int next;

  /// @param stack which one
  private record Draw(Kind kind, SharedPointer stack) {}

  private enum Kind {
    PUSH,
    POP,
    DROP
  }

  private StackKernel(Team team, int thread, SharedPointer[] stacks, int drops, int steps) {
    super(team, thread, team.heap(thread, true), steps);
    this.stacks = stacks;
    this.created = team.first(thread);
    SplittableRandom random = new SplittableRandom(team.seed() + thread);
    List<Draw> drawn = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      Kind kind = (i & 1) == 0 ? Kind.PUSH : Kind.POP;
      drawn.add(
          new Draw(
              random.nextInt(PER_MILLE) < drops ? Kind.DROP : kind,
              stacks[random.nextInt(stacks.length)]));
    }
    Collections.shuffle(drawn, java.util.Random.from(random));
    this.draws = drawn.toArray(Draw[]::new);
  }

  /// A kernel for each thread; threads with one domain share the stacks.
  ///
  /// @param size stacks of a domain, at least 1
  /// @param drops how many of a thousand operations drop a whole stack
  static List<Kernel> team(Team team, int size, int drops, int steps) {
    Map<RefCount, SharedPointer[]> shared = new HashMap<>();
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      int thread = i;
      SharedPointer[] stacks =
          shared.computeIfAbsent(team.domain(thread), _ -> team.newPointers(thread, size));
      kernels.add(new StackKernel(team, thread, stacks, drops, steps));
    }
    return kernels;
  }

  @Override
  public void batch(int count) throws InterruptedException {
    int at = next;
    for (int i = 0; i < count; i++) {
      Draw draw = draws[at];
      at = (at + 1) & (DRAWS - 1);
      work();
      switch (draw.kind) {
        case PUSH -> push(draw.stack);
        case POP -> pop(draw.stack);
        case DROP -> drop(draw.stack);
      }
    }
    next = at;
    operations += count;
  }

  private void push(SharedPointer stack) throws InterruptedException {
    Counted node = heap.allocate(context);
    boolean pushed;
    do {
      Counted top = domain.borrow(context, stack);
      domain.afterOperation(context);
      // Becomes the link's own if the node gets in, with the pointer's reference to it.
      node.link(top);
      pushed = domain.replace(context, stack, top, node);
      domain.afterOperation(context);
      giveBack(top);
    } while (!pushed);
  }

  private void pop(SharedPointer stack) throws InterruptedException {
    boolean done;
    do {
      Counted top = domain.borrow(context, stack);
      domain.afterOperation(context);
      if (top == null) {
        return;
      }
      int life = heap.access(context, top);
      done = replaceByNext(stack, top);
      heap.recheck(context, top, life);
      giveBack(top);
    } while (!done);
  }

  /// The node owns the next one, so that lives as long as the node is borrowed, and can be
  /// retained.
  private boolean replaceByNext(SharedPointer stack, Counted top) throws InterruptedException {
    Counted following = top.link();
    if (following != null) {
      domain.retain(context, following);
      domain.afterOperation(context);
    }
    boolean replaced = domain.replace(context, stack, top, following);
    domain.afterOperation(context);
    Counted surplus = replaced ? top : following;
    if (surplus != null) {
      end(domain.retire(context, surplus), surplus);
    }
    return replaced;
  }

  private void drop(SharedPointer stack) throws InterruptedException {
    Counted top = domain.exchange(context, stack, null);
    domain.afterOperation(context);
    if (top != null) {
      end(domain.retire(context, top), top);
    }
  }

  private void giveBack(@Nullable Counted borrowed) throws InterruptedException {
    if (borrowed != null) {
      end(domain.giveBack(context, borrowed), borrowed);
    }
  }

  /// What lost updates have damaged may be linked in a circle.
  @Override
  void references(Consumer<Counted> each) {
    if (!created) {
      return;
    }
    Set<Counted> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    for (SharedPointer stack : stacks) {
      Counted node = stack.load();
      while (node != null) {
        each.accept(node);
        node = visited.add(node) ? node.link() : null;
      }
    }
  }

  @Override
  boolean incrementsOnly() {
    return false;
  }
}
