package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.MapShape;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.Pointer;

/** Operators that take each position of feature maps by itself. */
final class ElementwiseKernel implements Kernel {

  private final Workplace place;
  private final List<Integer> arguments;
  private final int result;
  private final Maker maker;
  private final Plans<GroupPasses> plans = new Plans<>();

  private ElementwiseKernel(Workplace place, List<Integer> arguments, int result, Maker maker) {
    this.place = place;
    this.arguments = arguments;
    this.result = result;
    this.maker = maker;
  }

  /** From the layouts of inputs and result to the primitive. */
  @FunctionalInterface
  private interface Maker {
    primitive make(List<memory.desc> inputs, memory.desc output);
  }

  /** {@code y = max(0, x)}. */
  static Kernel relu(NodeAttributes node, Workplace place) {
    return new ElementwiseKernel(
        place,
        List.of(dnnl.DNNL_ARG_SRC),
        dnnl.DNNL_ARG_DST,
        (x, y) -> new eltwise_forward(relu(x.get(0))));
  }

  /** {@code dx = dy where x > 0, else 0}; the result y in place of x says the same. */
  static Kernel reluGradient(NodeAttributes node, Workplace place) {
    return new ElementwiseKernel(
        place,
        List.of(dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_SRC),
        dnnl.DNNL_ARG_DIFF_SRC,
        (x, dx) -> new eltwise_backward(reluGradient(dx)));
  }

  /** ReLU's gradient over these maps. */
  static eltwise_backward.primitive_desc reluGradient(memory.desc maps) {
    return new eltwise_backward.primitive_desc(
        OneDnn.loaded().engine(), dnnl.algorithm.eltwise_relu, maps, maps, maps, relu(maps));
  }

  /** {@code y = a + b}; b may have extents of 1 that are spread over a's. */
  static Kernel add(NodeAttributes node, Workplace place) {
    return new ElementwiseKernel(
        place,
        List.of(dnnl.DNNL_ARG_SRC_0, dnnl.DNNL_ARG_SRC_1),
        dnnl.DNNL_ARG_DST,
        (x, y) ->
            new binary(
                new binary.primitive_desc(
                    OneDnn.loaded().engine(), dnnl.algorithm.binary_add, x.get(0), x.get(1), y)));
  }

  private static eltwise_forward.primitive_desc relu(memory.desc x) {
    return new eltwise_forward.primitive_desc(
        OneDnn.loaded().engine(),
        dnnl.prop_kind.forward_training,
        dnnl.algorithm.eltwise_relu,
        x,
        x);
  }

  @Override
  public void compute(KernelCall call) {
    List<NativeTensor> tensors = call.inputs();
    List<MapShape> shapes = tensors.stream().map(MapShape::of).toList();
    MapShape all = MapShape.spread(shapes);
    NativeTensor y = call.output(0, all.extents());
    if (y == null) {
      return;
    }
    long each = all.groups().each();
    GroupPasses passes =
        plans.of(tensors, () -> new GroupPasses(all.groups(), place, () -> pass(shapes, all)));
    tensors.add(y);
    passes.run(call, group -> begins(tensors, group * each));
  }

  private static Pointer[] begins(List<NativeTensor> tensors, long image) {
    return tensors.stream().map(tensor -> tensor.at(image)).toArray(Pointer[]::new);
  }

  private Pass pass(List<MapShape> shapes, MapShape all) {
    NativeScope scope = place.memory().scope();
    long each = all.groups().each();
    List<memory.desc> inputs = shapes.stream().map(s -> s.in(place.layout(), each)).toList();
    memory.desc output = all.in(place.layout(), each);
    Pass pass = new Pass(maker.make(inputs, output), new memory.desc(), scope);
    for (int i = 0; i < inputs.size(); i++) {
      pass.images(arguments.get(i), Operand.read(inputs.get(i), inputs.get(i), scope));
    }
    return pass.images(result, Operand.written(output, output, scope));
  }
}
