package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** The weights' values are written first, then threads share the images. */
final class TiledByImages implements TiledConvolution {

  private final Workplace place;
  private final LoadedWeights weights;
  private final ImageGroups groups;
  private final GroupPasses passes;

  TiledByImages(Tiles all, boolean turned, Workplace place) {
    this.place = place;
    weights = new LoadedWeights(new TiledWeights(all, turned), place);
    groups = TilePolicy.groups(all, place.threads());
    passes = new GroupPasses(groups, place, () -> chain(all.of(groups.each())));
  }

  private Chain chain(Tiles tiles) {
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory u = chain.given(weights.layout());
    memory y = chain.given(tiles.y(tiles.to()));
    memory v = chain.in(Area.FIRST, tiles.values(tiles.from()));
    tiles.cut(chain, x, Area.FIRST, Area.SECOND, v);
    chain.multiply(
        chain.in(Area.FIRST, tiles.factors(tiles.from())),
        u,
        chain.in(Area.SECOND, tiles.multiplied(tiles.to())),
        false);
    tiles.join(chain, tiles.to(), Area.SECOND, Area.FIRST, y);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y) {
    Workspace kept = place.memory().weights();
    kept.require(weights.bytes());
    weights.load(call, weight, kept.at(0));
    passes.run(
        call,
        group -> {
          long image = group * groups.each();
          return new Pointer[] {x.at(image), kept.at(0), y.at(image)};
        });
  }
}
