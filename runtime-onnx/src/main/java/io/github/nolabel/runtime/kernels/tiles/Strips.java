package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;

/**
 * Some images of a 3 x 3 convolution in bf16 cut into strips of four results in a row, each of
 * which comes from six numbers in each of three rows: half of the multiplications. Squares, see
 * {@link Tiles}, take less than that, but more rewriting, as each number becomes four values; here
 * it becomes one and a half. Rows of taps are added up by multiplying.
 *
 * @param shape of the images' convolution
 */
record Strips(ConvolutionShape shape, MapLayout layout) {

  static final Arithmetic ARITHMETIC = Arithmetic.BF16;

  /** Of all whose matrices are exact in bf16, about those that round least. */
  static final ToomCook POINTS = new ToomCook(0, 0.625, -0.625, 1.5, -1.5);

  /** For each point the values of three rows of taps. */
  static final TapValues TAP_VALUES =
      TapValues.of(
          ARITHMETIC,
          forEachRow(POINTS.valuesOfTaps(), false),
          forEachRow(ToomCook.reversed(POINTS.valuesOfTaps()), true));

  private static final TileMatrix CUT = TileMatrix.of(POINTS.valuesOfNumbers(), ARITHMETIC);
  private static final TileMatrix JOIN = TileMatrix.of(POINTS.resultsOfProducts(), Arithmetic.FP32);
  private static final TileMatrix SPLIT =
      TileMatrix.of(ToomCook.turned(POINTS.resultsOfProducts()), ARITHMETIC);

  private static double[][] forEachRow(double[][] matrix, boolean reversed) {
    double[][] rows = new double[matrix.length * TAPS][TAPS * TAPS];
    for (int point = 0; point < matrix.length; point++) {
      for (int row = 0; row < TAPS; row++) {
        int from = reversed ? TAPS - 1 - row : row;
        System.arraycopy(matrix[point], 0, rows[point * TAPS + row], from * TAPS, TAPS);
      }
    }
    return rows;
  }

  /** The same for so many images of the batch. */
  Strips of(long images) {
    return new Strips(shape.withImages(images), layout);
  }

  long images() {
    return shape.x().get(0);
  }

  long from() {
    return shape.x().get(1);
  }

  long to() {
    return shape.weight().get(0);
  }

  /** Of a row of results. */
  private long ofRow() {
    return (shape.y()[3] + POINTS.results() - 1) / POINTS.results();
  }

  /** Strips of an image. */
  long each() {
    return shape.y()[2] * ofRow();
  }

  /** The images as they are given. */
  memory.desc x() {
    return layout.of(shape.xExtents());
  }

  /** The results as they are given. */
  memory.desc y() {
    return layout.of(shape.y());
  }

  /** Of the images. */
  private StripRows numbers() {
    return new StripRows(ARITHMETIC, shape.x(), ofRow());
  }

  /** Of the results. */
  private StripRows results() {
    return new StripRows(ARITHMETIC, shape.result(), ofRow());
  }

  private StripRows products() {
    return results().in(Arithmetic.FP32);
  }

  /** From images to their values at points, by way of an area. */
  void cut(Chain chain, memory x, Area apart, Area values) {
    numbers().cut(chain, x, apart, POINTS.numbers(), shape.window().pads().get(1));
    memory six = numbers().all(chain, apart, POINTS.numbers());
    chain.multiply(CUT.in(chain), six, numbers().all(chain, values, POINTS.numbers()), false);
  }

  /** From results' gradients to those of products, by way of an area. */
  void split(Chain chain, memory dy, Area apart, Area products) {
    results().cut(chain, dy, apart, POINTS.results(), 0);
    memory four = results().all(chain, apart, POINTS.results());
    chain.multiply(SPLIT.in(chain), four, results().all(chain, products, POINTS.numbers()), false);
  }

  /** From products to results, by way of an area. */
  void join(Chain chain, Area products, Area apart, memory y) {
    memory six = products().all(chain, products, POINTS.numbers());
    chain.multiply(JOIN.in(chain), six, products().all(chain, apart, POINTS.results()), false);
    products().join(chain, apart, y);
  }

  /** Of a point: down the columns, as rows of taps are left. */
  private convolution_forward.primitive_desc convolution() {
    List<Long> pads = shape.window().pads();
    return new convolution_forward.primitive_desc(
        OneDnn.loaded().engine(),
        dnnl.prop_kind.forward_training,
        dnnl.algorithm.convolution_direct,
        numbers().wide(),
        new memory.desc(
            new LongPointer(to(), from(), TAPS, 1), ARITHMETIC.type(), memory.format_tag.any),
        new memory.desc(),
        products().wide(),
        new LongPointer(1, 1),
        new LongPointer(0, 0),
        new LongPointer(pads.get(0), 0),
        new LongPointer(pads.get(2), 0),
        OneDnn.attributes(),
        false);
  }

  /** A point's weights, as they are multiplied. */
  memory.desc weights() {
    return convolution().weights_desc();
  }

  /** From values to products, for each point by itself. */
  void convolve(Chain chain, Area values, memory weights, Area products) {
    convolution_forward.primitive_desc made = convolution();
    memory.desc layout = made.weights_desc();
    for (int point = 0; point < POINTS.numbers(); point++) {
      chain.convolve(
          made,
          numbers().wide(chain, values, point),
          chain.part(weights, layout, point * layout.get_size() / ARITHMETIC.bytes(1)),
          products().wide(chain, products, point));
    }
  }

  /** Adds the products of values and products' gradients to the gradients of the weights'. */
  void multiply(
      Chain chain, Area values, Area products, TiledWeights weights, memory sums, boolean add) {
    for (int tap = 0; tap < TAPS; tap++) {
      long first = firstRow(tap);
      long above = first + tap - shape.window().pads().get(0);
      chain.multiply(
          results().factorsTurned(chain, products, first, rowsOf(tap)),
          numbers().factors(chain, values, above, rowsOf(tap)),
          chain.part(sums, weights.gradientsOfRow(), tap * weights.apart()),
          add);
    }
  }

  /** Of the results' rows that a row of taps has numbers for. */
  private long firstRow(int tap) {
    return Math.max(0, shape.window().pads().get(0) - tap);
  }

  private long rowsOf(int tap) {
    long end = shape.x().get(2) + shape.window().pads().get(0) - tap;
    return Math.min(shape.y()[2], end) - firstRow(tap);
  }

  /** Whether each row of taps has some. */
  boolean hasRows() {
    return rowsOf(0) > 0 && rowsOf(1) > 0 && rowsOf(2) > 0;
  }
}
