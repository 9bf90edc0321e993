package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;

/**
 * A 3 x 3 convolution over {@link Tiles}, for one shape: less than half of the multiplications. The
 * gradient for the images is one as well, of the results' gradient with weights turned around; in
 * bf16 it may be over {@link Strips}.
 */
public interface TiledConvolution {

  void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y);

  static TiledConvolution of(ConvolutionShape shape, Workplace place) {
    return of(shape, false, place);
  }

  /** From y's gradient to x's. */
  static TiledConvolution imageGradient(ConvolutionShape shape, Workplace place) {
    return TilePolicy.stripsPay(shape, place)
        ? new StripImageGradient(shape, place)
        : of(shape.turned(), true, place);
  }

  private static TiledConvolution of(ConvolutionShape shape, boolean turned, Workplace place) {
    Tiles tiles = TilePolicy.tiles(shape, place);
    return TilePolicy.byChannels(tiles)
        ? new TiledByChannels(tiles, turned, place)
        : new TiledByImages(tiles, turned, place);
  }
}
