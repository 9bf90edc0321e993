package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** Passes whose parts of a sum stay where they are until all of them have run. */
public final class Passes {

  private Passes() {}

  /** Each pass over its block of these tensors, on the session's threads. */
  public static void run(
      KernelCall call,
      KernelMemory memory,
      ImageBlocks blocks,
      List<Pass> passes,
      NativeTensor... tensors) {
    List<Workspace> workspaces = memory.blocks(passes.size());
    call.parallel(
        passes.size(),
        i -> {
          Pointer[] begins =
              Stream.of(tensors).map(t -> t.at(blocks.begin(i))).toArray(Pointer[]::new);
          passes.get(i).run(workspaces.get(i), begins);
        });
  }
}
