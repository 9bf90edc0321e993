package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** All values of a convolution's weights, which threads write together before they share images. */
final class LoadedWeights {

  private final TiledWeights weights;
  private final ImageBlocks slices;
  private final BlockPasses passes;

  LoadedWeights(TiledWeights weights, Workplace place) {
    this.weights = weights;
    slices = TilePolicy.slices(weights.from(), place.blocks());
    passes = new BlockPasses(slices, place, channels -> chain(place, channels));
  }

  private Chain chain(Workplace place, long channels) {
    Chain chain = new Chain(place.memory().scope());
    memory plain = chain.given(weights.plain(channels, weights.to()));
    memory values = chain.given(weights.rowsAmong(weights.taps().arithmetic(), channels));
    weights.rewrite(chain, plain, Area.FIRST, Area.SECOND, values);
    return chain;
  }

  /** Of {@link #layout}. */
  long bytes() {
    return layout().get_size();
  }

  /** A matrix of values for each point, of channels by channels. */
  memory.desc layout() {
    return weights.factors(weights.from(), weights.to());
  }

  /** Writes them there. */
  void load(KernelCall call, NativeTensor weight, Pointer values) {
    passes.run(
        call,
        slice -> {
          long begin = slices.begin(slice);
          return new Pointer[] {
            Arithmetic.FP32.at(weight.data(), weights.offset(begin, 0)),
            weights.taps().arithmetic().at(values, begin * weights.to())
          };
        });
  }
}
