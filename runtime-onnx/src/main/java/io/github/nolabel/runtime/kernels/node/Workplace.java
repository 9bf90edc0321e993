package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import java.util.function.ObjIntConsumer;

/** What all kernels of a session that see feature maps in one layout have in common. */
public record Workplace(
    KernelMemory memory, int threads, Arithmetic arithmetic, MapLayout layout, boolean tiles) {

  /** More than one, so that a thread that was put aside keeps nobody waiting long. */
  private static final int BLOCKS_OF_A_THREAD = 4;

  /** The same for operators whose maps lie so. */
  public Workplace in(MapLayout other) {
    return new Workplace(memory, threads, arithmetic, other, tiles);
  }

  /** Blocks that work is cut into. */
  public int blocks() {
    return threads * BLOCKS_OF_A_THREAD;
  }

  /** Calls the work for 0 to {@code count} - 1 on the session's threads, each in a seat. */
  public void parallel(KernelCall call, int count, ObjIntConsumer<Seat> work) {
    call.parallel(count, i -> memory.lend(seat -> work.accept(seat, i)));
  }
}
