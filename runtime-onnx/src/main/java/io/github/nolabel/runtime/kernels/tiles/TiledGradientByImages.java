package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** Threads share the images. */
final class TiledGradientByImages implements TiledGradient {

  private final Tiles all;
  private final Workplace place;
  private final TiledWeights weights;
  private final ImageGroups groups;
  private final GroupSums sums;

  TiledGradientByImages(Tiles all, Workplace place) {
    this.all = all;
    this.place = place;
    weights = new TiledWeights(all, false);
    groups = TilePolicy.groups(all, place.threads());
    ImageBlocks slices = TilePolicy.slices(all.to(), place.blocks());
    sums =
        new GroupSums(
            groups,
            slices,
            weights.gradients(all.to()),
            place,
            this::addingChain,
            this::finishingChain);
  }

  private Chain addingChain(GroupSums sums) {
    Tiles tiles = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory dy = chain.given(tiles.y(all.to()));
    memory part = chain.given(weights.gradients(all.to()));
    tiles.cut(chain, x, Area.FIRST, Area.SECOND, chain.in(Area.FIRST, tiles.values(all.from())));
    tiles.split(chain, dy, Area.THIRD, Area.SECOND, chain.in(Area.THIRD, tiles.values(all.to())));
    return chain.multiply(
        chain.in(Area.THIRD, tiles.factorsTurned(all.to())),
        chain.in(Area.FIRST, tiles.factors(all.from())),
        part,
        sums.addsUp());
  }

  private Chain finishingChain(GroupSums sums, long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory gradient = chain.given(weights.gradient(channels));
    List<memory> values = new ArrayList<>();
    for (int i = 0; i < sums.parts(); i++) {
      values.add(chain.given(weights.gradientColumnsAmong(channels)));
    }
    weights.add(chain, values, gradient);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    sums.add(call, dy, x);
    sums.finish(
        call, dweight, channel -> weights.offset(0, channel), channel -> channel * all.from());
  }
}
