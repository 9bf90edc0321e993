package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.tiles.Tiles;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * Some images of a convolution with, for each position of the result, a row of all numbers that it
 * comes from: {@code [positions, taps * channels]}. A convolution's gradients are products of
 * matrices with them.
 *
 * @param shape of the images' convolution
 */
record Columns(ConvolutionShape shape, MapLayout layout) {

  /** Bytes of rows that a core's cache holds beside the weights. */
  private static final long CACHED = 1 << 19;

  /** What is added up is float32. */
  private static final MapLayout SUMS = MapLayout.PLAIN;

  private static final long FEW_CHANNELS = 48;

  /** Wider results are as quick directly. */
  private static final long NARROW = 8;

  /** In bf16 a group of images goes over more of them no quicker than oneDNN's own gradients. */
  private static final long FEW_WEIGHTS = 1 << 18;

  /**
   * Whether a convolution's gradients are quicker so, as measured: those with strides and narrow
   * results, where oneDNN's own reach half of what its products of matrices do.
   */
  static boolean pay(ConvolutionShape shape, Workplace place) {
    Window window = shape.window();
    return pays(shape, place.arithmetic())
        && !place.layout().isPlain()
        && window.groups() == 1
        && window.strides().stream().allMatch(stride -> stride > 1)
        && shape.weight().get(2) * shape.weight().get(3) > 1
        && shape.y()[3] <= NARROW
        && Math.min(shape.x().get(1), shape.weight().get(0)) >= FEW_CHANNELS;
  }

  private static boolean pays(ConvolutionShape shape, Arithmetic arithmetic) {
    long weights = shape.weight().stream().reduce(1L, (a, b) -> a * b);
    return arithmetic == Arithmetic.FP32 || (!arithmetic.isOfMatrices() && weights <= FEW_WEIGHTS);
  }

  static ImageGroups groups(ConvolutionShape shape, int threads) {
    Columns one = new Columns(shape.withImages(1), MapLayout.PLAIN);
    long most = CACHED / (one.positions() * one.width() * Float.BYTES);
    return ImageGroups.upTo(
        shape.x().get(0), Math.max(1, Math.min(most, shape.x().get(0) / threads)));
  }

  /** The same for so many images of the batch. */
  Columns of(long images) {
    return new Columns(shape.withImages(images), layout);
  }

  private long images() {
    return shape.x().get(0);
  }

  long from() {
    return shape.x().get(1);
  }

  long to() {
    return shape.weight().get(0);
  }

  long taps() {
    return shape.weight().get(2) * shape.weight().get(3);
  }

  /** Numbers of a row. */
  long width() {
    return taps() * from();
  }

  /** Rows. */
  long positions() {
    return images() * shape.y()[2] * shape.y()[3];
  }

  /** The images as they are given. */
  memory.desc x() {
    return layout.of(shape.xExtents());
  }

  /** The results as they are given, a row for each position. */
  memory.desc y() {
    return layout.strided(List.of(positions(), to()), List.of(to(), 1L));
  }

  /** In float32, to be added up. */
  memory.desc rows() {
    return Tiles.rows(positions(), width());
  }

  memory.desc rowsTurned() {
    return layout.strided(List.of(width(), positions()), List.of(1L, width()));
  }

  /** Weights as the rows meet them, {@code [taps * from, to]}. */
  memory.desc weights() {
    return Tiles.rows(width(), to());
  }

  /** Weights of some results' channels as their gradient's rows meet them. */
  memory.desc turnedWeights(long some) {
    return layout.strided(List.of(some, width()), List.of(width(), 1L));
  }

  /** The same, as {@code [to, taps, from]}. */
  memory.desc turnedWeightsByTaps(long some) {
    return layout.strided(List.of(some, taps(), from()), List.of(width(), from(), 1L));
  }

  /** ONNX's weights of some results' channels, {@code [to, taps, from]}. */
  memory.desc plainWeights(long some) {
    return Tiles.desc(List.of(some, taps(), from()), List.of(width(), 1L, taps()));
  }

  private long padded(int axis) {
    Window window = shape.window();
    long last = (shape.y()[2 + axis] - 1) * window.strides().get(axis);
    long reach = (shape.weight().get(2 + axis) - 1) * window.dilations().get(axis) + 1;
    return Math.max(last + reach, shape.x().get(2 + axis) + window.pads().get(axis));
  }

  /** From images, padded in one area, to rows in the other. */
  void cut(Chain chain, memory x, Area padding, Area rows) {
    chain.zero(chain.in(padding, whole(layout))).move(x, inner(chain, padding, layout));
    for (long tap = 0; tap < taps(); tap++) {
      chain.move(seen(chain, padding, layout, tap), part(chain, rows, layout, tap));
    }
  }

  /** The gradient of {@link #cut}: every number is the sum of what its copies are. */
  void join(Chain chain, Area rows, Area padding, memory dx) {
    chain.zero(chain.in(padding, whole(SUMS)));
    for (long tap = 0; tap < taps(); tap++) {
      chain.add(part(chain, rows, SUMS, tap), seen(chain, padding, SUMS, tap));
    }
    chain.move(inner(chain, padding, SUMS), dx);
  }

  private memory.desc whole(MapLayout in) {
    long each = padded(0) * padded(1) * from();
    return in.strided(List.of(images(), each), List.of(each, 1L));
  }

  private memory inner(Chain chain, Area padding, MapLayout in) {
    long row = padded(1) * from();
    List<Long> pads = shape.window().pads();
    return chain.in(
        padding,
        in.strided(shape.x(), List.of(padded(0) * row, 1L, row, from())),
        pads.get(0) * row + pads.get(1) * from());
  }

  /** What a tap sees of the padded images. */
  private memory seen(Chain chain, Area padding, MapLayout in, long tap) {
    Window window = shape.window();
    long row = padded(1) * from();
    long columns = shape.weight().get(3);
    long down = tap / columns * window.dilations().get(0);
    long along = tap % columns * window.dilations().get(1);
    List<Long> strides =
        List.of(
            padded(0) * row, window.strides().get(0) * row, window.strides().get(1) * from(), 1L);
    return chain.in(padding, in.strided(grid(), strides), down * row + along * from());
  }

  /** The same numbers in the rows. */
  private memory part(Chain chain, Area rows, MapLayout in, long tap) {
    long[] y = shape.y();
    List<Long> strides = List.of(y[2] * y[3] * width(), y[3] * width(), width(), 1L);
    return chain.in(rows, in.strided(grid(), strides), tap * from());
  }

  private List<Long> grid() {
    return List.of(images(), shape.y()[2], shape.y()[3], from());
  }
}
