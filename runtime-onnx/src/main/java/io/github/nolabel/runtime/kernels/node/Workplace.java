package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import java.util.function.ObjIntConsumer;

/** What all kernels of a session that see feature maps in one layout have in common. */
public record Workplace(
    KernelMemory memory, int threads, Arithmetic arithmetic, MapLayout layout, boolean tiles) {

  /** The same for operators whose maps lie so. */
  public Workplace in(MapLayout other) {
    return new Workplace(memory, threads, arithmetic, other, tiles);
  }

  /** Blocks that work is cut into: some more than threads, see {@link Passes#PER_THREAD}. */
  public int blocks() {
    return threads * Passes.PER_THREAD;
  }

  /** Calls the work for 0 to {@code count} - 1 on the session's threads, with memory for each. */
  public void parallel(KernelCall call, int count, ObjIntConsumer<Workspace> work) {
    call.parallel(count, i -> memory.lend(workspace -> work.accept(workspace, i)));
  }
}
