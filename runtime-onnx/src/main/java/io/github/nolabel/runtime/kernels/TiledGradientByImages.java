package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.Chain.Area;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Threads share the images. There are as many parts of the sum as threads and they are added in
 * order, whoever computed them: the same number of threads gives the same bits.
 */
final class TiledGradientByImages implements TiledGradient {

  private final Tiles all;
  private final Workplace place;
  private final TiledWeights weights;
  private final ImageGroups groups;
  private final ImageBlocks parts;
  private final List<Chain> adding = new ArrayList<>();
  private final ImageBlocks slices;
  private final List<Chain> finishing = new ArrayList<>();

  TiledGradientByImages(ConvolutionShape shape, Workplace place) {
    this.all = new Tiles(shape, place.layout());
    this.place = place;
    weights = new TiledWeights(all.from(), all.to(), false);
    groups = TilePolicy.groups(shape, place.threads());
    parts = ImageBlocks.of(groups.count(), place.threads());
    slices = TilePolicy.slices(all.from(), place.blocks());
    for (int i = 0; i < parts.count(); i++) {
      adding.add(addingChain());
    }
    for (int i = 0; i < slices.count(); i++) {
      finishing.add(finishingChain(slices.size(i)));
    }
  }

  private long partBytes() {
    return Workspace.aligned(Tiles.weights(all.from(), all.to()).get_size());
  }

  private boolean isOneGroupEach() {
    return parts.count() == groups.count();
  }

  private Chain addingChain() {
    Tiles tiles = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory dy = chain.given(tiles.y(all.to()));
    memory part = chain.given(Tiles.weights(all.from(), all.to()));
    tiles.cut(chain, x, Area.FIRST, Area.SECOND, chain.in(Area.FIRST, tiles.points(all.from())));
    tiles.split(chain, dy, Area.THIRD, Area.SECOND, chain.in(Area.THIRD, tiles.points(all.to())));
    return chain.multiply(
        chain.in(Area.FIRST, tiles.productsTurned(all.from())),
        chain.in(Area.THIRD, tiles.products(all.to())),
        part,
        !isOneGroupEach());
  }

  private Chain finishingChain(long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory plain = chain.given(weights.plain(channels, all.to()));
    List<memory> values = new ArrayList<>();
    for (int i = 0; i < parts.count(); i++) {
      values.add(chain.given(Tiles.rowsAmong(channels, all.from(), all.to())));
    }
    weights.gradient(chain, values, Area.FIRST, plain);
    return chain;
  }

  @Override
  public void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    Workspace sums = place.memory().weights();
    sums.require(partBytes() * parts.count());
    add(call, dy, x, sums);
    finish(call, sums, dweight);
  }

  private void add(KernelCall call, NativeTensor dy, NativeTensor x, Workspace sums) {
    place.parallel(
        call,
        parts.count(),
        (workspace, i) -> {
          Pointer part = sums.at(partBytes() * i);
          if (!isOneGroupEach()) {
            Pointer.memset(part, 0, partBytes());
          }
          for (long group = parts.begin(i); group < parts.begin(i + 1); group++) {
            long image = group * groups.each();
            adding.get(i).run(workspace, x.at(image), dy.at(image), part);
          }
        });
  }

  private void finish(KernelCall call, Workspace sums, NativeTensor dweight) {
    place.parallel(
        call,
        slices.count(),
        (workspace, slice) -> {
          long begin = slices.begin(slice);
          Pointer[] given = new Pointer[1 + parts.count()];
          given[0] = Tiles.at(dweight.data(), weights.offset(begin, 0));
          for (int i = 0; i < parts.count(); i++) {
            given[1 + i] = Tiles.at(sums.at(partBytes() * i), begin * all.to());
          }
          finishing.get(slice).run(workspace, given);
        });
  }
}
