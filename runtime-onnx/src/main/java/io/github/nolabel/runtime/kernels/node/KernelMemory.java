package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What all kernels of a session share: memory while they run, and the scope of what they made. */
public final class KernelMemory implements AutoCloseable {

  private final NativeScope scope = new NativeScope();
  private final Workspace weights = scope.own(new Workspace(), Workspace::close);
  private final Workspace maps = scope.own(new Workspace(), Workspace::close);
  private final List<Workspace> blocks = new ArrayList<>();
  private final Deque<Workspace> lent = new ArrayDeque<>();
  private final Registers registers = new Registers();

  /** Owns primitives and the descriptions of tensors. */
  public NativeScope scope() {
    return scope;
  }

  /** For weights in another layout. */
  public Workspace weights() {
    return weights;
  }

  /** For feature maps in another layout. */
  public Workspace maps() {
    return maps;
  }

  /** One for each of so many blocks, for results that stay until all blocks are done. */
  public List<Workspace> blocks(int count) {
    while (blocks.size() < count) {
      blocks.add(scope.own(new Workspace(), Workspace::close));
    }
    return blocks;
  }

  /**
   * Lends memory to a thread while it works. What was given back last is lent first, as a cache may
   * hold it.
   */
  void lend(Consumer<Workspace> work) {
    Workspace workspace = taken();
    try {
      work.accept(workspace);
    } finally {
      giveBack(workspace);
    }
  }

  private synchronized Workspace taken() {
    return lent.isEmpty() ? scope.own(new Workspace(), Workspace::close) : lent.pop();
  }

  private synchronized void giveBack(Workspace workspace) {
    lent.push(workspace);
  }

  /** For formulas. */
  public Registers registers() {
    return registers;
  }

  @Override
  public void close() {
    scope.close();
  }
}
