package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.javacpp.LongPointer;

/**
 * Maxima over windows of feature maps, as passes over one group of images.
 *
 * @param kernel height and width of a window
 */
record Pooling(List<Long> kernel, Window window, Workplace place) {

  static Pooling of(NodeAttributes node, Workplace place) {
    return new Pooling(node.list("kernel_shape", List.of()), node.window(), place);
  }

  /** The maxima of these maps. */
  MapShape of(MapShape x) {
    return x.slid(window, kernel);
  }

  /** Given x and y. */
  Pass forward(MapShape x) {
    pooling_forward.primitive_desc made = made(x, dnnl.prop_kind.forward_inference);
    Pass pass = new Pass(new pooling_forward(made), made.scratchpad_desc(), place.memory().scope());
    pass.read(dnnl.DNNL_ARG_SRC, maps(x, x));
    pass.written(dnnl.DNNL_ARG_DST, maps(of(x), x));
    return pass;
  }

  /** Given x, dy and dx. It looks for the maxima again, which takes less than to keep places. */
  Pass backward(MapShape x) {
    pooling_forward.primitive_desc forward = made(x, dnnl.prop_kind.forward_training);
    Pass pass =
        new Pass(new pooling_forward(forward), forward.scratchpad_desc(), place.memory().scope());
    pass.read(dnnl.DNNL_ARG_SRC, maps(x, x));
    pass.part(dnnl.DNNL_ARG_DST, maps(of(x), x));
    memory places = pass.part(dnnl.DNNL_ARG_WORKSPACE, forward.workspace_desc());
    pooling_backward.primitive_desc backward = made(x, forward);
    pass.then(new pooling_backward(backward), backward.scratchpad_desc())
        .shared(dnnl.DNNL_ARG_WORKSPACE, places);
    pass.read(dnnl.DNNL_ARG_DIFF_DST, maps(of(x), x));
    pass.written(dnnl.DNNL_ARG_DIFF_SRC, maps(x, x));
    return pass;
  }

  private pooling_forward.primitive_desc made(MapShape x, dnnl.prop_kind kind) {
    return new pooling_forward.primitive_desc(
        OneDnn.loaded().engine(),
        kind,
        dnnl.algorithm.pooling_max,
        maps(x, x),
        maps(of(x), x),
        OneDnn.list(window.strides()),
        OneDnn.list(kernel),
        dilations(),
        padding(0),
        padding(2),
        OneDnn.attributes(),
        false);
  }

  private pooling_backward.primitive_desc made(MapShape x, pooling_forward.primitive_desc forward) {
    return new pooling_backward.primitive_desc(
        OneDnn.loaded().engine(),
        dnnl.algorithm.pooling_max,
        maps(x, x),
        maps(of(x), x),
        OneDnn.list(window.strides()),
        OneDnn.list(kernel),
        dilations(),
        padding(0),
        padding(2),
        forward,
        OneDnn.attributes(),
        false);
  }

  /** Of a group of x's images. */
  private memory.desc maps(MapShape maps, MapShape x) {
    return maps.in(place.layout(), x.groups().each());
  }

  /** oneDNN counts the gaps between taps. */
  private LongPointer dilations() {
    return OneDnn.list(window.dilations().stream().map(d -> d - 1).toList());
  }

  private LongPointer padding(int first) {
    return OneDnn.list(window.pads().subList(first, first + 2));
  }
}
