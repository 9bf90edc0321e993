package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * From float32 maps to the values of their tiles at {@link ToomCook}'s points, in loops over
 * arrays: the matrix is applied to rows and then to columns, which takes a third of the
 * multiplications of a product with {@link TileMatrix}, and nothing has to be padded and cut
 * before.
 *
 * <p>A line of numbers lies in as many arrays as a tile has results along an axis. Each has the
 * numbers of one place of all tiles, one after the other, so that loops are long; what a tile
 * shares with the next one lies with the next one's.
 */
final class TileLoops {

  private final Tiles tiles;
  private final int apart;
  private final Neighbours[] points;
  private final int step;
  private final int channels;
  private final int row;
  private final float[][][] lines;
  private final float[][] places;
  private final float[] padded;
  private final float[] values;

  /**
   * @param apart numbers from where a point's values begin to where the next one's do
   */
  TileLoops(Tiles tiles, long apart) {
    this.tiles = tiles;
    this.apart = (int) apart;
    points = Arrays.stream(tiles.size().ofNumbers()).map(Neighbours::of).toArray(Neighbours[]::new);
    step = tiles.size().results();
    channels = (int) tiles.from();
    row = (int) tiles.columns() * channels;
    lines = new float[points.length][step][row + channels];
    places = new float[points.length][row + channels];
    padded = new float[(int) (tiles.columns() * step + TAPS - 1) * channels];
    values = new float[row];
  }

  /** Writes all values, {@code [points, tiles, channels]}. */
  void run(FloatBuffer maps, FloatBuffer results) {
    for (int tile = 0; tile < tiles.images() * tiles.rows(); tile++) {
      load(maps, tile / (int) tiles.rows(), tile % (int) tiles.rows());
      for (int point = 0; point < points.length; point++) {
        addLines(points[point]);
        writePlaces(results, point * points.length * apart + tile * row);
      }
    }
  }

  /** The lines of a row of tiles. It shares the first ones with the row before. */
  private void load(FloatBuffer maps, int image, int down) {
    int shared = down == 0 ? 0 : TAPS - 1;
    for (int i = 0; i < shared; i++) {
      float[][] free = lines[i];
      lines[i] = lines[i + step];
      lines[i + step] = free;
    }
    int top = down * step - tiles.shape().window().pads().get(0).intValue();
    for (int i = shared; i < lines.length; i++) {
      load(maps, image, top + i, lines[i]);
    }
  }

  private void load(FloatBuffer maps, int image, int y, float[][] line) {
    int height = tiles.shape().x().get(2).intValue();
    int width = tiles.shape().x().get(3).intValue();
    if (y < 0 || y >= height) {
      Arrays.stream(line).forEach(place -> Arrays.fill(place, 0));
      return;
    }
    int left = tiles.shape().window().pads().get(1).intValue();
    int taken = Math.min(width, padded.length / channels - left);
    maps.get((image * height + y) * width * channels, padded, left * channels, taken * channels);
    for (int i = 0; i < padded.length / channels; i++) {
      System.arraycopy(padded, i * channels, line[i % step], i / step * channels, channels);
    }
  }

  private void addLines(Neighbours point) {
    float[][] column = new float[lines.length][];
    for (int place = 0; place < step; place++) {
      for (int i = 0; i < lines.length; i++) {
        column[i] = lines[i][place];
      }
      point.add(column, places[place], place < TAPS - 1 ? row + channels : row);
    }
    for (int place = step; place < places.length; place++) {
      System.arraycopy(places[place - step], channels, places[place], 0, row);
    }
  }

  private void writePlaces(FloatBuffer results, int begin) {
    for (int point = 0; point < points.length; point++) {
      points[point].add(places, values, row);
      results.put(begin + point * apart, values, 0, row);
    }
  }

  /**
   * A row of the matrix: the numbers from a first one on, times factors. Loops of more terms than
   * five are too large for Java's compiler to use vectors.
   */
  private static final class Neighbours {

    private final int first;
    private final float[] factors;

    private Neighbours(int first, float[] factors) {
      this.first = first;
      this.factors = factors;
    }

    static Neighbours of(double[] row) {
      int first = 0;
      int end = row.length;
      while (row[first] == 0) {
        first++;
      }
      while (row[end - 1] == 0) {
        end--;
      }
      float[] factors = new float[end - first];
      for (int i = first; i < end; i++) {
        factors[i - first] = (float) row[i];
      }
      return new Neighbours(first, factors);
    }

    void add(float[][] x, float[] y, int count) {
      float[] a = x[first];
      float[] b = x[first + 1];
      float[] c = x[first + 2];
      switch (factors.length) {
        case 3 -> add(a, b, c, y, count);
        case 4 -> add(a, b, c, x[first + 3], y, count);
        case 5 -> add(a, b, c, x[first + 3], x[first + 4], y, count);
        default -> throw new IllegalStateException("no loop of %d".formatted(factors.length));
      }
    }

    private void add(float[] a, float[] b, float[] c, float[] y, int count) {
      float s = factors[0];
      float t = factors[1];
      float u = factors[2];
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * s + b[i] * t + c[i] * u;
      }
    }

    private void add(float[] a, float[] b, float[] c, float[] d, float[] y, int count) {
      float s = factors[0];
      float t = factors[1];
      float u = factors[2];
      float v = factors[3];
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * s + b[i] * t + c[i] * u + d[i] * v;
      }
    }

    private void add(float[] a, float[] b, float[] c, float[] d, float[] e, float[] y, int count) {
      float s = factors[0];
      float t = factors[1];
      float u = factors[2];
      float v = factors[3];
      float w = factors[4];
      for (int i = 0; i < count; i++) {
        y[i] = a[i] * s + b[i] * t + c[i] * u + d[i] * v + e[i] * w;
      }
    }
  }
}
