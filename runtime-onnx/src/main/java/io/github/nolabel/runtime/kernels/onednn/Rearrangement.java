package io.github.nolabel.runtime.kernels.onednn;

import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Writes a tensor in another layout, or adds it to one, in slices of the first axis that threads
 * can work on at once.
 */
public final class Rearrangement {

  /** Elements that are worth a thread. */
  private static final long SLICE = 1 << 13;

  private final List<Slice> slices = new ArrayList<>();

  /**
   * @param add whether to add to what is there
   * @param threads as many slices at most
   */
  public Rearrangement(
      memory.desc from, memory.desc to, boolean add, int threads, NativeScope scope) {
    long[] extents = extents(from);
    long unit = Math.max(firstAxisUnit(from), firstAxisUnit(to));
    long units = (extents[0] + unit - 1) / unit;
    long elements = from.get_size() / Float.BYTES;
    long count = Math.max(1, Math.min(Math.min(units, threads), elements / SLICE));
    for (long i = 0; i < count; i++) {
      long begin = units * i / count * unit;
      long end = Math.min(extents[0], units * (i + 1) / count * unit);
      slices.add(Slice.of(from, to, begin, end, add, scope));
    }
  }

  public int slices() {
    return slices.size();
  }

  public void place(Pointer from, Pointer to) {
    for (Slice slice : slices) {
      slice.from().set_data_handle(from);
      slice.to().set_data_handle(to);
    }
  }

  public void run(int slice) {
    slices.get(slice).run();
  }

  private static long[] extents(memory.desc layout) {
    long[] extents = new long[layout.get_ndims()];
    layout.get_dims().get(extents);
    return extents;
  }

  /** A slice begins at multiples of this, as blocks are not cut. */
  private static long firstAxisUnit(memory.desc layout) {
    int count = layout.get_inner_nblks();
    if (count == 0) {
      return 1;
    }
    LongPointer sizes = layout.get_inner_blks();
    LongPointer axes = layout.get_inner_idxs();
    long unit = 1;
    for (int i = 0; i < count; i++) {
      unit *= axes.get(i) == 0 ? sizes.get(i) : 1;
    }
    return unit;
  }

  private record Slice(memory from, memory to, reorder move, stream queue) {

    static Slice of(
        memory.desc from, memory.desc to, long begin, long end, boolean add, NativeScope scope) {
      memory source = OneDnn.loaded().unplaced(cut(from, begin, end), scope);
      memory target = OneDnn.loaded().unplaced(cut(to, begin, end), scope);
      reorder move = scope.own(new reorder(source, target, attributes(add)), Pointer::deallocate);
      return new Slice(source, target, move, OneDnn.loaded().stream(scope));
    }

    private static memory.desc cut(memory.desc whole, long begin, long end) {
      long[] extents = extents(whole);
      if (end - begin == extents[0]) {
        return whole;
      }
      long[] offsets = new long[extents.length];
      offsets[0] = begin;
      extents[0] = end - begin;
      return whole.submemory_desc(new LongPointer(extents), new LongPointer(offsets));
    }

    private static primitive_attr attributes(boolean add) {
      primitive_attr attributes = new primitive_attr();
      if (add) {
        post_ops sum = new post_ops();
        sum.append_sum();
        attributes.set_post_ops(sum);
      }
      return attributes;
    }

    void run() {
      move.execute(queue, from, to);
      queue._wait();
    }
  }
}
