package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;

/** Threads share the images. */
final class TiledGradientByImages implements TiledGradient {

  private final TiledWeights weights;
  private final Workplace place;
  private final GroupSums sums;

  private TiledGradientByImages(
      TiledWeights weights,
      ImageGroups groups,
      Workplace place,
      Function<GroupSums, Chain> adding) {
    this.weights = weights;
    this.place = place;
    sums =
        new GroupSums(
            groups,
            TilePolicy.slices(weights.to(), place.blocks()),
            weights.gradients(weights.to()),
            place,
            adding,
            this::finishingChain);
  }

  static TiledGradient of(Tiles all, Workplace place) {
    TiledWeights weights = new TiledWeights(all, false);
    ImageGroups groups = TilePolicy.groups(all, place.threads());
    Tiles tiles = all.of(groups.each());
    return new TiledGradientByImages(
        weights, groups, place, sums -> addingChain(tiles, weights, sums, place));
  }

  static TiledGradient of(Strips all, Workplace place) {
    TiledWeights weights = new TiledWeights(Strips.TAP_VALUES, all.from(), all.to(), false);
    ImageGroups groups = TilePolicy.groups(all, place.threads());
    Strips strips = all.of(groups.each());
    return new TiledGradientByImages(
        weights, groups, place, sums -> addingChain(strips, weights, sums, place));
  }

  private static Chain addingChain(
      Tiles tiles, TiledWeights weights, GroupSums sums, Workplace place) {
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory dy = chain.given(tiles.y(tiles.to()));
    memory part = chain.given(weights.gradients(tiles.to()));
    memory values = chain.in(Area.FIRST, tiles.values(tiles.from()));
    tiles.cut(chain, x, Area.FIRST, Area.SECOND, values);
    tiles.split(chain, dy, Area.THIRD, Area.SECOND, chain.in(Area.THIRD, tiles.values(tiles.to())));
    return chain.multiply(
        chain.in(Area.THIRD, tiles.factorsTurned(tiles.to())),
        chain.in(Area.FIRST, tiles.factors(tiles.from())),
        part,
        sums.addsUp());
  }

  private static Chain addingChain(
      Strips strips, TiledWeights weights, GroupSums sums, Workplace place) {
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(strips.x());
    memory dy = chain.given(strips.y());
    memory part = chain.given(weights.gradients(strips.to()));
    strips.cut(chain, x, Area.SECOND, Area.FIRST);
    strips.split(chain, dy, Area.SECOND, Area.THIRD);
    strips.multiply(chain, Area.FIRST, Area.THIRD, weights, part, sums.addsUp());
    return chain;
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
        call, dweight, channel -> weights.offset(0, channel), channel -> channel * weights.from());
  }
}
