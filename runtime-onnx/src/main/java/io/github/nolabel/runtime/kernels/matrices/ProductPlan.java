package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.PartialSum;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of products of one shape. Threads share the first axis of the result; where much
 * is added up for few results they share what is added up, in as many parts as threads, put
 * together in order.
 */
final class ProductPlan {

  /** Products of numbers that are worth a thread, and those that are worth rounding. */
  private static final long BLOCK = 1 << 18;

  private static final long ROUNDED = 1 << 22;

  /** Tiles of bf16 have so many rows. */
  private static final long TILE = 16;

  /** How often the longer side of the result goes into what is added up. */
  private static final long DEEP = 4;

  private final ProductShape shape;
  private final Workplace place;
  private final NativeScope scope;
  private final boolean deep;
  private final ImageBlocks blocks;
  private final List<Pass> passes = new ArrayList<>();
  private final @Nullable PartialSum sum;
  private final @Nullable Rounding rounding;

  ProductPlan(ProductShape shape, Workplace place) {
    this.shape = shape;
    this.place = place;
    this.scope = place.memory().scope();
    long sides = Math.max(shape.a().rows(), shape.b().columns());
    deep = shape.isOneMatrix() && place.threads() > 1 && shape.depth() >= DEEP * sides;
    long most = Math.max(1, shape.work() / BLOCK);
    blocks =
        ImageBlocks.of(
            deep ? shape.depth() : shape.y().extents().get(0),
            (int) Math.min(most, deep ? place.threads() : place.blocks()));
    memory.desc y = shape.y().in(memory.data_type.f32);
    sum = deep ? new PartialSum(y, y, place.threads(), scope) : null;
    rounding = isRounded() ? new Rounding(place) : null;
    for (int i = 0; i < blocks.count(); i++) {
      passes.add(pass(blocks.size(i)));
    }
  }

  private boolean isRounded() {
    long least = Math.min(shape.depth(), Math.min(shape.a().rows(), shape.b().columns()));
    return place.arithmetic() == Arithmetic.BF16 && least >= TILE && shape.work() >= ROUNDED;
  }

  private memory.data_type factor() {
    return rounding == null ? memory.data_type.f32 : memory.data_type.bf16;
  }

  private int axisOfA() {
    return deep ? 1 : 0;
  }

  /** Of b's axes the first is shared where it numbers matrices or is added up. */
  private boolean cutsB() {
    return deep || !shape.isOneMatrix();
  }

  private Pass pass(long size) {
    memory.desc a = shape.a().part(axisOfA(), size).in(factor());
    Matrices partOfB = cutsB() ? shape.b().part(0, size) : shape.b();
    memory.desc b = partOfB.in(factor());
    Matrices part = deep ? shape.y() : shape.y().part(0, size);
    memory.desc y = part.in(memory.data_type.f32);
    matmul.primitive_desc made =
        new matmul.primitive_desc(OneDnn.loaded().engine(), a, b, y, attributes(), false);
    Pass pass =
        new Pass(new matmul(made), made.scratchpad_desc(), scope)
            .images(dnnl.DNNL_ARG_SRC, Operand.read(a, a, scope))
            .images(dnnl.DNNL_ARG_WEIGHTS, Operand.read(b, b, scope));
    if (sum == null) {
      return pass.images(dnnl.DNNL_ARG_DST, Operand.written(y, y, scope));
    }
    sum.add(pass.part(dnnl.DNNL_ARG_DST, y));
    return pass;
  }

  private primitive_attr attributes() {
    primitive_attr attributes = OneDnn.attributes();
    if (shape.alpha() != 1) {
      post_ops after = new post_ops();
      after.append_eltwise(dnnl.algorithm.eltwise_linear, shape.alpha(), 0);
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  void run(KernelCall call, NativeTensor givenA, NativeTensor givenB, NativeTensor y) {
    NativeTensor a = givenA;
    NativeTensor b = givenB;
    if (rounding != null) {
      List<NativeTensor> rounded = rounding.of(call, a, b);
      a = rounded.get(0);
      b = rounded.get(1);
    }
    multiply(call, a, b, y);
    if (sum != null) {
      sum.write(call, y);
    }
  }

  private void multiply(KernelCall call, NativeTensor a, NativeTensor b, NativeTensor y) {
    List<Workspace> workspaces = place.memory().blocks(passes.size());
    call.parallel(
        passes.size(),
        i -> {
          long begin = blocks.begin(i);
          Pointer left = at(a, shape.a().offset(axisOfA(), begin));
          Pointer right = at(b, cutsB() ? shape.b().offset(0, begin) : 0);
          Pass pass = passes.get(i);
          if (deep) {
            pass.run(workspaces.get(i), left, right);
          } else {
            pass.run(workspaces.get(i), left, right, at(y, shape.y().offset(0, begin)));
          }
        });
  }

  private static Pointer at(NativeTensor tensor, long element) {
    return new BytePointer(tensor.data()).getPointer(element * tensor.width());
  }
}
