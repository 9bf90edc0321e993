package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** The gradient for a convolution's images by {@link Columns}: {@code rows = dy weights'}. */
final class ColumnImageGradient {

  private final Columns all;
  private final Workplace place;
  private final ImageBlocks slices;
  private final long bytes;
  private final BlockPasses loading;
  private final ImageGroups groups;
  private final GroupPasses passes;

  ColumnImageGradient(ConvolutionShape shape, Workplace place) {
    this.all = new Columns(shape, place.layout());
    this.place = place;
    slices = ImageBlocks.of(all.to(), place.blocks());
    bytes = all.turnedWeights(all.to()).get_size();
    loading = new BlockPasses(slices, place, this::loadingChain);
    groups = Columns.groups(shape, place.threads());
    passes = new GroupPasses(groups, place, this::chain);
  }

  /** To {@code [to, taps, from]}. */
  private Chain loadingChain(long some) {
    Chain chain = new Chain(place.memory().scope());
    memory plain = chain.given(all.plainWeights(some));
    return chain.move(plain, chain.given(all.turnedWeightsByTaps(some)));
  }

  private Chain chain() {
    Columns some = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory dy = chain.given(some.y());
    memory weights = chain.given(all.turnedWeights(all.to()));
    memory dx = chain.given(some.x());
    chain.multiply(dy, weights, chain.in(Area.FIRST, some.rows()), false);
    some.join(chain, (part, begin) -> chain.in(Area.FIRST, part, begin), Area.SECOND, dx);
    return chain;
  }

  void run(KernelCall call, NativeTensor dy, NativeTensor weight, NativeTensor dx) {
    Pointer loaded = load(call, weight);
    passes.run(
        call,
        group -> {
          long image = group * groups.each();
          return new Pointer[] {dy.at(image), loaded, dx.at(image)};
        });
  }

  private Pointer load(KernelCall call, NativeTensor weight) {
    Workspace kept = place.memory().weights();
    kept.require(bytes);
    loading.run(
        call,
        slice -> {
          long begin = slices.begin(slice) * all.width();
          Pointer loaded = kept.at(bytes / all.to() * slices.begin(slice));
          return new Pointer[] {weight.atNumber(begin), loaded};
        });
    return kept.at(0);
  }
}
