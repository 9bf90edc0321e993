package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Rearrangement;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * Weights as primitives like them. They are written in that layout in every step, as every step
 * changes them.
 */
final class Weights {

  private final memory argument;
  private final long bytes;
  private final @Nullable Rearrangement move;

  Weights(ConvolutionShape shape, memory.desc liked, int threads, NativeScope scope) {
    memory.desc plain = Convolution.plainWeights(shape);
    this.bytes = liked.get_size();
    this.argument = OneDnn.loaded().unplaced(liked, scope);
    this.move = plain.equals(liked) ? null : new Rearrangement(plain, liked, false, threads, scope);
  }

  /** What primitives are given. */
  memory argument() {
    return argument;
  }

  void load(KernelCall call, NativeTensor weights, Workspace workspace) {
    if (move == null) {
      argument.set_data_handle(weights.data());
      return;
    }
    workspace.require(bytes);
    argument.set_data_handle(workspace.at(0));
    move.place(weights.data(), workspace.at(0));
    call.parallel(move.slices(), move::run);
  }
}
