package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A 3 x 3 convolution's weights and their values at {@link ToomCook}'s points.
 *
 * @param from channels that are added up
 * @param to channels of the result
 * @param turned whether the weights are those of the convolution whose gradient this one is
 */
record TiledWeights(long from, long to, boolean turned) {

  private static final long SQUARE = (long) TAPS * TAPS;
  private static final FloatPointer VALUES = ToomCook.squared(ToomCook.taps());
  private static final FloatPointer TURNED = ToomCook.squared(ToomCook.reversed(ToomCook.taps()));
  private static final FloatPointer GRADIENT = ToomCook.squared(ToomCook.turned(ToomCook.taps()));

  /** ONNX's weights between so many channels, {@code [taps, from, to]}. */
  memory.desc plain(long some, long others) {
    return Tiles.desc(List.of(SQUARE, some, others), List.of(1L, offset(1, 0), offset(0, 1)));
  }

  /** Of ONNX's weights between these channels. */
  long offset(long source, long result) {
    return turned ? (source * to + result) * SQUARE : (result * from + source) * SQUARE;
  }

  /** From {@link #plain}, by way of an area, to {@code [points, from * to]}. */
  void values(Chain chain, memory plain, Area area, memory values) {
    memory matrix = chain.kept(Tiles.rows(Tiles.POINTS, SQUARE), turned ? TURNED : VALUES);
    long channels = channels(plain);
    chain
        .move(plain, chain.in(area, taps(plain)))
        .multiply(matrix, chain.in(area, Tiles.rows(SQUARE, channels)), values, false);
  }

  /** From the gradients of values, which are added up, to that of {@link #plain}. */
  void gradient(Chain chain, List<memory> values, Area area, memory plain) {
    memory matrix = chain.kept(Tiles.rows(SQUARE, Tiles.POINTS), GRADIENT);
    memory taps = chain.in(area, Tiles.rows(SQUARE, channels(plain)));
    for (int i = 0; i < values.size(); i++) {
      chain.multiply(matrix, values.get(i), taps, i > 0);
    }
    chain.move(chain.in(area, taps(plain)), plain);
  }

  private static long channels(memory plain) {
    return plain.get_desc().get_dims().get(1) * plain.get_desc().get_dims().get(2);
  }

  /** The same numbers as they lie one after the other. */
  private static memory.desc taps(memory plain) {
    long some = plain.get_desc().get_dims().get(1);
    long others = plain.get_desc().get_dims().get(2);
    return Tiles.desc(List.of(SQUARE, some, others), List.of(some * others, others, 1L));
  }
}
