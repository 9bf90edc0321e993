package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.NUMBERS;
import static io.github.nolabel.runtime.kernels.tiles.ToomCook.RESULTS;
import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Some images of a 3 x 3 convolution cut into tiles of 4 x 4 results, each of which comes from 6 x
 * 6 numbers that overlap with those of its neighbours, see {@link ToomCook}. All is channels last
 * in float32: points, tiles, channels.
 *
 * @param shape of the images' convolution
 */
public record Tiles(ConvolutionShape shape, MapLayout layout) {

  private static final FloatPointer CUT = ToomCook.squared(ToomCook.numbers());
  private static final FloatPointer JOIN = ToomCook.squared(ToomCook.results());
  private static final FloatPointer SPLIT = ToomCook.squared(ToomCook.turned(ToomCook.results()));
  private static final long SQUARE = (long) RESULTS * RESULTS;

  /** Points of a square. */
  static final long POINTS = (long) NUMBERS * NUMBERS;

  /** The same for so many images of the batch. */
  Tiles of(long images) {
    return new Tiles(shape.withImages(images), layout);
  }

  /** From this element of float32 on. */
  public static Pointer at(Pointer begin, long element) {
    return new BytePointer(begin).getPointer(element * Float.BYTES);
  }

  private long images() {
    return shape.x().get(0);
  }

  private long rows() {
    return TilePolicy.along(shape.y()[2]);
  }

  private long columns() {
    return TilePolicy.along(shape.y()[3]);
  }

  long count() {
    return images() * rows() * columns();
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
    return rows() * RESULTS == shape.y()[2] && columns() * RESULTS == shape.y()[3];
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

  /** {@code [points, tiles * channels]}, to apply {@link ToomCook}'s matrices to. */
  memory.desc points(long channels) {
    return rows(POINTS, count() * channels);
  }

  /** {@code [results, tiles * channels]}. */
  memory.desc results(long channels) {
    return rows(SQUARE, count() * channels);
  }

  /** A matrix for each point, of tiles by channels. */
  memory.desc products(long channels) {
    return desc(List.of(POINTS, count(), channels), List.of(count() * channels, channels, 1L));
  }

  /** Some channels of x, with rows and columns swapped. */
  memory.desc productsTurned(long some) {
    return desc(List.of(POINTS, some, count()), List.of(count() * from(), 1L, from()));
  }

  /** A matrix for each point, of channels by channels. */
  static memory.desc weights(long from, long to) {
    return desc(List.of(POINTS, from, to), List.of(from * to, to, 1L));
  }

  public static memory.desc rows(long rows, long columns) {
    return desc(List.of(rows, columns), List.of(columns, 1L));
  }

  public static memory.desc desc(List<Long> extents, List<Long> strides) {
    return new memory.desc(OneDnn.list(extents), memory.data_type.f32, OneDnn.list(strides));
  }

  /** Those of some images among all. */
  memory.desc pointsAmong(Tiles all, long channels) {
    return desc(List.of(POINTS, count() * channels), List.of(all.count() * channels, 1L));
  }

  /** A row for each point, of some channels by all others, among all. */
  static memory.desc rowsAmong(long some, long from, long to) {
    return desc(List.of(POINTS, some * to), List.of(from * to, 1L));
  }

  /** From images to their values at points: padded in one area, cut in the other. */
  void cut(Chain chain, memory x, Area padding, Area cut, memory values) {
    long channels = from();
    long height = rows() * RESULTS + TAPS - 1;
    long width = columns() * RESULTS + TAPS - 1;
    pad(chain, x, padding, height, width);
    for (int top = 0; top < NUMBERS; top += RESULTS) {
      for (int left = 0; left < NUMBERS; left += RESULTS) {
        long down = Math.min(RESULTS, NUMBERS - top);
        long along = Math.min(RESULTS, NUMBERS - left);
        List<Long> extents = List.of(images(), rows(), down, columns(), along, channels);
        chain.move(
            chain.in(
                padding,
                desc(extents, grid(height, width, channels)),
                (top * width + left) * channels),
            chain.in(
                cut,
                desc(extents, apart(NUMBERS, channels)),
                ((long) top * NUMBERS + left) * count() * channels));
      }
    }
    chain.multiply(
        chain.kept(rows(POINTS, POINTS), CUT), chain.in(cut, points(channels)), values, false);
  }

  private void pad(Chain chain, memory x, Area padding, long height, long width) {
    List<Long> pads = shape.window().pads();
    long row = width * from();
    memory inner =
        chain.in(
            padding,
            desc(shape.x(), List.of(height * row, 1L, row, from())),
            pads.get(0) * row + pads.get(1) * from());
    chain.zero(chain.in(padding, rows(images(), height * row))).move(x, inner);
  }

  /** Strides of image, tile and number along both axes, and channel, in images of this size. */
  private static List<Long> grid(long height, long width, long channels) {
    return List.of(
        height * width * channels,
        RESULTS * width * channels,
        width * channels,
        RESULTS * channels,
        channels,
        1L);
  }

  /** The same where each number of a tile's square lies in a row of its own. */
  private List<Long> apart(long side, long channels) {
    long row = count() * channels;
    return List.of(
        rows() * columns() * channels, columns() * channels, side * row, channels, row, 1L);
  }

  private List<Long> squares(long channels) {
    return List.of(images(), rows(), (long) RESULTS, columns(), (long) RESULTS, channels);
  }

  /** Results, each of a tile's in a row of its own, seen as squares. */
  private memory.desc squaresApart(long channels) {
    return desc(squares(channels), apart(RESULTS, channels));
  }

  /** Results side by side, those beyond the border included. */
  private memory.desc whole(long channels) {
    return desc(squares(channels), grid(rows() * RESULTS, columns() * RESULTS, channels));
  }

  /** Those within the border. */
  private memory.desc within(long channels) {
    long width = columns() * RESULTS * channels;
    long[] y = shape.y();
    return desc(
        List.of(y[0], channels, y[2], y[3]),
        List.of(rows() * RESULTS * width, 1L, width, channels));
  }

  /** From products of some channels in one area, over the other, to y. */
  void join(Chain chain, long channels, Area products, Area other, memory y) {
    chain.multiply(
        chain.kept(rows(SQUARE, POINTS), JOIN),
        chain.in(products, points(channels)),
        chain.in(other, results(channels)),
        false);
    if (isExact()) {
      chain.move(chain.in(other, squaresApart(channels)), y);
    } else {
      chain.move(chain.in(other, squaresApart(channels)), chain.in(products, whole(channels)));
      chain.move(chain.in(products, within(channels)), y);
    }
  }

  /** The gradient of {@link #join}: from y's, by way of two areas, to the products'. */
  void split(Chain chain, memory dy, Area one, Area other, memory products) {
    if (isExact()) {
      chain.move(dy, chain.in(other, squaresApart(to())));
    } else {
      chain.zero(chain.in(one, whole(to()))).move(dy, chain.in(one, within(to())));
      chain.move(chain.in(one, whole(to())), chain.in(other, squaresApart(to())));
    }
    chain.multiply(
        chain.kept(rows(POINTS, SQUARE), SPLIT), chain.in(other, results(to())), products, false);
  }
}
