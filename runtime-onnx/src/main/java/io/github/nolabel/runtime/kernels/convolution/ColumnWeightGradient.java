package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.tiles.GroupSums;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * The gradient for a convolution's weights by {@link Columns}: {@code rows' dy}, added up in {@link
 * GroupSums}.
 */
final class ColumnWeightGradient {

  private final Columns all;
  private final Workplace place;
  private final ImageGroups groups;
  private final GroupSums sums;

  ColumnWeightGradient(ConvolutionShape shape, Workplace place) {
    this.all = new Columns(shape, place.layout());
    this.place = place;
    groups = Columns.groups(shape, place.threads());
    ImageBlocks slices = ImageBlocks.of(all.to(), place.blocks());
    sums =
        new GroupSums(
            groups, slices, all.weights(), place, this::addingChain, this::finishingChain);
  }

  private Chain addingChain(GroupSums sums) {
    Columns some = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(some.x());
    memory dy = chain.given(some.y());
    memory part = chain.given(all.weights());
    some.cut(chain, x, Area.FIRST, (rows, begin) -> chain.in(Area.SECOND, rows, begin));
    return chain.multiply(chain.in(Area.SECOND, some.rowsTurned()), dy, part, sums.addsUp());
  }

  /** From {@code [taps, from, to]} of each part to ONNX's weights. */
  private Chain finishingChain(GroupSums sums, long some) {
    Chain chain = new Chain(place.memory().scope());
    memory plain = chain.given(all.plainWeights(some));
    for (int i = 0; i < sums.parts(); i++) {
      memory part =
          chain.given(
              Arithmetic.FP32.strided(
                  List.of(some, all.taps(), all.from()),
                  List.of(1L, all.from() * all.to(), all.to())));
      if (i == 0) {
        chain.move(part, plain);
      } else {
        chain.add(part, plain);
      }
    }
    return chain;
  }

  void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    sums.add(call, dy, x);
    sums.finish(call, dweight, channel -> channel * all.width(), channel -> channel);
  }
}
