package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.matrices.ProductCut.Side;
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
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of products of one shape. Threads share matrices, or the longer side of the
 * result; where much is added up for few results they share what is added up, in as many parts as
 * threads, put together in order.
 */
final class ProductPlan {

  /** Products of numbers that are worth a thread, and those that are worth rounding. */
  private static final long BLOCK = 1 << 18;

  private static final long ROUNDED = 1 << 22;

  /** Tiles of bf16 have so many rows. */
  private static final long TILE = 16;

  /** Rows or columns below which a block takes longer to begin than is worth it. */
  private static final long SIDE = 128;

  private final ProductShape shape;
  private final Types types;
  private final Workplace place;
  private final NativeScope scope;
  private final boolean biased;
  private final boolean turned;
  private final ProductCut cut;
  private final ImageBlocks blocks;
  private final List<Pass> passes = new ArrayList<>();
  private final @Nullable PartialSum sum;
  private final @Nullable Rounding rounding;

  /**
   * @param biased whether a float32 vector is added to all rows
   */
  ProductPlan(ProductShape given, Types types, boolean biased, Workplace place) {
    boolean addsUp = place.threads() > 1 && !biased;
    boolean tall = given.a().rows() > given.b().columns();
    this.turned = tall && ProductCut.of(given, addsUp).is(Side.DEPTH);
    this.shape = turned ? given.turned() : given;
    this.types = types;
    this.place = place;
    this.scope = place.memory().scope();
    this.biased = biased;
    cut = ProductCut.of(shape, addsUp);
    blocks =
        ImageBlocks.of(cut.extent(), (int) Math.min(Math.max(1, shape.work() / BLOCK), most()));
    sum = cut.is(Side.DEPTH) ? sum() : null;
    rounding = factor() == memory.data_type.bf16 ? new Rounding(place) : null;
    for (int i = 0; i < blocks.count(); i++) {
      passes.add(pass(blocks.size(i)));
    }
  }

  /** In what numbers tensors are. */
  record Types(memory.data_type a, memory.data_type b, memory.data_type y) {

    static Types of(NativeTensor a, NativeTensor b, NativeTensor y) {
      return new Types(a.type(), b.type(), y.type());
    }

    boolean hasRoundedFactor() {
      return a == memory.data_type.bf16 || b == memory.data_type.bf16;
    }
  }

  /** Each block rewrites a turned a, and whichever factor it shares. */
  private long most() {
    return switch (cut.side()) {
      case MATRICES -> place.blocks();
      case ROWS, COLUMNS ->
          shape.a().isTurned()
              ? place.threads()
              : Math.max(place.threads(), Math.min(place.blocks(), cut.extent() / SIDE));
      case DEPTH -> place.threads();
    };
  }

  private PartialSum sum() {
    memory.desc parts = shape.y().in(memory.data_type.f32);
    Matrices y = turned ? shape.turned().y().turned() : shape.y();
    return new PartialSum(parts, y.in(types.y()), place.threads(), scope);
  }

  /** What is multiplied. */
  private memory.data_type factor() {
    return types.hasRoundedFactor() || isWorthRounding()
        ? memory.data_type.bf16
        : memory.data_type.f32;
  }

  private boolean isWorthRounding() {
    long least = Math.min(shape.depth(), Math.min(shape.a().rows(), shape.b().columns()));
    return place.arithmetic() == Arithmetic.BF16 && least >= TILE && shape.work() >= ROUNDED;
  }

  private Pass pass(long size) {
    memory.desc a = cut.a(size).in(factor());
    memory.desc b = cut.b(size).in(factor());
    memory.desc y = cut.y(size).in(sum == null ? types.y() : memory.data_type.f32);
    memory.desc bias = biased ? bias(size).in(memory.data_type.f32) : new memory.desc();
    matmul.primitive_desc made =
        new matmul.primitive_desc(OneDnn.loaded().engine(), a, b, bias, y, attributes(), false);
    Pass pass =
        new Pass(new matmul(made), made.scratchpad_desc(), scope)
            .images(dnnl.DNNL_ARG_SRC, Operand.read(a, a, scope))
            .images(dnnl.DNNL_ARG_WEIGHTS, Operand.read(b, b, scope));
    return sum == null ? writing(pass, y, bias) : adding(pass, y, sum);
  }

  private Pass writing(Pass pass, memory.desc y, memory.desc bias) {
    pass.images(dnnl.DNNL_ARG_DST, Operand.written(y, y, scope));
    return biased ? pass.images(dnnl.DNNL_ARG_BIAS, Operand.read(bias, bias, scope)) : pass;
  }

  private static Pass adding(Pass pass, memory.desc y, PartialSum sum) {
    sum.add(pass.part(dnnl.DNNL_ARG_DST, y));
    return pass;
  }

  /** A vector, in as many axes as the results have. */
  private Matrices bias(long size) {
    List<Long> extents = new ArrayList<>(cut.y(size).extents());
    extents.replaceAll(any -> 1L);
    extents.set(extents.size() - 1, cut.y(size).columns());
    return Matrices.plain(extents);
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

  /**
   * @param bias null if there is none
   */
  void run(
      KernelCall call,
      NativeTensor givenA,
      NativeTensor givenB,
      @Nullable NativeTensor bias,
      NativeTensor y) {
    NativeTensor a = turned ? givenB : givenA;
    NativeTensor b = turned ? givenA : givenB;
    if (rounding != null) {
      List<NativeTensor> rounded = rounding.of(call, a, b);
      a = rounded.get(0);
      b = rounded.get(1);
    }
    multiply(call, a, b, bias, y);
    if (sum != null) {
      sum.write(call, y);
    }
  }

  private void multiply(
      KernelCall call,
      NativeTensor a,
      NativeTensor b,
      @Nullable NativeTensor bias,
      NativeTensor y) {
    List<Workspace> workspaces = place.memory().blocks(passes.size());
    call.parallel(
        passes.size(),
        i -> passes.get(i).run(workspaces.get(i), tensors(blocks.begin(i), a, b, bias, y)));
  }

  private Pointer[] tensors(
      long begin, NativeTensor a, NativeTensor b, @Nullable NativeTensor bias, NativeTensor y) {
    List<Pointer> tensors = new ArrayList<>();
    tensors.add(a.atNumber(cut.beginOfA(begin)));
    tensors.add(b.atNumber(cut.beginOfB(begin)));
    if (sum == null) {
      tensors.add(y.atNumber(cut.beginOfY(begin)));
    }
    if (bias != null) {
      tensors.add(bias.atNumber(cut.beginOfBias(begin)));
    }
    return tensors.toArray(Pointer[]::new);
  }
}
