package io.github.nolabel.runtime.kernels.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops give what {@link ToomCook}'s matrix gives for each tile by itself. */
class TileLoopsTest {

  private static final int CHANNELS = 3;

  static Stream<Arguments> cases() {
    return Stream.of(TileSize.THREE, TileSize.FOUR)
        .flatMap(
            size ->
                Stream.of(
                    Arguments.of(size, List.of(1L, 1L, 1L, 1L), 12, 16),
                    Arguments.of(size, List.of(0L, 2L, 1L, 0L), 13, 10),
                    Arguments.of(size, List.of(2L, 0L, 0L, 2L), 5, 23)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreTheMatrixOnBothSidesOfATile(TileSize size, List<Long> pads, int height, int width) {
    Tiles tiles = tiles(size, pads, height, width);
    double[] maps = new double[2 * height * width * CHANNELS];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < maps.length; i++) {
      maps[i] = (float) random.nextDouble(-1, 1);
    }
    int apart = (int) tiles.count() * CHANNELS + 16;
    float[] found = new float[(int) size.points() * apart];
    new TileLoops(tiles, apart).run(buffer(maps), FloatBuffer.wrap(found));
    double[] expected = new double[found.length];
    for (int tile = 0; tile < tiles.count(); tile++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        double[][] values = values(tiles, maps, tile, channel);
        for (int point = 0; point < size.points(); point++) {
          expected[point * apart + tile * CHANNELS + channel] =
              values[point / size.numbers()][point % size.numbers()];
        }
      }
    }
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).as("number %d", i).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void allSizesOfFloat32HaveLoops() {
    for (TileSize size : TileSize.ALL) {
      if (size.arithmetic() == Arithmetic.FP32) {
        Tiles tiles = tiles(size, List.of(1L, 1L, 1L, 1L), 8, 8);
        int numbers = (int) (size.points() * tiles.count()) * CHANNELS;
        new TileLoops(tiles, tiles.count() * CHANNELS)
            .run(buffer(new double[2 * 8 * 8 * CHANNELS]), FloatBuffer.allocate(numbers));
      }
    }
  }

  private static Tiles tiles(TileSize size, List<Long> pads, long height, long width) {
    Window window = new Window(List.of(1L, 1L), pads, List.of(1L, 1L), 1);
    List<Long> x = List.of(2L, (long) CHANNELS, height, width);
    List<Long> weight = List.of(1L, (long) CHANNELS, 3L, 3L);
    return new Tiles(
        new ConvolutionShape(x, weight, window, false), MapLayout.maps(Arithmetic.FP32), size);
  }

  private static FloatBuffer buffer(double[] numbers) {
    FloatBuffer buffer = FloatBuffer.allocate(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      buffer.put(i, (float) numbers[i]);
    }
    return buffer;
  }

  /** {@code B d B'}. */
  private static double[][] values(Tiles tiles, double[] maps, int tile, int channel) {
    double[][] matrix = tiles.size().ofNumbers();
    double[][] square = square(tiles, maps, tile, channel);
    return product(product(matrix, square), ToomCook.turned(matrix));
  }

  private static double[][] square(Tiles tiles, double[] maps, int tile, int channel) {
    int side = tiles.size().numbers();
    int image = tile / (int) tiles.each();
    int down = tile % (int) tiles.each() / (int) tiles.columns();
    int along = tile % (int) tiles.columns();
    double[][] square = new double[side][side];
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        int y = down * tiles.size().results() + i - pad(tiles, 0);
        int x = along * tiles.size().results() + j - pad(tiles, 1);
        if (y >= 0 && y < extent(tiles, 2) && x >= 0 && x < extent(tiles, 3)) {
          int position = (image * extent(tiles, 2) + y) * extent(tiles, 3) + x;
          square[i][j] = maps[position * CHANNELS + channel];
        }
      }
    }
    return square;
  }

  private static int pad(Tiles tiles, int side) {
    return tiles.shape().window().pads().get(side).intValue();
  }

  private static int extent(Tiles tiles, int axis) {
    return tiles.shape().x().get(axis).intValue();
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
