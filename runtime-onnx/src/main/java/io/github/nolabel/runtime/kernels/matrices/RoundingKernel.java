package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Workplace;

/** A float32 tensor in bf16. */
final class RoundingKernel implements Kernel {

  private final Rounding rounding;

  private RoundingKernel(Workplace place) {
    rounding = new Rounding(place);
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new RoundingKernel(place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    NativeTensor y = call.output(0, x.extents());
    if (y != null && y.elements() > 0) {
      rounding.write(call, x, y);
    }
  }
}
