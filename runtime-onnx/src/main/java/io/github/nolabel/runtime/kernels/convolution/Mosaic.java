package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A batch of narrow maps laid side by side as one wide image, with zeros between them in place of
 * padding. A convolution's weight gradient is the same. oneDNN adds to all weights once for each
 * row of an image; where images are narrow that is most of the time.
 *
 * @param narrow the convolution of the batch
 * @param pitch from the first column of one result to that of the next
 */
record Mosaic(ConvolutionShape narrow, long pitch, MapLayout layout) {

  /** Results of this width gain; measured: 8 times as quick at 4 columns, twice at 8. */
  private static final long NARROW_BF16 = 8;

  /** In float32 they gain a fifth at 4 columns and nothing at 8. */
  private static final long NARROW_FP32 = 4;

  /** Whether it is done: channels last, in one group, with few columns. */
  static boolean pays(ConvolutionShape shape, Workplace place) {
    long most = place.arithmetic() == Arithmetic.BF16 ? NARROW_BF16 : NARROW_FP32;
    return !place.layout().isPlain()
        && shape.window().groups() == 1
        && shape.x().get(0) > 1
        && shape.y()[3] <= most
        && rightPad(shape) >= 0;
  }

  /** Of so many images of the batch. */
  static Mosaic of(ConvolutionShape shape, long images, MapLayout layout) {
    List<Long> x = shape.x();
    ConvolutionShape some = shape.withImages(images);
    Window window = shape.window();
    long reach = x.get(3) + Math.max(window.pads().get(1), window.pads().get(3));
    long stride = window.strides().get(1);
    return new Mosaic(some, Math.max(some.y()[3], (reach + stride - 1) / stride), layout);
  }

  /** What the last column's taps need beyond the last gap. */
  private static long rightPad(ConvolutionShape shape) {
    Window window = shape.window();
    long taps = (shape.weight().get(3) - 1) * window.dilations().get(1) + 1;
    return taps - window.strides().get(1) - window.pads().get(1);
  }

  private long images() {
    return narrow.x().get(0);
  }

  private long stride() {
    return narrow.window().strides().get(1);
  }

  /** The convolution of the wide image. */
  ConvolutionShape wide() {
    List<Long> x = narrow.x();
    Window old = narrow.window();
    List<Long> pads =
        List.of(old.pads().get(0), old.pads().get(1), old.pads().get(2), rightPad(narrow));
    return new ConvolutionShape(
        List.of(1L, x.get(1), x.get(2), images() * pitch * stride()),
        narrow.weight(),
        new Window(old.strides(), pads, old.dilations(), 1),
        narrow.biased());
  }

  /** The images, read into their places. */
  Operand x(NativeScope scope) {
    return spread(narrow.xExtents(), pitch * stride(), layout.of(wide().xExtents()), scope);
  }

  /** The results, read into their places. */
  Operand y(NativeScope scope) {
    return spread(narrow.y(), pitch, layout.of(wide().y()), scope);
  }

  private Operand spread(long[] extents, long step, memory.desc wide, NativeScope scope) {
    long channels = extents[1];
    LongPointer strides = new LongPointer(step * channels, 1, images() * step * channels, channels);
    memory.desc places = new memory.desc(new LongPointer(extents), layout.type(), strides);
    Workspace zeros = scope.own(new Workspace(), Workspace::close);
    zeros.require(wide.get_size());
    Pointer.memset(zeros.at(0), 0, wide.get_size());
    return Operand.spread(layout.of(extents), places, wide, zeros.at(0), scope);
  }
}
