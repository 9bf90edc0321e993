package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.kernels.ToomCook.RESULTS;

import io.github.nolabel.runtime.kernels.Chain.Area;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A 3 x 3 convolution over {@link Tiles}, for one shape: a quarter of the multiplications. The
 * gradient for the images is one as well, of the results' gradient with weights turned around.
 */
final class TiledConvolution {

  private static final long SQUARE = (long) RESULTS * RESULTS;
  private static final FloatPointer NUMBERS = ToomCook.squared(ToomCook.numbers());
  private static final FloatPointer RESULT = ToomCook.squared(ToomCook.results());

  private final ConvolutionShape shape;
  private final Workplace place;
  private final TiledWeights weights;
  private final ImageGroups groups;
  private final GroupPasses passes;

  private TiledConvolution(ConvolutionShape shape, boolean turned, Workplace place) {
    this.shape = shape;
    this.place = place;
    this.weights = new TiledWeights(shape, turned, place);
    this.groups = Tiles.groups(shape, place.threads());
    this.passes = new GroupPasses(groups, place, this::chain);
  }

  static TiledConvolution of(ConvolutionShape shape, Workplace place) {
    return new TiledConvolution(shape, false, place);
  }

  /** From y's gradient to x's. */
  static TiledConvolution imageGradient(ConvolutionShape shape, Workplace place) {
    return new TiledConvolution(shape.turned(), true, place);
  }

  private Chain chain() {
    Tiles tiles = Tiles.of(shape, groups.each(), place.layout());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory u = chain.given(Tiles.weights(tiles.from(), tiles.to()));
    memory y = chain.given(tiles.y());
    memory numbers = tiles.cut(chain, x, Area.FIRST, Area.SECOND);
    chain.multiply(
        numbersMatrix(chain), numbers, chain.in(Area.FIRST, tiles.points(tiles.from())), false);
    chain.multiply(
        chain.in(Area.FIRST, tiles.products(tiles.from())),
        u,
        chain.in(Area.SECOND, tiles.products(tiles.to())),
        false);
    chain.multiply(
        chain.kept(Tiles.rows(SQUARE, Tiles.POINTS), RESULT),
        chain.in(Area.SECOND, tiles.points(tiles.to())),
        chain.in(Area.FIRST, tiles.results(tiles.to())),
        false);
    tiles.join(chain, Area.FIRST, Area.SECOND, y);
    return chain;
  }

  static memory numbersMatrix(Chain chain) {
    return chain.kept(Tiles.rows(Tiles.POINTS, Tiles.POINTS), NUMBERS);
  }

  void run(KernelCall call, NativeTensor x, NativeTensor weight, NativeTensor y) {
    Pointer u = weights.load(call, weight, place);
    passes.run(
        call,
        group -> {
          long image = group * groups.each();
          return new Pointer[] {x.at(image), u, y.at(image)};
        });
  }
}
