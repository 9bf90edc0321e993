package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.matrices.Matrices;
import io.github.nolabel.runtime.kernels.matrices.ProductShape;
import io.github.nolabel.runtime.kernels.matrices.Products;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.List;

/**
 * A convolution of single pixels and its gradients as products of matrices with a row of channels
 * for each position: {@code y = x w'}, {@code dx = dy w} and {@code dw = dy' x}. Weights lie as
 * ONNX has them. With strides, x is read into rows first, and rows are written into dx.
 */
final class Pointwise {

  private final Products products;
  private final SampledMaps samples;
  private final boolean dense;
  private final Matrices x;
  private final Matrices y;
  private final Matrices weight;

  Pointwise(ConvolutionShape shape, Workplace place) {
    products = new Products(place);
    samples = new SampledMaps(shape, place);
    dense = shape.window().strides().equals(List.of(1L, 1L));
    long positions = samples.positions();
    x = Matrices.plain(List.of(positions, shape.x().get(1)));
    y = Matrices.plain(List.of(positions, shape.weight().get(0)));
    weight = Matrices.plain(List.of(shape.weight().get(0), shape.x().get(1)));
  }

  /** Whether a convolution is one of single pixels between feature maps. */
  static boolean is(ConvolutionShape shape, Workplace place) {
    return !place.layout().isPlain()
        && !shape.biased()
        && shape.window().groups() == 1
        && shape.weight().subList(2, 4).equals(List.of(1L, 1L))
        && shape.window().pads().stream().allMatch(pad -> pad == 0);
  }

  void forward(KernelCall call, NativeTensor image, NativeTensor w, NativeTensor result) {
    products.multiply(call, ProductShape.of(x, weight.turned()), read(call, image), w, result);
  }

  void imageGradient(KernelCall call, NativeTensor dy, NativeTensor w, NativeTensor dx) {
    ProductShape shape = ProductShape.of(y, weight);
    if (dense) {
      products.multiply(call, shape, dy, w, dx);
    } else {
      NativeTensor rows = samples.rows();
      products.multiply(call, shape, dy, w, rows);
      samples.write(call, rows, dx);
    }
  }

  void weightGradient(KernelCall call, NativeTensor dy, NativeTensor image, NativeTensor dw) {
    products.multiply(call, ProductShape.of(y.turned(), x), dy, read(call, image), dw);
  }

  private NativeTensor read(KernelCall call, NativeTensor image) {
    return dense ? image : samples.read(call, image);
  }
}
