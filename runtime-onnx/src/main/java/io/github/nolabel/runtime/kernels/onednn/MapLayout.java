package io.github.nolabel.runtime.kernels.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.LongPointer;

/**
 * How feature maps [N, C, H, W] lie in memory.
 *
 * @param tag the order of the axes
 * @param type of the elements
 */
public record MapLayout(format_tag tag, memory.data_type type) {

  /** ONNX's. */
  public static final MapLayout PLAIN = new MapLayout(format_tag.nchw, memory.data_type.f32);

  /** Channels last, which all primitives take without rearranging. */
  public static MapLayout maps(Arithmetic arithmetic) {
    return new MapLayout(format_tag.nhwc, arithmetic.type());
  }

  public boolean isPlain() {
    return tag == format_tag.nchw;
  }

  /** A part of maps in another order of axes. */
  public memory.desc strided(List<Long> extents, List<Long> strides) {
    return new memory.desc(OneDnn.list(extents), type, OneDnn.list(strides));
  }

  public memory.desc of(long... extents) {
    return new memory.desc(new LongPointer(extents), type, tag);
  }
}
