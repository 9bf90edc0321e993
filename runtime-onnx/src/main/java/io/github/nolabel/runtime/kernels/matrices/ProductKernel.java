package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * ONNX's {@code MatMul}, and ONNX Runtime's with inputs that are turned and a factor; a third input
 * is a vector that is added to all rows.
 */
public final class ProductKernel implements Kernel {

  private final ProductShape.Reading reading;
  private final Workplace place;
  private final Plans<Product> products = new Plans<>();

  private ProductKernel(ProductShape.Reading reading, Workplace place) {
    this.reading = reading;
    this.place = place;
  }

  public static Kernel of(NodeAttributes node, Workplace place) {
    return new ProductKernel(ProductShape.Reading.of(node), place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor a = call.input(0);
    NativeTensor b = call.input(1);
    Product product =
        products.of(
            List.of(a, b),
            () -> new Product(ProductShape.of(a.extents(), b.extents(), reading), place));
    ProductShape shape = product.shape();
    NativeTensor y = call.output(0, shape.result());
    if (y == null || y.elements() == 0) {
      return;
    }
    NativeTensor bias = bias(call, shape);
    if (shape.depth() == 0 && bias == null) {
      Pointer.memset(y.data(), 0, y.elements() * y.width());
      return;
    }
    product.write(call, a, b, bias, y);
  }

  private static @Nullable NativeTensor bias(KernelCall call, ProductShape shape) {
    NativeTensor bias = call.optionalInput(RowOperators.BIAS);
    if (bias != null && bias.elements() != shape.b().columns()) {
      throw new IllegalArgumentException(
          "a bias of %s and %d columns do not go together"
              .formatted(bias.extents(), shape.b().columns()));
    }
    return bias;
  }
}
