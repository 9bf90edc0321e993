package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** What all kernels of a session share: memory while they run, and the scope of what they made. */
public final class KernelMemory implements AutoCloseable {

  private final NativeScope scope = new NativeScope();
  private final Workspace weights = scope.own(new Workspace(), Workspace::close);
  private final Workspace maps = scope.own(new Workspace(), Workspace::close);
  private final List<Workspace> blocks = new ArrayList<>();
  private final List<Seat> seats = new ArrayList<>();
  private final BitSet taken = new BitSet();
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

  /** Lends a seat to a thread while it works: the first one that is free. */
  void lend(Consumer<Seat> work) {
    Seat seat = take();
    try {
      work.accept(seat);
    } finally {
      giveBack(seat);
    }
  }

  private synchronized Seat take() {
    int number = taken.nextClearBit(0);
    taken.set(number);
    if (number == seats.size()) {
      seats.add(new Seat(number, scope.own(new Workspace(), Workspace::close)));
    }
    return seats.get(number);
  }

  private synchronized void giveBack(Seat seat) {
    taken.clear(seat.number());
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
