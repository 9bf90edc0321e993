package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Multiplies matrices, with primitives that are made once for every shape. */
public final class Products {

  private final Workplace place;
  private final Map<Kind, ProductPlan> plans = new HashMap<>();

  public Products(Workplace place) {
    this.place = place;
  }

  private record Kind(ProductShape shape, ProductPlan.Types types, boolean biased) {}

  /**
   * Writes {@code y = alpha * a b}. Where one of the factors is in bf16, so is the other one's copy
   * that is multiplied.
   */
  public void multiply(
      KernelCall call, ProductShape shape, NativeTensor a, NativeTensor b, NativeTensor y) {
    multiply(call, shape, a, b, null, y);
  }

  /**
   * Writes {@code y = alpha * a b + bias}.
   *
   * @param bias a float32 vector that is added to all rows; null if there is none
   */
  void multiply(
      KernelCall call,
      ProductShape shape,
      NativeTensor a,
      NativeTensor b,
      @Nullable NativeTensor bias,
      NativeTensor y) {
    plans
        .computeIfAbsent(
            new Kind(shape, ProductPlan.Types.of(a, b, y), bias != null),
            kind -> new ProductPlan(shape, kind.types(), kind.biased(), place))
        .run(call, a, b, bias, y);
  }
}
