package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.tiles.TilePolicy;
import io.github.nolabel.runtime.kernels.tiles.TiledConvolution;
import io.github.nolabel.runtime.kernels.tiles.TiledGradient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private final Map<ConvolutionShape, ImageGradient> imageGradients = new HashMap<>();
  private final Map<ConvolutionShape, WeightGradient> weightGradients = new HashMap<>();
  private final Map<ConvolutionShape, ConvolutionProducts> products = new HashMap<>();
  private final Map<ConvolutionShape, ColumnImageGradient> columnImages = new HashMap<>();
  private final Map<ConvolutionShape, ColumnWeightGradient> columnWeights = new HashMap<>();
  private final Map<ConvolutionShape, TiledConvolution> tiledImages = new HashMap<>();
  private final Map<ConvolutionShape, TiledGradient> tiledWeights = new HashMap<>();

  ConvolutionGradientKernel(Window window, Workplace workplace) {
    this.window = window;
    this.workplace = workplace;
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor dy = call.input(0);
    NativeTensor x = call.input(1);
    NativeTensor weight = call.input(2);
    ConvolutionShape shape = new ConvolutionShape(x.extents(), weight.extents(), window, false);
    if (!dy.extents().equals(shape.result())) {
      throw new IllegalArgumentException(
          "the gradient is %s, expected %s for images %s and weights %s"
              .formatted(dy.extents(), shape.result(), x.extents(), weight.extents()));
    }
    NativeTensor dx = call.output(0, x.extents());
    if (dx != null && TilePolicy.pays(shape, workplace)) {
      tiledImages
          .computeIfAbsent(shape, s -> TiledConvolution.imageGradient(s, workplace))
          .run(call, dy, weight, dx);
    } else if (dx != null && ConvolutionProducts.pay(shape, workplace)) {
      products(shape).imageGradient(call, dy, weight, dx);
    } else if (dx != null && Columns.pay(shape, workplace)) {
      columnImages
          .computeIfAbsent(shape, s -> new ColumnImageGradient(s, workplace))
          .run(call, dy, weight, dx);
    } else if (dx != null) {
      imageGradients
          .computeIfAbsent(shape, s -> new ImageGradient(s, workplace))
          .run(call, dy, weight, dx);
    }
    weights(call, shape, dy, x);
  }

  private void weights(KernelCall call, ConvolutionShape shape, NativeTensor dy, NativeTensor x) {
    @Nullable NativeTensor dweight = call.output(1, shape.weight());
    @Nullable NativeTensor dbias = call.output(2, List.of(shape.weight().get(0)));
    if (dweight != null && dbias == null && TilePolicy.pays(shape, workplace)) {
      tiledWeights
          .computeIfAbsent(shape, s -> TiledGradient.of(s, workplace))
          .run(call, dy, x, dweight);
    } else if (dweight != null && dbias == null && ConvolutionProducts.pay(shape, workplace)) {
      products(shape).weightGradient(call, dy, x, dweight);
    } else if (dweight != null && dbias == null && Columns.pay(shape, workplace)) {
      columnWeights
          .computeIfAbsent(shape, s -> new ColumnWeightGradient(s, workplace))
          .run(call, dy, x, dweight);
    } else if (dweight != null || dbias != null) {
      weightGradients
          .computeIfAbsent(shape.withBias(dbias != null), s -> new WeightGradient(s, workplace))
          .run(call, dy, x, dweight, dbias);
    }
  }

  private ConvolutionProducts products(ConvolutionShape shape) {
    return products.computeIfAbsent(shape, s -> new ConvolutionProducts(s, workplace));
  }
}
