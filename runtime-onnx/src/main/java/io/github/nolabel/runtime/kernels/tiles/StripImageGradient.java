package io.github.nolabel.runtime.kernels.tiles;

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

/**
 * From a result's gradient to the images' over {@link Strips}: weights are written first, then
 * threads share the images.
 */
final class StripImageGradient implements TiledConvolution {

  private final Workplace place;
  private final TiledWeights taps;
  private final LoadedWeights weights;
  private final memory.desc liked;
  private final BlockPasses arranging;
  private final ImageGroups groups;
  private final GroupPasses passes;

  StripImageGradient(ConvolutionShape shape, Workplace place) {
    Strips all = new Strips(shape.turned(), place.layout());
    this.place = place;
    taps = new TiledWeights(Strips.TAP_VALUES, all.from(), all.to(), true);
    weights = new LoadedWeights(taps, place);
    groups = TilePolicy.groups(all, place.threads());
    Strips strips = all.of(groups.each());
    liked = strips.weights();
    int points = Strips.POINTS.numbers();
    arranging = new BlockPasses(ImageBlocks.of(points, points), place, one -> arrangingChain());
    passes = new GroupPasses(groups, place, () -> chain(strips));
  }

  private Chain arrangingChain() {
    Chain chain = new Chain(place.memory().scope());
    return chain.move(chain.given(taps.columns()), chain.given(liked));
  }

  private Chain chain(Strips strips) {
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(strips.x());
    memory u = chain.given(liked);
    memory y = chain.given(strips.y());
    strips.cut(chain, x, Area.SECOND, Area.FIRST);
    strips.convolve(chain, Area.FIRST, u, Area.SECOND);
    strips.join(chain, Area.SECOND, Area.FIRST, y);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y) {
    Workspace kept = place.memory().weights();
    long arranged = Workspace.aligned(weights.bytes());
    kept.require(arranged + liked.get_size() * Strips.POINTS.numbers());
    weights.load(call, weight, kept.at(0));
    arrange(call, kept.at(0), kept.at(arranged));
    passes.run(
        call,
        group -> {
          long image = group * groups.each();
          return new Pointer[] {x.at(image), kept.at(arranged), y.at(image)};
        });
  }

  private void arrange(KernelCall call, Pointer values, Pointer arranged) {
    arranging.run(
        call,
        point ->
            new Pointer[] {
              Strips.ARITHMETIC.at(values, point * taps.eachPoint()),
              Strips.ARITHMETIC.at(arranged, point * liked.get_size() / Strips.ARITHMETIC.bytes(1))
            });
  }
}
