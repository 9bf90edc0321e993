package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
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

  /** Bytes of rows in a group: weights' gradients are read and written once for each. */
  private static final long GROUP = 1 << 21;

  private static final long FEW_CHANNELS = 48;

  /** Wider results are as quick directly. */
  private static final long NARROW = 16;

  private static final long NARROW_BF16 = 8;

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
        && shape.y()[3] <= (place.arithmetic() == Arithmetic.FP32 ? NARROW : NARROW_BF16)
        && Math.min(shape.x().get(1), shape.weight().get(0)) >= FEW_CHANNELS;
  }

  private static boolean pays(ConvolutionShape shape, Arithmetic arithmetic) {
    long weights = shape.weight().stream().reduce(1L, (a, b) -> a * b);
    return arithmetic == Arithmetic.FP32 || (!arithmetic.isOfMatrices() && weights <= FEW_WEIGHTS);
  }

  static ImageGroups groups(ConvolutionShape shape, int threads) {
    Columns one = new Columns(shape.withImages(1), MapLayout.PLAIN);
    long most = GROUP / (one.positions() * one.width() * Float.BYTES);
    return ImageGroups.upTo(
        shape.x().get(0), Math.max(1, Math.min(most, shape.x().get(0) / threads)));
  }

  /** The same for so many images of the batch. */
  Columns of(long images) {
    return new Columns(shape.withImages(images), layout);
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

  /** Of rows that are added up: float32, if there is more than one for a number. */
  MapLayout sums() {
    return taps() == 1 ? layout : MapLayout.PLAIN;
  }

  /** To be added up. */
  memory.desc rows() {
    return rows(sums());
  }

  memory.desc rows(MapLayout in) {
    return in.strided(List.of(positions(), width()), List.of(width(), 1L));
  }

  memory.desc rowsTurned() {
    return layout.strided(List.of(width(), positions()), List.of(1L, width()));
  }

  /** Weights as the rows meet them, {@code [taps * from, to]}. */
  memory.desc weights() {
    return Arithmetic.FP32.rows(width(), to());
  }

  /** Weights of some results' channels as their gradient's rows meet them. */
  memory.desc turnedWeights(long some) {
    return layout.strided(List.of(some, width()), List.of(width(), 1L));
  }

  /** The same, as {@code [to, taps, from]}. */
  memory.desc turnedWeightsByTaps(long some) {
    return weightsByTaps(some, layout);
  }

  /** All weights as their gradient's rows meet them, {@code [to, taps, from]}. */
  memory.desc weightsByTaps(MapLayout in) {
    return weightsByTaps(to(), in);
  }

  private memory.desc weightsByTaps(long some, MapLayout in) {
    return in.strided(List.of(some, taps(), from()), List.of(width(), from(), 1L));
  }

  /** ONNX's weights of some results' channels, {@code [to, taps, from]}. */
  memory.desc plainWeights(long some) {
    return Arithmetic.FP32.strided(List.of(some, taps(), from()), List.of(width(), 1L, taps()));
  }

  private long padded(int axis) {
    Window window = shape.window();
    long last = (shape.y()[2 + axis] - 1) * window.strides().get(axis);
    long reach = (shape.weight().get(2 + axis) - 1) * window.dilations().get(axis) + 1;
    return Math.max(last + reach, shape.x().get(2 + axis) + window.pads().get(axis));
  }

  /** Where a part of the rows lies that begins after so many numbers. */
  @FunctionalInterface
  interface Rows {
    memory part(memory.desc layout, long begin);
  }

  /** From images, padded in an area, to rows. */
  void cut(Chain chain, memory x, Area padding, Rows rows) {
    if (isPadded()) {
      chain.zero(chain.in(padding, whole(layout))).move(x, inner(chain, padding, layout));
    }
    for (long tap = 0; tap < taps(); tap++) {
      memory seen =
          isPadded()
              ? seen(chain, padding, layout, tap)
              : chain.part(x, seen(layout), seenFrom(tap));
      chain.move(seen, part(rows, layout, tap));
    }
  }

  /** The gradient of {@link #cut}: every number is the sum of what its copies are. */
  void join(Chain chain, Rows rows, Area padding, memory dx) {
    if (taps() == 1 && !isPadded()) {
      chain.zero(dx).move(part(rows, sums(), 0), chain.part(dx, seen(layout), 0));
      return;
    }
    chain.zero(chain.in(padding, whole(sums())));
    for (long tap = 0; tap < taps(); tap++) {
      chain.add(part(rows, sums(), tap), seen(chain, padding, sums(), tap));
    }
    chain.move(inner(chain, padding, sums()), dx);
  }

  private boolean isPadded() {
    return shape.window().pads().stream().anyMatch(pad -> pad != 0)
        || padded(0) != shape.x().get(2)
        || padded(1) != shape.x().get(3);
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
    return chain.in(padding, seen(in), seenFrom(tap));
  }

  private memory.desc seen(MapLayout in) {
    Window window = shape.window();
    long row = padded(1) * from();
    return in.strided(
        grid(),
        List.of(
            padded(0) * row, window.strides().get(0) * row, window.strides().get(1) * from(), 1L));
  }

  private long seenFrom(long tap) {
    long columns = shape.weight().get(3);
    long down = tap / columns * shape.window().dilations().get(0);
    long along = tap % columns * shape.window().dilations().get(1);
    return (down * padded(1) + along) * from();
  }

  /** The same numbers in the rows. */
  private memory part(Rows rows, MapLayout in, long tap) {
    long[] y = shape.y();
    List<Long> strides = List.of(y[2] * y[3] * width(), y[3] * width(), width(), 1L);
    return rows.part(in.strided(grid(), strides), tap * from());
  }

  private List<Long> grid() {
    return List.of(images(), shape.y()[2], shape.y()[3], from());
  }
}
