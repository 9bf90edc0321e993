package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import org.jspecify.annotations.Nullable;

/**
 * A product of matrices of one shape, in whatever numbers they are at the first time: {@code y =
 * alpha * a b}. Where one of the factors is in bf16, so is the other one's copy that is multiplied.
 */
public final class Product {

  private final ProductShape shape;
  private final Workplace place;
  private @Nullable ProductPlan plan;

  public Product(ProductShape shape, Workplace place) {
    this.shape = shape;
    this.place = place;
  }

  ProductShape shape() {
    return shape;
  }

  /** Writes y. */
  public void write(KernelCall call, NativeTensor a, NativeTensor b, NativeTensor y) {
    write(call, a, b, null, y);
  }

  /**
   * @param bias a float32 vector that is added to all rows; null if there is none
   */
  void write(
      KernelCall call,
      NativeTensor a,
      NativeTensor b,
      @Nullable NativeTensor bias,
      NativeTensor y) {
    if (plan == null) {
      plan = new ProductPlan(shape, ProductPlan.Types.of(a, b, y), bias != null, place);
    }
    plan.run(call, a, b, bias, y);
  }
}
