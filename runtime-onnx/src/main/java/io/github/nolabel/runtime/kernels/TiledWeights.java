package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.kernels.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.Chain.Area;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A 3 x 3 convolution's weights as values at {@link ToomCook}'s points, {@code [points, from, to]}:
 * written in every step, as every step changes them.
 */
final class TiledWeights {

  /** Numbers of ONNX's weights for one pair of channels. */
  static final long SQUARE = (long) TAPS * TAPS;

  private static final FloatPointer VALUES = ToomCook.squared(ToomCook.taps());
  private static final FloatPointer VALUES_REVERSED = ToomCook.squared(reversed(ToomCook.taps()));

  private final long from;
  private final long to;
  private final boolean turned;
  private final ImageBlocks slices;
  private final List<Chain> chains = new ArrayList<>();

  /**
   * @param shape of the convolution that they are for
   * @param turned whether they belong to the convolution whose gradient this one is
   */
  TiledWeights(ConvolutionShape shape, boolean turned, Workplace place) {
    this.from = shape.x().get(1);
    this.to = shape.weight().get(0);
    this.turned = turned;
    this.slices = ImageBlocks.of(from, place.blocks());
    for (int i = 0; i < slices.count(); i++) {
      chains.add(chain(slices.size(i), place.memory().scope()));
    }
  }

  private static double[][] reversed(double[][] taps) {
    double[][] reversed = new double[taps.length][];
    for (int i = 0; i < taps.length; i++) {
      List<Double> row = new ArrayList<>();
      for (double tap : taps[i]) {
        row.add(tap);
      }
      Collections.reverse(row);
      reversed[i] = row.stream().mapToDouble(Double::doubleValue).toArray();
    }
    return reversed;
  }

  /** Elements of ONNX's weights from one channel to the next of those that are added up. */
  private long stride() {
    return turned ? SQUARE * to : SQUARE;
  }

  private Chain chain(long channels, NativeScope scope) {
    Chain chain = new Chain(scope);
    long other = turned ? SQUARE : SQUARE * from;
    List<Long> extents = List.of(SQUARE, channels, to);
    memory plain = chain.given(Tiles.desc(extents, List.of(1L, stride(), other)));
    memory values =
        chain.given(Tiles.desc(List.of(Tiles.POINTS, channels * to), List.of(from * to, 1L)));
    memory taps = chain.in(Area.FIRST, Tiles.desc(extents, List.of(channels * to, to, 1L)));
    memory rows = chain.in(Area.FIRST, Tiles.rows(SQUARE, channels * to));
    memory matrix = chain.kept(Tiles.rows(Tiles.POINTS, SQUARE), turned ? VALUES_REVERSED : VALUES);
    return chain.move(plain, taps).multiply(matrix, rows, values, false);
  }

  /** Where they lie from now on. */
  Pointer load(KernelCall call, NativeTensor weight, Workplace place) {
    Workspace target = place.memory().weights();
    target.require(Tiles.POINTS * from * to * Float.BYTES);
    List<Workspace> workspaces = place.memory().blocks(slices.count());
    call.parallel(
        slices.count(),
        slice -> {
          long begin = slices.begin(slice);
          chains
              .get(slice)
              .run(
                  workspaces.get(slice),
                  at(weight.data(), begin * stride()),
                  at(target.at(0), begin * to));
        });
    return target.at(0);
  }

  private static Pointer at(Pointer begin, long element) {
    return new BytePointer(begin).getPointer(element * Float.BYTES);
  }
}
