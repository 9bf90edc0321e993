package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.matrices.Matrices;
import io.github.nolabel.runtime.kernels.matrices.Product;
import io.github.nolabel.runtime.kernels.matrices.ProductShape;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.List;

/**
 * A convolution and its gradients as products of matrices with the {@link Columns} of a whole
 * batch: {@code y = x w'}, {@code dx = dy w} and {@code dw = dy' x}. A convolution of single pixels
 * without strides reads and writes maps and weights where they lie.
 */
final class ConvolutionProducts {

  /** Fewer weights are read from a core's cache by each group of images. */
  private static final long MANY_WEIGHTS = 1 << 19;

  /** More positions are as quick directly where columns repeat every number. */
  private static final long FEW_POSITIONS = 1 << 10;

  /** Numbers of the columns. */
  private static final long ROOM = 1 << 23;

  private final ColumnMaps maps;
  private final ColumnWeights weights;
  private final boolean dense;
  private final Product forward;
  private final Product ofImages;
  private final Product ofWeights;

  ConvolutionProducts(ConvolutionShape shape, Workplace place) {
    Columns columns = new Columns(shape, place.layout());
    maps = new ColumnMaps(columns, place);
    weights = new ColumnWeights(columns, place);
    dense = columns.taps() == 1 && shape.window().strides().equals(List.of(1L, 1L));
    Matrices x = Matrices.plain(List.of(columns.positions(), columns.width()));
    Matrices y = Matrices.plain(List.of(columns.positions(), columns.to()));
    Matrices weight = Matrices.plain(List.of(columns.to(), columns.width()));
    forward = new Product(ProductShape.of(x, weight.turned()), place);
    ofImages = new Product(ProductShape.of(y, weight), place);
    ofWeights = new Product(ProductShape.of(y.turned(), x), place);
  }

  /** Whether they are quicker so, as measured: single pixels, and many weights for few results. */
  static boolean pay(ConvolutionShape shape, Workplace place) {
    Columns columns = new Columns(shape, place.layout());
    return !place.layout().isPlain()
        && !place.arithmetic().isOfMatrices()
        && !shape.biased()
        && shape.window().groups() == 1
        && (columns.taps() == 1 ? isUnpadded(shape) : hasManyWeights(columns));
  }

  private static boolean isUnpadded(ConvolutionShape shape) {
    return shape.window().pads().stream().allMatch(pad -> pad == 0);
  }

  private static boolean hasManyWeights(Columns columns) {
    boolean strided = columns.shape().window().strides().stream().allMatch(stride -> stride > 1);
    return columns.width() * columns.to() >= MANY_WEIGHTS
        && columns.positions() <= (strided ? ROOM / columns.width() : FEW_POSITIONS);
  }

  void forward(KernelCall call, NativeTensor image, NativeTensor w, NativeTensor result) {
    forward.write(call, read(call, image), weights.read(call, w), result);
  }

  void imageGradient(KernelCall call, NativeTensor dy, NativeTensor w, NativeTensor dx) {
    NativeTensor rows = dense ? dx : maps.sums();
    ofImages.write(call, dy, weights.read(call, w), rows);
    if (!dense) {
      maps.write(call, rows, dx);
    }
  }

  void weightGradient(KernelCall call, NativeTensor dy, NativeTensor image, NativeTensor dw) {
    NativeTensor sums = weights.sums(dw);
    ofWeights.write(call, dy, read(call, image), sums);
    weights.write(call, sums, dw);
  }

  private NativeTensor read(KernelCall call, NativeTensor image) {
    return dense ? image : maps.read(call, image);
  }
}
