package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.kernels.ToomCook.NUMBERS;
import static io.github.nolabel.runtime.kernels.ToomCook.RESULTS;
import static io.github.nolabel.runtime.kernels.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.Chain.Area;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;

/**
 * Some images of a 3 x 3 convolution cut into tiles of 4 x 4 results, each of which comes from 6 x
 * 6 numbers that overlap with those of its neighbours, see {@link ToomCook}. All is channels last
 * in float32: points, tiles, channels.
 *
 * @param shape of the images' convolution
 */
record Tiles(ConvolutionShape shape, MapLayout layout) {

  /** Points of a square. */
  static final long POINTS = (long) NUMBERS * NUMBERS;

  /** Tiles that are multiplied together. */
  private static final long GROUP = 64;

  /** Fewer tiles leave the rewriting of weights to cost more than is saved. */
  private static final long FEW = 64;

  private static final long FEW_CHANNELS = 32;

  /** Numbers computed beyond the border, for each that is wanted. */
  private static final double WASTE = 1.5;

  /** Whether a convolution, and both its gradients, are quicker so. */
  static boolean pay(ConvolutionShape shape, Workplace place) {
    return place.arithmetic() == Arithmetic.FP32
        && !place.layout().isPlain()
        && fit(shape)
        && Math.min(shape.x().get(1), shape.weight().get(0)) >= FEW_CHANNELS
        && pay(shape.y());
  }

  private static boolean pay(long[] y) {
    long tiles = tiles(y[2]) * tiles(y[3]);
    long computed = tiles * RESULTS * RESULTS;
    return y[0] * tiles >= FEW && computed <= WASTE * y[2] * y[3];
  }

  private static boolean fit(ConvolutionShape shape) {
    Window window = shape.window();
    return !shape.biased()
        && window.groups() == 1
        && window.strides().equals(List.of(1L, 1L))
        && window.dilations().equals(List.of(1L, 1L))
        && shape.weight().subList(2, 4).equals(List.of((long) TAPS, (long) TAPS))
        && window.pads().stream().allMatch(pad -> pad >= 0 && pad < TAPS);
  }

  private static long tiles(long positions) {
    return (positions + RESULTS - 1) / RESULTS;
  }

  /** The batch in groups of so many images that multiplying their tiles keeps a core busy. */
  static ImageGroups groups(ConvolutionShape shape, int threads) {
    long[] y = shape.y();
    long images = Math.max(1, GROUP / (tiles(y[2]) * tiles(y[3])));
    return ImageGroups.upTo(y[0], Math.min(images, Math.max(1, y[0] / threads)));
  }

  /** Of so many images of the batch. */
  static Tiles of(ConvolutionShape shape, long images, MapLayout layout) {
    return new Tiles(shape.withImages(images), layout);
  }

  private long images() {
    return shape.x().get(0);
  }

  private long rows() {
    return tiles(shape.y()[2]);
  }

  private long columns() {
    return tiles(shape.y()[3]);
  }

  private long count() {
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

  /** The results as they are given. */
  memory.desc y() {
    return layout.of(shape.y());
  }

  /** {@code [points, tiles * channels]}, to apply {@link ToomCook}'s matrices to. */
  memory.desc points(long channels) {
    return rows(POINTS, count() * channels);
  }

  /** {@code [results, tiles * channels]}. */
  memory.desc results(long channels) {
    return rows((long) RESULTS * RESULTS, count() * channels);
  }

  /** A matrix for each point, of tiles by channels. */
  memory.desc products(long channels) {
    return desc(List.of(POINTS, count(), channels), List.of(count() * channels, channels, 1L));
  }

  /** The same with rows and columns swapped. */
  memory.desc productsTurned(long channels) {
    return desc(List.of(POINTS, channels, count()), List.of(count() * channels, 1L, channels));
  }

  /** A matrix for each point, of channels by channels. */
  static memory.desc weights(long from, long to) {
    return desc(List.of(POINTS, from, to), List.of(from * to, to, 1L));
  }

  static memory.desc rows(long rows, long columns) {
    return desc(List.of(rows, columns), List.of(columns, 1L));
  }

  static memory.desc desc(List<Long> extents, List<Long> strides) {
    return new memory.desc(list(extents), memory.data_type.f32, list(strides));
  }

  private static LongPointer list(List<Long> values) {
    return new LongPointer(values.stream().mapToLong(Long::longValue).toArray());
  }

  /** From images to {@link #points} of numbers: padded in one area, cut in the other. */
  memory cut(Chain chain, memory x, Area padding, Area target) {
    long channels = from();
    long height = rows() * RESULTS + TAPS - 1;
    long width = columns() * RESULTS + TAPS - 1;
    List<Long> pads = shape.window().pads();
    memory padded = chain.in(padding, rows(images(), height * width * channels));
    memory inner =
        chain.in(
            padding,
            desc(shape.x(), List.of(height * width * channels, 1L, width * channels, channels)),
            (pads.get(0) * width + pads.get(1)) * channels);
    chain.zero(padded).move(x, inner);
    for (int top = 0; top < NUMBERS; top += RESULTS) {
      for (int left = 0; left < NUMBERS; left += RESULTS) {
        long down = Math.min(RESULTS, NUMBERS - top);
        long along = Math.min(RESULTS, NUMBERS - left);
        List<Long> extents = List.of(images(), rows(), down, columns(), along, channels);
        memory source =
            chain.in(
                padding,
                desc(extents, grid(height, width, channels)),
                (top * width + left) * channels);
        memory places =
            chain.in(
                target,
                desc(extents, apart(NUMBERS, channels)),
                ((long) top * NUMBERS + left) * count() * channels);
        chain.move(source, places);
      }
    }
    return chain.in(target, points(channels));
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

  /** The results of tiles, as {@link #results} has them, seen as squares. */
  private memory.desc squaresApart(long channels) {
    return desc(squares(channels), apart(RESULTS, channels));
  }

  /** Results side by side, those beyond the border included. */
  private memory.desc whole(long channels) {
    return desc(squares(channels), grid(rows() * RESULTS, columns() * RESULTS, channels));
  }

  /** Those within the border. */
  private memory.desc within() {
    long width = columns() * RESULTS;
    return desc(shape.result(), List.of(rows() * RESULTS * width * to(), 1L, width * to(), to()));
  }

  /** From {@link #results} in one area to y, over the other one. */
  void join(Chain chain, Area results, Area other, memory y) {
    memory joined = chain.in(other, whole(to()));
    chain.move(chain.in(results, squaresApart(to())), joined);
    chain.move(chain.in(other, within()), y);
  }

  /** From y to {@link #results}, over the other area. */
  memory split(Chain chain, memory y, Area other, Area results) {
    memory joined = chain.in(other, whole(to()));
    chain.zero(joined).move(y, chain.in(other, within()));
    chain.move(joined, chain.in(results, squaresApart(to())));
    return chain.in(results, results(to()));
  }
}
