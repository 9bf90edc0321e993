package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * What arrives before ReLU, as the beginning of a pass over a group of images: {@code dy + other
 * where y > 0, else 0}. The pass is given dy, the other, y and the result, those that there are.
 *
 * @param y and its result have this shape
 * @param other is added to dy, if there is one; where an extent is 1 either one is spread
 * @param kept whether the result is written, besides being read by the next primitive
 */
record MaskedGradient(MapShape y, MapShape dy, @Nullable MapShape other, boolean kept) {

  MaskedGradient {
    MapShape sum = other == null ? dy : MapShape.spread(List.of(dy, other));
    if (!sum.equals(y)) {
      throw new IllegalArgumentException("the gradient is %s, expected %s".formatted(sum, y));
    }
  }

  /** The result, as the next primitive reads it. */
  memory begin(Pass pass, Workplace place) {
    memory.desc maps = in(place, y);
    memory sum = other == null ? null : sum(pass, place, other);
    pass.then(new eltwise_backward(ElementwiseKernel.reluGradient(maps)), new memory.desc());
    if (sum == null) {
      pass.read(dnnl.DNNL_ARG_DIFF_DST, maps);
    } else {
      pass.shared(dnnl.DNNL_ARG_DIFF_DST, sum);
    }
    pass.read(dnnl.DNNL_ARG_SRC, maps);
    return kept
        ? pass.written(dnnl.DNNL_ARG_DIFF_SRC, maps)
        : pass.part(dnnl.DNNL_ARG_DIFF_SRC, maps);
  }

  private memory sum(Pass pass, Workplace place, MapShape second) {
    boolean inOrder = dy.equals(y);
    MapShape all = inOrder ? dy : second;
    MapShape spread = inOrder ? second : dy;
    binary.primitive_desc made =
        new binary.primitive_desc(
            OneDnn.loaded().engine(),
            dnnl.algorithm.binary_add,
            in(place, all),
            in(place, spread),
            in(place, y),
            OneDnn.attributes(),
            false);
    pass.then(new binary(made), made.scratchpad_desc());
    pass.read(inOrder ? dnnl.DNNL_ARG_SRC_0 : dnnl.DNNL_ARG_SRC_1, in(place, dy));
    pass.read(inOrder ? dnnl.DNNL_ARG_SRC_1 : dnnl.DNNL_ARG_SRC_0, in(place, second));
    return pass.part(dnnl.DNNL_ARG_DST, in(place, y));
  }

  private memory.desc in(Workplace place, MapShape shape) {
    return shape.in(place.layout(), y.groups().each());
  }
}
