package io.github.nolabel.runtime.kernels;

/**
 * The gradient for the weights of a {@link TiledConvolution}, for one shape: {@code G' ((B x) (A'
 * dy)) G}, added up over tiles.
 */
interface TiledGradient {

  void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight);

  static TiledGradient of(ConvolutionShape shape, Workplace place) {
    return TilePolicy.byChannels(shape)
        ? new TiledGradientByChannels(shape, place)
        : new TiledGradientByImages(shape, place);
  }
}
