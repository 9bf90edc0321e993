package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * A 3 x 3 convolution's weights and their values at {@link ToomCook}'s points.
 *
 * @param from channels that are added up
 * @param to channels of the result
 * @param turned whether the weights are those of the convolution whose gradient this one is
 */
record TiledWeights(TapValues taps, long from, long to, boolean turned) {

  private static final long SQUARE = (long) TAPS * TAPS;

  TiledWeights(Tiles tiles, boolean turned) {
    this(tiles.size().weights, tiles.from(), tiles.to(), turned);
  }

  /** ONNX's weights between so many channels, {@code [taps, from, to]}. */
  memory.desc plain(long some, long others) {
    return Arithmetic.FP32.strided(
        List.of(SQUARE, some, others), List.of(1L, offset(1, 0), offset(0, 1)));
  }

  /** Of ONNX's weights between these channels. */
  long offset(long source, long result) {
    return turned ? (source * to + result) * SQUARE : (result * from + source) * SQUARE;
  }

  /** A matrix of values for each point, of channels by channels. */
  memory.desc factors(long some, long others) {
    return taps.arithmetic().staggeredMatrices(taps.count(), some, others);
  }

  /** Gradients of values, for some channels of the result by those that are added up. */
  memory.desc gradients(long some) {
    return Arithmetic.FP32.staggeredMatrices(taps.count(), some, from);
  }

  /** Of {@link #gradients}, where a row of taps has a value for each point: those of one row. */
  memory.desc gradientsOfRow() {
    return Arithmetic.FP32.strided(
        List.of(taps.count() / TAPS, to, from), List.of(TAPS * apart(), from, 1L));
  }

  /** Numbers from where a value's gradients begin to where the next one's do. */
  long apart() {
    return Arithmetic.FP32.staggered(to * from);
  }

  /** The same with a column for each point. */
  memory.desc gradientColumns(long some) {
    return columns(some, some);
  }

  /** The same among all. */
  memory.desc gradientColumnsAmong(long some) {
    return columns(some, to);
  }

  private memory.desc columns(long some, long all) {
    return Arithmetic.FP32.strided(
        List.of(some * from, taps.count()), List.of(1L, Arithmetic.FP32.staggered(all * from)));
  }

  /** ONNX's gradient of some channels of the result, with a column for each tap. */
  memory.desc gradient(long some) {
    return Arithmetic.FP32.rows(some * from, SQUARE);
  }

  /** Where a row of taps has a value for each point, those of a point as oneDNN sees weights. */
  memory.desc columns() {
    return taps.arithmetic()
        .strided(
            List.of(to, from, (long) TAPS, 1L), List.of(1L, to, eachPoint() / TAPS, eachPoint()));
  }

  /** Numbers from where a point's values begin there to where the next one's do. */
  long eachPoint() {
    return TAPS * taps.arithmetic().staggered(from * to);
  }

  /** A row for each point, of the values of so many pairs of channels. */
  memory.desc values(long pairs) {
    return taps.arithmetic().staggeredRows(taps.count(), pairs);
  }

  /** A row for each point, of some channels by all others, among all. */
  memory.desc rowsAmong(Arithmetic arithmetic, long some) {
    return arithmetic.strided(
        List.of(taps.count(), some * to), List.of(arithmetic.staggered(from * to), 1L));
  }

  /** From {@link #plain}, by way of two areas, to {@link #values}. */
  void rewrite(Chain chain, memory plain, Area one, Area other, memory values) {
    memory matrix = (turned ? taps.turned() : taps.matrix()).in(chain);
    memory near = chain.in(one, Arithmetic.FP32.staggeredRows(SQUARE, pairs(plain)));
    chain.move(turned ? plain : near(chain, plain, other), chain.in(one, taps(plain)));
    if (taps.arithmetic() == Arithmetic.FP32) {
      chain.multiply(matrix, near, values, false);
    } else {
      memory exact = chain.in(other, Arithmetic.FP32.staggeredRows(taps.count(), pairs(plain)));
      chain.multiply(matrix, near, exact, false).move(exact, values);
    }
  }

  /**
   * The same numbers in an area, where a core reads them quickly: taps of neighbours in {@link
   * #plain} lie apart, so that one tap of all is read after the other.
   */
  private memory near(Chain chain, memory plain, Area area) {
    long some = plain.get_desc().get_dims().get(1);
    long rows = plain.get_desc().get_dims().get(2);
    long row = SQUARE * some;
    memory.desc apart = Arithmetic.FP32.strided(List.of(rows, row), List.of(offset(0, 1), 1L));
    chain.move(chain.part(plain, apart, 0), chain.in(area, Arithmetic.FP32.rows(rows, row)));
    return chain.in(
        area, Arithmetic.FP32.strided(List.of(SQUARE, some, rows), List.of(1L, SQUARE, row)));
  }

  /** Adds the gradients of values up to {@link #gradient}. */
  void add(Chain chain, List<memory> values, memory gradient) {
    memory matrix = taps.matrix().in(chain);
    for (int i = 0; i < values.size(); i++) {
      chain.multiply(values.get(i), matrix, gradient, i > 0);
    }
  }

  private static long pairs(memory plain) {
    return plain.get_desc().get_dims().get(1) * plain.get_desc().get_dims().get(2);
  }

  /** The same numbers as they lie one after the other. */
  private static memory.desc taps(memory plain) {
    long some = plain.get_desc().get_dims().get(1);
    long others = plain.get_desc().get_dims().get(2);
    return Arithmetic.FP32.staggeredMatrices(SQUARE, some, others);
  }
}
