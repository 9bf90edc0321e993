package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The gradient for a convolution's images, for one shape. */
final class ImageGradient {

  private final Workplace workplace;
  private final Weights weights;
  private final BlockPasses passes;

  ImageGradient(ConvolutionShape shape, Workplace workplace) {
    this.workplace = workplace;
    NativeScope scope = workplace.memory().scope();
    ImageBlocks blocks = ImageBlocks.of(shape.x().get(0), workplace.blocks());
    Convolution first = Convolution.of(workplace, shape, blocks.size(0));
    memory.desc liked = first.backwardData(first.anyWeights()).weights_desc();
    weights = new Weights(shape, liked, workplace.threads(), scope);
    passes =
        new BlockPasses(
            blocks,
            workplace,
            images -> pass(Convolution.of(workplace, shape, images), liked, scope));
  }

  private Pass pass(Convolution images, memory.desc liked, NativeScope scope) {
    convolution_backward_data.primitive_desc made = images.backwardData(liked);
    Pass pass = new Pass(new convolution_backward_data(made), made.scratchpad_desc(), scope);
    return (images.jumps() ? pass.fetching() : pass)
        .images(dnnl.DNNL_ARG_DIFF_DST, Operand.read(images.y(), made.diff_dst_desc(), scope))
        .images(dnnl.DNNL_ARG_DIFF_SRC, Operand.written(images.x(), made.diff_src_desc(), scope))
        .shared(dnnl.DNNL_ARG_WEIGHTS, weights.argument());
  }

  void run(KernelCall call, NativeTensor dy, NativeTensor weight, NativeTensor dx) {
    weights.load(call, weight, workplace.memory().weights());
    passes.run(call, dy, dx);
  }
}
