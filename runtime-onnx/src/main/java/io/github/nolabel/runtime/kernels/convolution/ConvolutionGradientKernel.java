package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.tiles.TilePolicy;
import io.github.nolabel.runtime.kernels.tiles.TiledConvolution;
import io.github.nolabel.runtime.kernels.tiles.TiledGradient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's {@code ConvGrad}: from dy, x and weight to dx, dweight and dbias, of which the
 * node may leave out any.
 */
public final class ConvolutionGradientKernel implements Kernel {

  public static final Operator OPERATOR =
      Operator.plain(
          "com.microsoft",
          "ConvGrad",
          Count.of(3, 3),
          Count.of(3, 0),
          (node, place) -> new ConvolutionGradientKernel(node.window(), place));

  private final Window window;
  private final Workplace workplace;
  private final Plans<ConvolutionShape> shapes = new Plans<>();
  private final Plans<ConvolutionStep> images = new Plans<>();
  private final Plans<ConvolutionStep> weights = new Plans<>();
  private final Plans<WeightGradient> biased = new Plans<>();
  private final Map<ConvolutionShape, ConvolutionProducts> products = new HashMap<>();

  ConvolutionGradientKernel(Window window, Workplace workplace) {
    this.window = window;
    this.workplace = workplace;
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor dy = call.input(0);
    NativeTensor x = call.input(1);
    NativeTensor weight = call.input(2);
    List<NativeTensor> all = List.of(dy, x, weight);
    ConvolutionShape shape = shapes.of(all, () -> shape(dy, x, weight));
    NativeTensor dx = call.output(0, shape.x());
    if (dx != null) {
      images.of(all, () -> imageStep(shape)).run(call, dy, weight, dx);
    }
    NativeTensor dweight = call.output(1, shape.weight());
    NativeTensor dbias = call.output(2, List.of(shape.weight().get(0)));
    if (dweight != null && dbias == null) {
      weights.of(all, () -> weightStep(shape)).run(call, dy, x, dweight);
    } else if (dbias != null) {
      biased
          .of(all, () -> new WeightGradient(shape.withBias(true), workplace))
          .run(call, dy, x, dweight, dbias);
    }
  }

  private ConvolutionShape shape(NativeTensor dy, NativeTensor x, NativeTensor weight) {
    ConvolutionShape shape = new ConvolutionShape(x.extents(), weight.extents(), window, false);
    if (!dy.extents().equals(shape.result())) {
      throw new IllegalArgumentException(
          "the gradient is %s, expected %s for images %s and weights %s"
              .formatted(dy.extents(), shape.result(), x.extents(), weight.extents()));
    }
    return shape;
  }

  private ConvolutionStep imageStep(ConvolutionShape shape) {
    if (TilePolicy.paysForGradients(shape, workplace)) {
      return TiledConvolution.imageGradient(shape, workplace)::run;
    }
    if (ConvolutionProducts.pay(shape, workplace)) {
      return products(shape)::imageGradient;
    }
    return Columns.pay(shape, workplace)
        ? new ColumnImageGradient(shape, workplace)::run
        : new ImageGradient(shape, workplace)::run;
  }

  private ConvolutionStep weightStep(ConvolutionShape shape) {
    if (TilePolicy.paysForGradients(shape, workplace)) {
      return TiledGradient.of(shape, workplace)::run;
    }
    if (ConvolutionProducts.pay(shape, workplace)) {
      return products(shape)::weightGradient;
    }
    if (Columns.pay(shape, workplace)) {
      return new ColumnWeightGradient(shape, workplace)::run;
    }
    WeightGradient direct = new WeightGradient(shape, workplace);
    return (call, dy, x, dweight) -> direct.run(call, dy, x, dweight, null);
  }

  private ConvolutionProducts products(ConvolutionShape shape) {
    return products.computeIfAbsent(shape, s -> new ConvolutionProducts(s, workplace));
  }
}
