package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.kernels.tiles.TilePolicy;
import io.github.nolabel.runtime.kernels.tiles.TiledConvolution;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/** ONNX's {@code Conv} over images: {@code y = x * weight + bias}. */
public final class ConvolutionKernel implements Kernel {

  public static final Operator OPERATOR =
      Operator.plain(
          "",
          "Conv",
          Count.of(3, 2),
          Count.of(1, 1),
          (node, place) -> new ConvolutionKernel(node.window(), place));

  private final Window window;
  private final Workplace workplace;
  private final Plans<Plan> plans = new Plans<>();

  ConvolutionKernel(Window window, Workplace workplace) {
    this.window = window;
    this.workplace = workplace;
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    NativeTensor weight = call.input(1);
    NativeTensor bias = call.optionalInput(2);
    Plan plan =
        plans.of(
            List.of(x, weight),
            () -> plan(new ConvolutionShape(x.extents(), weight.extents(), window, bias != null)));
    NativeTensor y = call.output(0, plan.result());
    if (y != null) {
      plan.step().run(call, x, weight, bias, y);
    }
  }

  /** What is done for one shape. */
  private record Plan(List<Long> result, BiasedStep step) {}

  @FunctionalInterface
  private interface BiasedStep {
    void run(
        KernelCall call,
        NativeTensor x,
        NativeTensor weight,
        @Nullable NativeTensor bias,
        NativeTensor y);
  }

  private Plan plan(ConvolutionShape shape) {
    if (TilePolicy.pays(shape, workplace)) {
      return new Plan(shape.result(), unbiased(TiledConvolution.of(shape, workplace)::run));
    }
    if (ConvolutionProducts.pay(shape, workplace)) {
      return new Plan(shape.result(), unbiased(new ConvolutionProducts(shape, workplace)::forward));
    }
    return new Plan(shape.result(), new Direct(shape, workplace)::run);
  }

  private static BiasedStep unbiased(ConvolutionStep step) {
    return (call, x, weight, none, y) -> step.run(call, x, weight, y);
  }

  /** The primitives of one shape. */
  private static final class Direct {

    private final Workplace workplace;
    private final Weights weights;
    private final @Nullable memory bias;
    private final BlockPasses passes;

    Direct(ConvolutionShape shape, Workplace workplace) {
      this.workplace = workplace;
      NativeScope scope = workplace.memory().scope();
      ImageBlocks blocks = ImageBlocks.of(shape.x().get(0), workplace.blocks());
      Convolution first = Convolution.of(workplace, shape, blocks.size(0));
      memory.desc liked = first.forward(first.anyWeights()).weights_desc();
      weights = new Weights(shape, liked, workplace.threads(), scope);
      bias = shape.biased() ? OneDnn.loaded().unplaced(Convolution.bias(shape), scope) : null;
      passes =
          new BlockPasses(
              blocks,
              workplace,
              images -> pass(Convolution.of(workplace, shape, images), liked, scope));
    }

    private Pass pass(Convolution images, memory.desc liked, NativeScope scope) {
      convolution_forward.primitive_desc made = images.forward(liked);
      Pass pass = new Pass(new convolution_forward(made), made.scratchpad_desc(), scope);
      if (bias != null) {
        pass.shared(dnnl.DNNL_ARG_BIAS, bias);
      }
      return (images.jumps() ? pass.fetching() : pass)
          .images(dnnl.DNNL_ARG_SRC, Operand.read(images.x(), made.src_desc(), scope))
          .images(dnnl.DNNL_ARG_DST, Operand.written(images.y(), made.dst_desc(), scope))
          .shared(dnnl.DNNL_ARG_WEIGHTS, weights.argument());
    }

    void run(
        KernelCall call,
        NativeTensor x,
        NativeTensor weight,
        @Nullable NativeTensor given,
        NativeTensor y) {
      weights.load(call, weight, workplace.memory().weights());
      if (bias != null && given != null) {
        bias.set_data_handle(given.data());
      }
      passes.run(call, x, y);
    }
  }
}
