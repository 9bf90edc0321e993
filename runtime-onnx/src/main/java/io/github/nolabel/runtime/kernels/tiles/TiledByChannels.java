package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
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

/**
 * Threads share the channels of the result, so that the weights' values stay in a core's cache from
 * where they are computed to where they are multiplied. Images take part in rounds; the numbers of
 * a round are cut into tiles first.
 */
final class TiledByChannels implements TiledConvolution {

  private final Tiles some;
  private final Workplace place;
  private final ImageGroups rounds;
  private final TileNumbers numbers;
  private final TiledWeights weights;
  private final ImageBlocks slices;
  private final BlockPasses passes;

  TiledByChannels(Tiles all, boolean turned, Workplace place) {
    this.place = place;
    rounds = TilePolicy.rounds(all);
    some = all.of(rounds.each());
    numbers = TileNumbers.ofX(some, place);
    weights = new TiledWeights(some, turned);
    slices = TilePolicy.slices(some.to(), place.blocks());
    passes = new BlockPasses(slices, place, this::chain);
  }

  private Chain chain(long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory v = chain.given(some.factors(some.from()));
    memory plain = chain.given(weights.plain(some.from(), channels));
    memory y = chain.given(some.y(channels));
    memory values = chain.in(Area.SECOND, weights.values(some.from() * channels));
    weights.rewrite(chain, plain, Area.FIRST, Area.THIRD, values);
    chain.multiply(
        v,
        chain.in(Area.SECOND, weights.factors(some.from(), channels)),
        chain.in(Area.FIRST, some.multiplied(channels)),
        false);
    some.join(chain, channels, Area.FIRST, Area.SECOND, y);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y) {
    Workspace kept = place.memory().weights();
    kept.require(numbers.bytes());
    for (int round = 0; round < rounds.count(); round++) {
      long image = round * rounds.each();
      numbers.write(call, x.from(image), kept.at(0));
      multiply(call, kept.at(0), weight, y.from(image));
    }
  }

  private void multiply(KernelCall call, Pointer v, NativeTensor weight, NativeTensor y) {
    passes.run(
        call,
        slice -> {
          long begin = slices.begin(slice);
          Pointer plain = Arithmetic.FP32.at(weight.data(), weights.offset(0, begin));
          return new Pointer[] {v, plain, y.atNumber(begin)};
        });
  }
}
