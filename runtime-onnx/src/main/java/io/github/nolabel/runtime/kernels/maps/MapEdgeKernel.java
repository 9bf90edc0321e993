package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;

/** Rewrites feature maps from ONNX's layout into the kernels', or back. */
final class MapEdgeKernel implements Kernel {

  private final MapLayout from;
  private final MapLayout to;
  private final Workplace place;
  private final Plans<GroupPasses> plans = new Plans<>();

  private MapEdgeKernel(MapLayout from, MapLayout to, Workplace place) {
    this.from = from;
    this.to = to;
    this.place = place;
  }

  static Kernel entry(NodeAttributes node, Workplace place) {
    return new MapEdgeKernel(MapLayout.PLAIN, place.layout(), place);
  }

  static Kernel exit(NodeAttributes node, Workplace place) {
    return new MapEdgeKernel(place.layout(), MapLayout.PLAIN, place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    MapShape shape = MapShape.of(x);
    NativeTensor y = call.output(0, x.extents());
    if (y != null) {
      long each = shape.groups().each();
      plans
          .of(List.of(x), () -> new GroupPasses(shape.groups(), place, () -> pass(shape)))
          .run(call, group -> new Pointer[] {x.at(group * each), y.at(group * each)});
    }
  }

  private Pass pass(MapShape shape) {
    NativeScope scope = place.memory().scope();
    memory.desc source = shape.in(from, shape.groups().each());
    memory.desc target = shape.in(to, shape.groups().each());
    reorder move =
        new reorder(
            OneDnn.loaded().unplaced(source, scope), OneDnn.loaded().unplaced(target, scope));
    return new Pass(move, new memory.desc(), scope)
        .images(dnnl.DNNL_ARG_FROM, Operand.read(source, source, scope))
        .images(dnnl.DNNL_ARG_TO, Operand.written(target, target, scope));
  }
}
