package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Rearrangement;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** The sum of tensors, always from the first to the last, in another layout. */
public final class PartialSum {

  private final memory.desc from;
  private final memory.desc to;
  private final int threads;
  private final NativeScope scope;
  private final List<memory> parts = new ArrayList<>();
  private final List<Rearrangement> moves = new ArrayList<>();

  public PartialSum(memory.desc from, memory.desc to, int threads, NativeScope scope) {
    this.from = from;
    this.to = to;
    this.threads = threads;
    this.scope = scope;
  }

  public void add(memory part) {
    moves.add(new Rearrangement(from, to, !parts.isEmpty(), threads, scope));
    parts.add(part);
  }

  public void write(KernelCall call, NativeTensor sum) {
    for (int i = 0; i < parts.size(); i++) {
      moves.get(i).place(parts.get(i).get_data_handle(), sum.data());
    }
    call.parallel(moves.get(0).slices(), slice -> moves.forEach(move -> move.run(slice)));
  }
}
