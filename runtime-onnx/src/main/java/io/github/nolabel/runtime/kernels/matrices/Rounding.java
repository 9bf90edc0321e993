package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.kernels.onednn.Operand;
import io.github.nolabel.runtime.kernels.onednn.Pass;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.LongPointer;

/** Copies of float32 tensors in bf16, in memory that the session's kernels share. */
final class Rounding {

  private final Workplace place;
  private final Map<Long, Copy> copies = new HashMap<>();

  Rounding(Workplace place) {
    this.place = place;
  }

  /** Valid until the next kernel runs; what is in bf16 already is not copied. */
  List<NativeTensor> of(KernelCall call, NativeTensor a, NativeTensor b) {
    Workspace workspace = place.memory().weights();
    long second = bytes(a);
    workspace.require(second + bytes(b));
    return List.of(rounded(call, a, workspace, 0), rounded(call, b, workspace, second));
  }

  private static boolean isRounded(NativeTensor tensor) {
    return tensor.width() == Short.BYTES;
  }

  private static long bytes(NativeTensor tensor) {
    return isRounded(tensor) ? 0 : Workspace.aligned(tensor.elements() * Short.BYTES);
  }

  private NativeTensor rounded(
      KernelCall call, NativeTensor tensor, Workspace workspace, long offset) {
    if (isRounded(tensor)) {
      return tensor;
    }
    NativeTensor copy = new NativeTensor(tensor.extents(), workspace.at(offset), Short.BYTES);
    write(call, tensor, copy);
    return copy;
  }

  /** Writes a float32 tensor as one in bf16. */
  void write(KernelCall call, NativeTensor from, NativeTensor to) {
    copy(from.elements()).run(call, from, to);
  }

  private Copy copy(long elements) {
    return copies.computeIfAbsent(elements, Copy::new);
  }

  private final class Copy {

    private final BlockPasses passes;

    Copy(long elements) {
      ImageBlocks blocks = ImageBlocks.of(elements, place.blocks());
      passes = new BlockPasses(blocks, place, this::pass);
    }

    private Pass pass(long elements) {
      NativeScope scope = place.memory().scope();
      memory.desc from = layout(elements, memory.data_type.f32);
      memory.desc to = layout(elements, memory.data_type.bf16);
      reorder move =
          new reorder(OneDnn.loaded().unplaced(from, scope), OneDnn.loaded().unplaced(to, scope));
      return new Pass(move, new memory.desc(), scope)
          .images(dnnl.DNNL_ARG_FROM, Operand.read(from, from, scope))
          .images(dnnl.DNNL_ARG_TO, Operand.written(to, to, scope));
    }

    private static memory.desc layout(long elements, memory.data_type type) {
      return new memory.desc(new LongPointer(new long[] {elements}), type, memory.format_tag.a);
    }

    void run(KernelCall call, NativeTensor from, NativeTensor to) {
      passes.run(call, from.rows(1), to.rows(1));
    }
  }
}
