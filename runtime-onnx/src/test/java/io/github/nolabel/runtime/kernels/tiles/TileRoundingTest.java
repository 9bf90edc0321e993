package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionCase;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions as tiles against sums in float64. */
class TileRoundingTest {

  private final OperatorRun operators = new OperatorRun();

  /** Root mean squares, of results of 576 products each. */
  @ParameterizedTest
  @ValueSource(longs = {8, 6})
  void tilesRoundToAMillionthOfTheResults(long size) {
    ConvolutionCase row = row(16, 96, size);
    OnnxModel model = row.forward();
    KernelChoice kernels = OperatorRun.onMaps(model);
    double tiles = error(row, kernels);
    double direct = error(row, kernels.withTiles(false));
    assertThat(direct).isLessThan(6e-7);
    assertThat(tiles).isGreaterThan(direct).isLessThan(2e-6);
  }

  /** Values have eight bits as numbers and weights have, and are added up as often. */
  @Test
  void inBf16TilesRoundToLessThanTwiceWhatNumbersDo() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    assumeFalse(Arithmetic.BF16.isOfMatrices(), "those convolutions are computed directly");
    ConvolutionCase row = row(20, 160, 8);
    KernelChoice kernels = OperatorRun.onMaps(row.forward()).in(Arithmetic.BF16);
    double tiles = error(row, kernels);
    double direct = error(row, kernels.withTiles(false));
    assertThat(direct).isBetween(2e-3, 4e-3);
    assertThat(tiles).isGreaterThan(direct).isLessThan(2 * direct);
  }

  /**
   * Where a direct convolution rounds its two factors, strips round the values of both, which
   * {@link ToomCookTest} says become 4.78 times as much of a square, and those of dx and dweight
   * that are given in bf16 before: roots of (2 x 4.78 + 1) / 2 and of (2 x 4.78 + 2) / 2.
   */
  @ParameterizedTest
  @ValueSource(longs = {12, 11})
  void inBf16GradientsOverStripsRoundALittleMore(long size) {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
    assumeFalse(Arithmetic.BF16.isOfMatrices(), "those convolutions are computed directly");
    ConvolutionCase row = row(24, 128, size);
    OnnxModel model = row.backward(List.of("dx", "dweight"));
    KernelChoice kernels = OperatorRun.onMaps(model).in(Arithmetic.BF16);
    Map<String, Tensor> exact = operators.results(model, 1, KernelChoice.NONE);
    Map<String, Tensor> strips = operators.results(model, 2, kernels);
    Map<String, Tensor> direct = operators.results(model, 2, kernels.withTiles(false));
    Map<String, Double> times = Map.of("dx", Math.sqrt(5.28), "dweight", Math.sqrt(5.78));
    times.forEach(
        (name, expected) -> {
          double error = apart(named(strips, name), named(exact, name));
          double least = apart(named(direct, name), named(exact, name));
          assertThat(least).as(name).isBetween(2e-3, 4e-3);
          assertThat(error / least).as(name).isCloseTo(expected, within(0.25));
        });
  }

  private static double apart(Tensor found, Tensor exact) {
    double apart = 0;
    double size = 0;
    for (int i = 0; i < exact.elements(); i++) {
      apart += Math.pow(found.floats().get(i) - exact.floats().get(i), 2);
      size += Math.pow(exact.floats().get(i), 2);
    }
    return Math.sqrt(apart / size);
  }

  private static ConvolutionCase row(long images, long channels, long size) {
    return ConvolutionCase.of(
        "%d channels".formatted(channels),
        List.of(images, channels, size, size),
        List.of(channels, channels, 3L, 3L),
        new Window(List.of(1L, 1L), List.of(1L, 1L, 1L, 1L), List.of(1L, 1L), 1),
        false);
  }

  private double error(ConvolutionCase row, KernelChoice kernels) {
    return error(row.shape(), named(operators.results(row.forward(), 2, kernels), "y"));
  }

  private static double error(ConvolutionShape shape, Tensor y) {
    Map<String, Tensor> inputs =
        OperatorRun.filled(
            List.of(
                TensorSpec.floats("x", Shape.of(shape.xExtents())),
                TensorSpec.floats("weight", Shape.of(shape.weightExtents()))),
            true);
    double apart = 0;
    double size = 0;
    for (int i = 0; i < y.elements(); i += 7) {
      double exact = exact(shape, named(inputs, "x"), named(inputs, "weight"), i);
      apart += Math.pow(y.floats().get(i) - exact, 2);
      size += exact * exact;
    }
    return Math.sqrt(apart / size);
  }

  /** A result of a square convolution of stride 1 in float64. */
  private static double exact(ConvolutionShape shape, Tensor x, Tensor weight, int at) {
    int size = (int) shape.y()[2];
    int channels = shape.x().get(1).intValue();
    int image = at / (size * size) / (int) shape.y()[1];
    int to = at / (size * size) % (int) shape.y()[1];
    double sum = 0;
    for (int tap = 0; tap < 9 * channels; tap++) {
      int row = at / size % size + tap / 3 % 3 - 1;
      int column = at % size + tap % 3 - 1;
      if (row >= 0 && row < size && column >= 0 && column < size) {
        int from = ((image * channels + tap / 9) * size + row) * size + column;
        sum += (double) x.floats().get(from) * weight.floats().get(to * channels * 9 + tap);
      }
    }
    return sum;
  }
}
