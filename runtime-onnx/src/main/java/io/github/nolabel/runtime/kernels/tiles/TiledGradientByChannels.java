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
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Threads share the channels of the results, whose tiles take part in rounds. Where one round is
 * enough, the gradients of the weights' values never leave a core's cache.
 */
final class TiledGradientByChannels implements TiledGradient {

  private final Tiles some;
  private final Workplace place;
  private final ImageGroups rounds;
  private final TileNumbers numbersOfX;
  private final TileNumbers numbersOfY;
  private final TiledWeights weights;
  private final long sumBytes;
  private final ImageBlocks slices;

  /** By the round. */
  private final List<BlockPasses> passes = new ArrayList<>();

  TiledGradientByChannels(Tiles all, Workplace place) {
    this.place = place;
    rounds = TilePolicy.rounds(all);
    some = all.of(rounds.each());
    numbersOfX = TileNumbers.ofX(some, place);
    numbersOfY = TileNumbers.ofY(some, place);
    weights = new TiledWeights(some, false);
    slices = TilePolicy.slices(some.to(), place.blocks());
    sumBytes = rounds.count() == 1 ? 0 : bytesOfSum();
    for (int round = 0; round < rounds.count(); round++) {
      passes.add(round < 2 || isLast(round) ? passes(round) : passes.get(1));
    }
  }

  private long bytesOfSum() {
    long most = (some.to() + slices.count() - 1) / slices.count();
    return Workspace.aligned(weights.gradients(most).get_size());
  }

  private boolean isLast(int round) {
    return round == rounds.count() - 1;
  }

  private BlockPasses passes(int round) {
    return new BlockPasses(slices, place, channels -> chain(channels, round));
  }

  private Chain chain(long channels, int round) {
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(some.factors(some.from()));
    memory dy = chain.given(some.factorsTurned(channels));
    memory gradient = chain.given(weights.gradient(channels));
    memory sum = sum(chain, weights.gradients(channels));
    memory columns = sum(chain, weights.gradientColumns(channels));
    chain.multiply(dy, x, sum, round > 0);
    if (isLast(round)) {
      weights.add(chain, List.of(columns), gradient);
    }
    return chain;
  }

  private memory sum(Chain chain, memory.desc layout) {
    return rounds.count() == 1 ? chain.in(Area.FIRST, layout) : chain.given(layout);
  }

  @Override
  public void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    Workspace kept = place.memory().weights();
    kept.require(numbersOfX.bytes() + numbersOfY.bytes() + sumBytes * slices.count());
    for (int round = 0; round < rounds.count(); round++) {
      long image = round * rounds.each();
      numbersOfX.write(call, x.from(image), kept.at(0));
      numbersOfY.write(call, dy.from(image), kept.at(numbersOfX.bytes()));
      add(call, round, kept, dweight);
    }
  }

  private void add(KernelCall call, int round, Workspace kept, NativeTensor dweight) {
    Pointer ofX = kept.at(0);
    Pointer ofY = kept.at(numbersOfX.bytes());
    long sums = numbersOfX.bytes() + numbersOfY.bytes();
    passes
        .get(round)
        .run(
            call,
            slice -> {
              long begin = slices.begin(slice);
              Pointer ofSlice = some.size().arithmetic().at(ofY, begin);
              Pointer gradient = Arithmetic.FP32.at(dweight.data(), weights.offset(0, begin));
              Pointer sum = kept.at(sums + sumBytes * slice);
              return new Pointer[] {ofX, ofSlice, gradient, sum, sum};
            });
  }
}
