package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * Some images of a 3 x 3 convolution cut into tiles of squares of results, each of which comes from
 * a larger square of numbers that overlaps with those of its neighbours, see {@link ToomCook}. All
 * is channels last: points, tiles, channels. Values are of the size's arithmetic, products and
 * results in float32.
 *
 * @param shape of the images' convolution
 */
record Tiles(ConvolutionShape shape, MapLayout layout, TileSize size) {

  private static final long MANY_COLUMNS = 4;

  /** The same for so many images of the batch. */
  Tiles of(long images) {
    return new Tiles(shape.withImages(images), layout, size);
  }

  long images() {
    return shape.x().get(0);
  }

  long rows() {
    return size.along(shape.y()[2]);
  }

  long columns() {
    return size.along(shape.y()[3]);
  }

  /** Tiles of an image. */
  long each() {
    return rows() * columns();
  }

  long count() {
    return images() * each();
  }

  long from() {
    return shape.x().get(1);
  }

  long to() {
    return shape.weight().get(0);
  }

  /** The images as they are given. */
  memory.desc x() {
    return layout.of(shape.xExtents());
  }

  /** Whether tiles end where the results do, which are then given as squares. */
  private boolean isExact() {
    return rows() * size.results() == shape.y()[2] && columns() * size.results() == shape.y()[3];
  }

  /** Some channels of the results as they are given. */
  memory.desc y(long channels) {
    long[] y = shape.y();
    return isExact()
        ? layout.strided(squares(channels), grid(y[2], y[3], to()))
        : layout.strided(
            List.of(y[0], channels, y[2], y[3]),
            List.of(y[2] * y[3] * to(), 1L, y[3] * to(), to()));
  }

  /** Values, {@code [points, tiles * channels]}, to apply {@link ToomCook}'s matrices to. */
  memory.desc values(long channels) {
    return size.arithmetic().staggeredRows(size.points(), count() * channels);
  }

  /** The same of products. */
  private memory.desc products(long channels) {
    return Arithmetic.FP32.staggeredRows(size.points(), count() * channels);
  }

  /** {@code [results, tiles * channels]}. */
  private memory.desc results(Arithmetic arithmetic, long channels) {
    return arithmetic.staggeredRows(size.square(), count() * channels);
  }

  /** A matrix of values for each point, of tiles by channels. */
  memory.desc factors(long channels) {
    return size.arithmetic().staggeredMatrices(size.points(), count(), channels);
  }

  /** The same of products. */
  memory.desc multiplied(long channels) {
    return Arithmetic.FP32.staggeredMatrices(size.points(), count(), channels);
  }

  /** Some channels of y, with rows and columns swapped. */
  memory.desc factorsTurned(long some) {
    return size.arithmetic()
        .strided(
            List.of(size.points(), some, count()),
            List.of(size.arithmetic().staggered(count() * to()), 1L, to()));
  }

  /** Those of some images among all. */
  memory.desc valuesAmong(Tiles all, long channels) {
    return size.arithmetic()
        .strided(
            List.of(size.points(), count() * channels),
            List.of(size.arithmetic().staggered(all.count() * channels), 1L));
  }

  /**
   * From images to their values at points; padded in one area and cut in the other, or in loops.
   */
  void cut(Chain chain, memory x, Area padding, Area cut, memory values) {
    if (inLoops()) {
      TileLoops loops = new TileLoops(this, values.get_desc().get_strides().get(0));
      chain.loop(x, values, loops::run);
      return;
    }
    long channels = from();
    long height = rows() * size.results() + TAPS - 1;
    long width = columns() * size.results() + TAPS - 1;
    pad(chain, x, padding, height, width);
    for (int top = 0; top < size.numbers(); top += size.results()) {
      for (int left = 0; left < size.numbers(); left += size.results()) {
        long down = Math.min(size.results(), size.numbers() - top);
        long along = Math.min(size.results(), size.numbers() - left);
        List<Long> extents = List.of(images(), rows(), down, columns(), along, channels);
        chain.move(
            chain.in(
                padding,
                size.arithmetic().strided(extents, grid(height, width, channels)),
                (top * width + left) * channels),
            chain.in(
                cut,
                size.arithmetic()
                    .strided(extents, apart(size.arithmetic(), size.numbers(), channels)),
                ((long) top * size.numbers() + left)
                    * size.arithmetic().staggered(count() * channels)));
      }
    }
    chain.multiply(size.cut.in(chain), chain.in(cut, values(channels)), values, false);
  }

  /** Shorter rows are not worth a loop. */
  private boolean inLoops() {
    boolean floats = size.arithmetic() == Arithmetic.FP32 && layout.type() == memory.data_type.f32;
    boolean indexed =
        size.points() * size.arithmetic().staggered(count() * from()) <= Integer.MAX_VALUE;
    return floats && indexed && columns() >= MANY_COLUMNS;
  }

  private void pad(Chain chain, memory x, Area padding, long height, long width) {
    List<Long> pads = shape.window().pads();
    long row = width * from();
    memory inner =
        chain.in(
            padding,
            size.arithmetic().strided(shape.x(), List.of(height * row, 1L, row, from())),
            pads.get(0) * row + pads.get(1) * from());
    chain.zero(chain.in(padding, size.arithmetic().rows(images(), height * row))).move(x, inner);
  }

  /** Strides of image, tile and number along both axes, and channel, in images of this size. */
  private List<Long> grid(long height, long width, long channels) {
    return List.of(
        height * width * channels,
        size.results() * width * channels,
        width * channels,
        size.results() * channels,
        channels,
        1L);
  }

  /** The same where each number of a tile's square lies in a row of its own. */
  private List<Long> apart(Arithmetic arithmetic, long side, long channels) {
    long row = arithmetic.staggered(count() * channels);
    return List.of(each() * channels, columns() * channels, side * row, channels, row, 1L);
  }

  private List<Long> squares(long channels) {
    return List.of(
        images(), rows(), (long) size.results(), columns(), (long) size.results(), channels);
  }

  /** Results, each of a tile's in a row of its own, seen as squares. */
  private memory.desc squaresApart(Arithmetic arithmetic, long channels) {
    return arithmetic.strided(squares(channels), apart(arithmetic, size.results(), channels));
  }

  /** Results side by side, those beyond the border included. */
  private memory.desc whole(Arithmetic arithmetic, long channels) {
    return arithmetic.strided(
        squares(channels), grid(rows() * size.results(), columns() * size.results(), channels));
  }

  /** Those within the border. */
  private memory.desc within(Arithmetic arithmetic, long channels) {
    long width = columns() * size.results() * channels;
    long[] y = shape.y();
    return arithmetic.strided(
        List.of(y[0], channels, y[2], y[3]),
        List.of(rows() * size.results() * width, 1L, width, channels));
  }

  /** From products of some channels in one area, over the other, to y. */
  void join(Chain chain, long channels, Area products, Area other, memory y) {
    Arithmetic arithmetic = Arithmetic.FP32;
    chain.multiply(
        size.join.in(chain),
        chain.in(products, products(channels)),
        chain.in(other, results(arithmetic, channels)),
        false);
    memory apart = chain.in(other, squaresApart(arithmetic, channels));
    if (isExact()) {
      chain.move(apart, y);
    } else {
      chain.move(apart, chain.in(products, whole(arithmetic, channels)));
      chain.move(chain.in(products, within(arithmetic, channels)), y);
    }
  }

  /** The gradient of {@link #join}: from y's, by way of two areas, to the products'. */
  void split(Chain chain, memory dy, Area one, Area other, memory products) {
    Arithmetic arithmetic = size.arithmetic();
    memory apart = chain.in(other, squaresApart(arithmetic, to()));
    if (isExact()) {
      chain.move(dy, apart);
    } else {
      memory whole = chain.in(one, whole(arithmetic, to()));
      chain.zero(whole).move(dy, chain.in(one, within(arithmetic, to()))).move(whole, apart);
    }
    chain.multiply(
        size.split.in(chain), chain.in(other, results(arithmetic, to())), products, false);
  }
}
