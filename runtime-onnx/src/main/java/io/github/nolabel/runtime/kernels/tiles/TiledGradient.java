package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;

/**
 * The gradient for the weights of a {@link TiledConvolution}, for one shape: {@code G' ((B x) (A'
 * dy)) G}, added up over tiles or, in bf16, over {@link Strips}.
 */
public interface TiledGradient {

  void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight);

  static TiledGradient of(ConvolutionShape shape, Workplace place) {
    if (TilePolicy.stripsPay(shape, place)) {
      return TiledGradientByImages.of(new Strips(shape, place.layout()), place);
    }
    Tiles tiles = TilePolicy.tiles(shape, place);
    return TilePolicy.byChannels(tiles)
        ? new TiledGradientByChannels(tiles, place)
        : TiledGradientByImages.of(tiles, place);
  }
}
