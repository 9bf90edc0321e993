package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.LongPointer;

/** A convolution of some images of a batch, and its gradients, in oneDNN's words. */
final class Convolution {

  private static final boolean REFUSE_IF_UNKNOWN = false;

  /** Positions of a result; measured: from 16 x 16 on, float32 is as quick in ONNX's layout. */
  private static final long SMALL = 100;

  private final engine cpu = OneDnn.loaded().engine();
  private final ConvolutionShape shape;
  private final Arithmetic arithmetic;
  private final MapLayout layout;
  private final long[] xExtents;
  private final long[] yExtents;

  private Convolution(
      ConvolutionShape shape, long images, Arithmetic arithmetic, MapLayout layout) {
    this.shape = shape;
    this.arithmetic = arithmetic;
    this.layout = layout;
    this.xExtents = withImages(shape.xExtents(), images);
    this.yExtents = withImages(shape.y(), images);
  }

  static Convolution of(Workplace place, ConvolutionShape shape, long images) {
    return new Convolution(shape, images, place.arithmetic(), place.layout());
  }

  /** The images as the session lays them out. */
  memory.desc x() {
    return layout.of(xExtents);
  }

  /** The result as the session lays it out. */
  memory.desc y() {
    return layout.of(yExtents);
  }

  /** The weights as ONNX lays them out. */
  static memory.desc plainWeights(ConvolutionShape shape) {
    boolean grouped = shape.window().groups() > 1;
    return layout(shape.groupedWeight(), grouped ? format_tag.goihw : format_tag.oihw);
  }

  /** The weights as oneDNN wants to multiply them. */
  memory.desc anyWeights() {
    return layout(shape.groupedWeight(), multiplied(), format_tag.any);
  }

  /** The weights' gradient as oneDNN wants to add it up. */
  memory.desc anySum() {
    return layout(shape.groupedWeight(), memory.data_type.f32, format_tag.any);
  }

  private memory.data_type multiplied() {
    return arithmetic.type();
  }

  /** Images that are multiplied. */
  private memory.desc factor(long[] extents) {
    return layout.isPlain() ? layout(extents, multiplied(), tag()) : layout.of(extents);
  }

  /** Images that are added up. */
  private memory.desc sum(long[] extents) {
    return layout.isPlain() ? layout(extents, memory.data_type.f32, tag()) : layout.of(extents);
  }

  /** Rearranging images pays where there is much to do for each of their numbers, or in bf16. */
  private format_tag tag() {
    boolean small = yExtents[2] * yExtents[3] <= SMALL;
    return small || arithmetic == Arithmetic.BF16 ? format_tag.any : format_tag.nchw;
  }

  /** Whether its windows leave out rows between them, as those of strides do. */
  boolean jumps() {
    return shape.window().strides().stream().anyMatch(stride -> stride > 1)
        && shape.weight().get(2) * shape.weight().get(3) > 1;
  }

  /** The bias, or its gradient; nothing where there is none. */
  static memory.desc bias(ConvolutionShape shape) {
    return shape.biased()
        ? layout(new long[] {shape.weight().get(0)}, format_tag.x)
        : new memory.desc();
  }

  convolution_forward.primitive_desc forward(memory.desc weights) {
    return new convolution_forward.primitive_desc(
        cpu,
        dnnl.prop_kind.forward_training,
        dnnl.algorithm.convolution_direct,
        factor(xExtents),
        weights,
        bias(shape),
        sum(yExtents),
        strides(),
        dilations(),
        padding(0),
        padding(2),
        OneDnn.attributes(),
        REFUSE_IF_UNKNOWN);
  }

  convolution_backward_data.primitive_desc backwardData(memory.desc weights) {
    return new convolution_backward_data.primitive_desc(
        cpu,
        dnnl.algorithm.convolution_direct,
        sum(xExtents),
        weights,
        factor(yExtents),
        strides(),
        dilations(),
        padding(0),
        padding(2),
        forward(anyWeights()),
        OneDnn.attributes(),
        REFUSE_IF_UNKNOWN);
  }

  convolution_backward_weights.primitive_desc backwardWeights(memory.desc weights) {
    return new convolution_backward_weights.primitive_desc(
        cpu,
        dnnl.algorithm.convolution_direct,
        factor(xExtents),
        weights,
        bias(shape),
        factor(yExtents),
        strides(),
        dilations(),
        padding(0),
        padding(2),
        forward(anyWeights()),
        OneDnn.attributes(),
        REFUSE_IF_UNKNOWN);
  }

  private LongPointer strides() {
    return OneDnn.list(shape.window().strides());
  }

  /** oneDNN counts the gaps between taps. */
  private LongPointer dilations() {
    return OneDnn.list(shape.window().dilations().stream().map(d -> d - 1).toList());
  }

  private LongPointer padding(int first) {
    return OneDnn.list(shape.window().pads().subList(first, first + 2));
  }

  private static long[] withImages(long[] extents, long images) {
    long[] result = extents.clone();
    result[0] = images;
    return result;
  }

  private static memory.desc layout(long[] extents, format_tag tag) {
    return layout(extents, memory.data_type.f32, tag);
  }

  private static memory.desc layout(long[] extents, memory.data_type type, format_tag tag) {
    return new memory.desc(new LongPointer(extents), type, tag);
  }
}
