package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.PartialSum;
import io.github.nolabel.runtime.kernels.node.Passes;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * The gradients for a convolution's weights and bias, for one shape. Each block of images has its
 * part of the sum. There are as many parts as threads and they are added in order, whoever computed
 * them: the same number of threads gives the same bits.
 */
final class WeightGradient {

  private final ConvolutionShape shape;
  private final Workplace workplace;
  private final boolean spread;
  private final ImageBlocks blocks;
  private final List<Pass> passes = new ArrayList<>();
  private final PartialSum weights;
  private final @Nullable PartialSum bias;

  WeightGradient(ConvolutionShape shape, Workplace workplace) {
    this.workplace = workplace;
    NativeScope scope = workplace.memory().scope();
    blocks = ImageBlocks.of(shape.x().get(0), workplace.threads());
    this.shape = shape;
    this.spread = Mosaic.pays(shape, workplace);
    Convolution first = convolution(blocks.size(0));
    memory.desc liked = first.backwardWeights(first.anySum()).diff_weights_desc();
    weights = new PartialSum(liked, Convolution.plainWeights(shape), workplace.threads(), scope);
    bias =
        shape.biased()
            ? new PartialSum(Convolution.bias(shape), Convolution.bias(shape), 1, scope)
            : null;
    for (int i = 0; i < blocks.count(); i++) {
      passes.add(pass(blocks.size(i), liked, scope));
    }
  }

  private Convolution convolution(long images) {
    return spread
        ? Convolution.of(workplace, Mosaic.of(shape, images, workplace.layout()).wide(), 1)
        : Convolution.of(workplace, shape, images);
  }

  private Operand dy(long images, memory.desc liked, NativeScope scope) {
    return spread
        ? Mosaic.of(shape, images, workplace.layout()).y(scope)
        : Operand.read(Convolution.of(workplace, shape, images).y(), liked, scope);
  }

  private Operand x(long images, memory.desc liked, NativeScope scope) {
    return spread
        ? Mosaic.of(shape, images, workplace.layout()).x(scope)
        : Operand.read(Convolution.of(workplace, shape, images).x(), liked, scope);
  }

  private Pass pass(long images, memory.desc liked, NativeScope scope) {
    convolution_backward_weights.primitive_desc made = convolution(images).backwardWeights(liked);
    Pass pass =
        new Pass(new convolution_backward_weights(made), made.scratchpad_desc(), scope)
            .images(dnnl.DNNL_ARG_DIFF_DST, dy(images, made.diff_dst_desc(), scope))
            .images(dnnl.DNNL_ARG_SRC, x(images, made.src_desc(), scope));
    weights.add(pass.part(dnnl.DNNL_ARG_DIFF_WEIGHTS, liked));
    if (bias != null) {
      bias.add(pass.part(dnnl.DNNL_ARG_DIFF_BIAS, made.diff_bias_desc()));
    }
    return pass;
  }

  void run(
      KernelCall call,
      NativeTensor dy,
      NativeTensor x,
      @Nullable NativeTensor dweight,
      @Nullable NativeTensor dbias) {
    Passes.run(call, workplace.memory(), blocks, passes, dy, x);
    if (dweight != null) {
      weights.write(call, dweight);
    }
    if (bias != null && dbias != null) {
      bias.write(call, dbias);
    }
  }
}
