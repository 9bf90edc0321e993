package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.Chain.Area;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * A 3 x 3 convolution over {@link Tiles} of which there are fewer than channels. The numbers of all
 * images are cut first; then threads share the channels of the result, so that the weights' values
 * stay in a core's cache from where they are computed to where they are multiplied.
 */
final class TiledByChannels implements TiledConvolution {

  private final Workplace place;
  private final TileNumbers numbers;
  private final TiledWeights weights;
  private final long wide;
  private final ImageBlocks slices;
  private final List<Chain> chains = new ArrayList<>();

  TiledByChannels(ConvolutionShape shape, boolean turned, Workplace place) {
    this.place = place;
    Tiles all = new Tiles(shape, place.layout());
    wide = all.to();
    numbers = TileNumbers.ofX(shape, place);
    slices = Tiles.slices(wide, place.blocks());
    weights = new TiledWeights(all.from(), wide, turned);
    for (int i = 0; i < slices.count(); i++) {
      chains.add(chain(all, slices.size(i)));
    }
  }

  private Chain chain(Tiles all, long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory v = chain.given(all.products(all.from()));
    memory plain = chain.given(weights.plain(all.from(), channels));
    memory y = chain.given(all.yOf(channels));
    memory u = chain.in(Area.SECOND, Tiles.rows(Tiles.POINTS, all.from() * channels));
    weights.values(chain, plain, Area.FIRST, u);
    chain.multiply(
        v,
        chain.in(Area.SECOND, Tiles.weights(all.from(), channels)),
        chain.in(Area.FIRST, all.products(channels)),
        false);
    all.join(chain, channels, Area.FIRST, Area.SECOND, y);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y) {
    Workspace kept = place.memory().weights();
    kept.require(numbers.bytes());
    numbers.write(call, x, kept.at(0));
    place.parallel(
        call,
        slices.count(),
        (workspace, slice) -> {
          long begin = slices.begin(slice);
          Pointer part = Tiles.at(weight.data(), weights.offset(0, begin));
          Pointer result = y.numbersFrom(begin);
          chains.get(slice).run(workspace, kept.at(0), part, result);
        });
  }
}
