package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** The weights' values are written first, then threads share the images. */
final class TiledByImages implements TiledConvolution {

  private final Tiles all;
  private final Workplace place;
  private final TiledWeights weights;
  private final long bytes;
  private final ImageBlocks slices;
  private final BlockPasses loading;
  private final ImageGroups groups;
  private final GroupPasses passes;

  TiledByImages(Tiles all, boolean turned, Workplace place) {
    this.all = all;
    this.place = place;
    weights = new TiledWeights(all, turned);
    bytes = weights.factors(all.from(), all.to()).get_size();
    slices = TilePolicy.slices(all.from(), place.blocks());
    loading = new BlockPasses(slices, place, this::loadingChain);
    groups = TilePolicy.groups(all, place.threads());
    passes = new GroupPasses(groups, place, this::chain);
  }

  private Chain loadingChain(long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory plain = chain.given(weights.plain(channels, all.to()));
    memory values = chain.given(weights.rowsAmong(all.size().arithmetic(), channels));
    weights.rewrite(chain, plain, Area.FIRST, Area.SECOND, values);
    return chain;
  }

  private Chain chain() {
    Tiles tiles = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory u = chain.given(weights.factors(all.from(), all.to()));
    memory y = chain.given(tiles.y(all.to()));
    memory v = chain.in(Area.FIRST, tiles.values(all.from()));
    tiles.cut(chain, x, Area.FIRST, Area.SECOND, v);
    chain.multiply(
        chain.in(Area.FIRST, tiles.factors(all.from())),
        u,
        chain.in(Area.SECOND, tiles.multiplied(all.to())),
        false);
    tiles.join(chain, all.to(), Area.SECOND, Area.FIRST, y);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y) {
    Pointer u = load(call, weight);
    passes.run(
        call,
        group -> {
          long image = group * groups.each();
          return new Pointer[] {x.at(image), u, y.at(image)};
        });
  }

  private Pointer load(KernelCall call, NativeTensor weight) {
    Workspace kept = place.memory().weights();
    kept.require(bytes);
    loading.run(
        call,
        slice -> {
          long begin = slices.begin(slice);
          Pointer plain = Arithmetic.FP32.at(weight.data(), weights.offset(begin, 0));
          return new Pointer[] {plain, all.size().arithmetic().at(kept.at(0), begin * all.to())};
        });
    return kept.at(0);
  }
}
