package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** The largest number of each window of feature maps. */
final class PoolingKernel implements Kernel {

  private final Pooling pooling;
  private final Workplace place;
  private final Plans<GroupPasses> plans = new Plans<>();

  PoolingKernel(NodeAttributes node, Workplace place) {
    this.pooling = Pooling.of(node, place);
    this.place = place;
  }

  /** Where each window's largest number was, its gradient goes; input 0 is dy, input 1 x. */
  static Kernel gradient(NodeAttributes node, Workplace place) {
    return new Gradient(Pooling.of(node, place), place, new Plans<>());
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    MapShape shape = MapShape.of(x);
    NativeTensor y = call.output(0, pooling.of(shape).extents());
    if (y != null) {
      long each = shape.groups().each();
      plans
          .of(
              List.of(x),
              () -> new GroupPasses(shape.groups(), place, () -> pooling.forward(shape)))
          .run(call, group -> new Pointer[] {x.at(group * each), y.at(group * each)});
    }
  }

  private record Gradient(Pooling pooling, Workplace place, Plans<GroupPasses> plans)
      implements Kernel {

    @Override
    public void compute(KernelCall call) {
      NativeTensor dy = call.input(0);
      NativeTensor x = call.input(1);
      MapShape shape = MapShape.of(x);
      pooling.of(shape).requireSame("the gradient of maxima", dy);
      NativeTensor dx = call.output(0, x.extents());
      if (dx != null) {
        long each = shape.groups().each();
        plans
            .of(
                List.of(x),
                () -> new GroupPasses(shape.groups(), place, () -> pooling.backward(shape)))
            .run(
                call,
                group ->
                    new Pointer[] {x.at(group * each), dy.at(group * each), dx.at(group * each)});
      }
    }
  }
}
