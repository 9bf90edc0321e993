package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Plans;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.javacpp.LongPointer;

/**
 * Operators of which each row of numbers is computed by itself; a row may be one number. All their
 * tensors have one type.
 */
public final class RowKernel implements Kernel {

  private final Workplace place;
  private final List<Integer> arguments;
  private final int result;
  private final ToLongFunction<NativeTensor> columns;
  private final Maker maker;
  private final Plans<Plan> plans = new Plans<>();

  private RowKernel(
      Workplace place,
      List<Integer> arguments,
      int result,
      ToLongFunction<NativeTensor> columns,
      Maker maker) {
    this.place = place;
    this.arguments = arguments;
    this.result = result;
    this.columns = columns;
    this.maker = maker;
  }

  /** From the layout that inputs and result have in common to the primitive. */
  @FunctionalInterface
  private interface Maker {
    primitive make(memory.desc layout);
  }

  /** {@code y = x * Phi(x)}. */
  public static Kernel gelu(NodeAttributes node, Workplace place) {
    return new RowKernel(
        place,
        List.of(dnnl.DNNL_ARG_SRC),
        dnnl.DNNL_ARG_DST,
        tensor -> 1,
        x -> new eltwise_forward(gelu(x)));
  }

  /** {@code dx = dy * (Phi(x) + x * phi(x))}. */
  public static Kernel geluGradient(NodeAttributes node, Workplace place) {
    return new RowKernel(
        place,
        List.of(dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_SRC),
        dnnl.DNNL_ARG_DIFF_SRC,
        tensor -> 1,
        x ->
            new eltwise_backward(
                new eltwise_backward.primitive_desc(
                    OneDnn.loaded().engine(), dnnl.algorithm.eltwise_gelu_erf, x, x, x, gelu(x))));
  }

  private static eltwise_forward.primitive_desc gelu(memory.desc x) {
    return new eltwise_forward.primitive_desc(
        OneDnn.loaded().engine(),
        dnnl.prop_kind.forward_training,
        dnnl.algorithm.eltwise_gelu_erf,
        x,
        x);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor first = call.input(0);
    NativeTensor y = call.output(0, first.extents());
    if (y == null || first.elements() == 0) {
      return;
    }
    long width = columns.applyAsLong(first);
    List<NativeTensor> tensors = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      tensors.add(sameAs(first, call.input(i)).rows(width));
    }
    tensors.add(y.rows(width));
    plans.of(tensors.subList(0, 1), () -> new Plan(tensors.get(0))).run(call, tensors);
  }

  private static NativeTensor sameAs(NativeTensor first, NativeTensor other) {
    if (!other.extents().equals(first.extents()) || other.width() != first.width()) {
      throw new IllegalArgumentException(
          "inputs are %s and %s, expected the same extents and types"
              .formatted(first.extents(), other.extents()));
    }
    return other;
  }

  /** The primitives for so many rows and columns. */
  private final class Plan {

    private final BlockPasses passes;

    Plan(NativeTensor like) {
      ImageBlocks blocks = ImageBlocks.of(like.extents().get(0), place.blocks());
      long width = like.extents().get(1);
      memory.data_type type = like.type();
      passes = new BlockPasses(blocks, place, rows -> pass(type, rows, width));
    }

    private Pass pass(memory.data_type type, long rows, long width) {
      NativeScope scope = place.memory().scope();
      memory.desc layout =
          new memory.desc(new LongPointer(rows, width), type, memory.format_tag.ab);
      Pass pass = new Pass(maker.make(layout), new memory.desc(), scope);
      arguments.forEach(argument -> pass.images(argument, Operand.read(layout, layout, scope)));
      return pass.images(result, Operand.written(layout, layout, scope));
    }

    void run(KernelCall call, List<NativeTensor> tensors) {
      passes.run(call, tensors.toArray(NativeTensor[]::new));
    }
  }
}
