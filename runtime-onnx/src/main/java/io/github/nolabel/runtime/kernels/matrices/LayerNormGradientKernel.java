package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.PartialSum;
import io.github.nolabel.runtime.kernels.node.Passes;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The gradient of layer normalisation, from dy, x, scale, mean and 1 / deviation to dx, dscale and
 * dbias: with {@code z = (x - mean) / deviation}, {@code dscale = sum(dy * z)}, {@code dbias =
 * sum(dy)}, and {@code dx = (g - mean(g) - z * mean(g * z)) / deviation} where {@code g = dy *
 * scale}. Sums over rows are put together from as many parts whatever the number of threads.
 */
public final class LayerNormGradientKernel implements Kernel {

  private static final int PARTS = 16;

  private static final int WITH_SCALE_AND_BIAS = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

  private final Workplace place;
  private final Map<List<Long>, Plan> plans = new HashMap<>();

  private LayerNormGradientKernel(Workplace place) {
    this.place = place;
  }

  public static Kernel of(NodeAttributes node, Workplace place) {
    return new LayerNormGradientKernel(place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor scale = call.input(2);
    NativeTensor dx = call.output(0, call.input(1).extents());
    NativeTensor dscale = call.output(1, scale.extents());
    NativeTensor dbias = call.output(2, scale.extents());
    if (dx == null || dscale == null || dbias == null) {
      throw new IllegalArgumentException("all three results are needed");
    }
    long columns = scale.elements();
    NativeTensor x = call.input(1).rows(columns);
    NativeTensor dy = call.input(0).rows(columns);
    if (!dy.extents().equals(x.extents()) || call.input(3).elements() != x.extents().get(0)) {
      throw new IllegalArgumentException(
          "the gradient %s, x %s and the means %s do not go together"
              .formatted(
                  call.input(0).extents(), call.input(1).extents(), call.input(3).extents()));
    }
    Plan plan = plans.computeIfAbsent(x.extents(), Plan::new);
    plan.given(scale);
    plan.run(call, dy, x, call.input(3).rows(1), plan.variances(call.input(4)), dx.rows(columns));
    plan.write(call, dscale, dbias);
  }

  private static memory.desc layout(long... extents) {
    memory.format_tag tag = extents.length == 1 ? memory.format_tag.a : memory.format_tag.ab;
    return new memory.desc(new LongPointer(extents), memory.data_type.f32, tag);
  }

  /** The primitives for so many rows and columns. */
  private final class Plan {

    private final NativeScope scope = place.memory().scope();
    private final long columns;
    private final memory scale;
    private final ImageBlocks blocks;
    private final PartialSum dscale;
    private final PartialSum dbias;
    private final List<Pass> passes = new ArrayList<>();

    Plan(List<Long> extents) {
      columns = extents.get(1);
      memory.desc vector = layout(columns);
      scale = OneDnn.loaded().unplaced(vector, scope);
      dscale = new PartialSum(vector, vector, 1, scope);
      dbias = new PartialSum(vector, vector, 1, scope);
      blocks = ImageBlocks.of(extents.get(0), PARTS);
      for (int i = 0; i < blocks.count(); i++) {
        passes.add(pass(blocks.size(i)));
      }
    }

    private Pass pass(long rows) {
      memory.desc maps = layout(rows, columns);
      memory.desc statistics = layout(rows);
      layer_normalization_backward.primitive_desc made = backward(maps, statistics);
      Pass pass = new Pass(new layer_normalization_backward(made), made.scratchpad_desc(), scope);
      dscale.add(pass.part(dnnl.DNNL_ARG_DIFF_SCALE, layout(columns)));
      dbias.add(pass.part(dnnl.DNNL_ARG_DIFF_SHIFT, layout(columns)));
      return pass.shared(dnnl.DNNL_ARG_SCALE, scale)
          .images(dnnl.DNNL_ARG_DIFF_DST, Operand.read(maps, maps, scope))
          .images(dnnl.DNNL_ARG_SRC, Operand.read(maps, maps, scope))
          .images(dnnl.DNNL_ARG_MEAN, Operand.read(statistics, statistics, scope))
          .images(dnnl.DNNL_ARG_VARIANCE, Operand.read(statistics, statistics, scope))
          .images(dnnl.DNNL_ARG_DIFF_SRC, Operand.written(maps, maps, scope));
    }

    /** The variances that are given have epsilon in them. */
    private layer_normalization_backward.primitive_desc backward(
        memory.desc maps, memory.desc statistics) {
      var forward =
          new layer_normalization_forward.primitive_desc(
              OneDnn.loaded().engine(),
              dnnl.prop_kind.forward_training.value,
              maps,
              maps,
              statistics,
              0,
              WITH_SCALE_AND_BIAS);
      return new layer_normalization_backward.primitive_desc(
          OneDnn.loaded().engine(),
          dnnl.prop_kind.backward.value,
          maps,
          maps,
          maps,
          statistics,
          0,
          WITH_SCALE_AND_BIAS,
          forward,
          OneDnn.attributes(),
          false);
    }

    void given(NativeTensor gain) {
      scale.set_data_handle(gain.data());
    }

    /** From 1 / deviation, in memory that the kernels share. */
    NativeTensor variances(NativeTensor inverse) {
      long rows = inverse.elements();
      Workspace workspace = place.memory().weights();
      workspace.require(rows * Float.BYTES);
      Pointer at = workspace.at(0);
      FloatBuffer from = new FloatPointer(inverse.data()).capacity(rows).asBuffer();
      FloatBuffer to = new FloatPointer(at).capacity(rows).asBuffer();
      for (int i = 0; i < rows; i++) {
        float each = from.get(i);
        to.put(i, 1 / (each * each));
      }
      return new NativeTensor(List.of(rows), at, Float.BYTES);
    }

    void run(KernelCall call, NativeTensor... tensors) {
      Passes.run(call, place.memory(), blocks, passes, tensors);
    }

    void write(KernelCall call, NativeTensor gain, NativeTensor bias) {
      dscale.write(call, gain);
      dbias.write(call, bias);
    }
  }
}
