package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.Chain.Area;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** Where there are fewer tiles than channels: threads share the channels of the images. */
final class TiledGradientByChannels implements TiledGradient {

  private final Tiles all;
  private final Workplace place;
  private final TileNumbers numbersOfX;
  private final TileNumbers numbersOfY;
  private final TiledWeights weights;
  private final ImageBlocks slices;
  private final List<Chain> chains = new ArrayList<>();

  TiledGradientByChannels(ConvolutionShape shape, Workplace place) {
    this.all = new Tiles(shape, place.layout());
    this.place = place;
    numbersOfX = TileNumbers.ofX(shape, place);
    numbersOfY = TileNumbers.ofY(shape, place);
    weights = new TiledWeights(all.from(), all.to(), false);
    slices = Tiles.slices(all.from(), place.blocks());
    for (int i = 0; i < slices.count(); i++) {
      chains.add(chain(slices.size(i)));
    }
  }

  private Chain chain(long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(all.productsTurned(channels));
    memory dy = chain.given(all.products(all.to()));
    memory plain = chain.given(weights.plain(channels, all.to()));
    chain.multiply(x, dy, chain.in(Area.FIRST, Tiles.weights(channels, all.to())), false);
    memory values = chain.in(Area.FIRST, Tiles.rows(Tiles.POINTS, channels * all.to()));
    weights.gradient(chain, List.of(values), Area.SECOND, plain);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    Workspace kept = place.memory().weights();
    kept.require(numbersOfX.bytes() + numbersOfY.bytes());
    Pointer ofX = kept.at(0);
    Pointer ofY = kept.at(numbersOfX.bytes());
    numbersOfX.write(call, x, ofX);
    numbersOfY.write(call, dy, ofY);
    place.parallel(
        call,
        slices.count(),
        (workspace, slice) -> {
          long begin = slices.begin(slice);
          Pointer plain = Tiles.at(dweight.data(), weights.offset(begin, 0));
          chains.get(slice).run(workspace, Tiles.at(ofX, begin), ofY, plain);
        });
  }
}
