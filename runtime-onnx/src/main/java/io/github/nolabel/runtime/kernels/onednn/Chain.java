package io.github.nolabel.runtime.kernels.onednn;

import io.github.nolabel.runtime.memory.NativeScope;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Primitives that one thread runs one after the other, each on what those before it left in the
 * workspace. The workspace has areas, of which the next result may take one that nobody reads any
 * more.
 */
public final class Chain implements Task {

  /** A part of the workspace, as large as the largest of its tensors. */
  public enum Area {
    FIRST,
    SECOND,
    THIRD,
    SCRATCH
  }

  private final NativeScope scope;
  private final stream queue;
  private final List<Runnable> steps = new ArrayList<>();
  private final List<memory> tensors = new ArrayList<>();
  private final List<Placed> placed = new ArrayList<>();
  private final Map<Area, Long> bytes = new EnumMap<>(Area.class);
  private long generation = -1;

  public Chain(NativeScope scope) {
    this.scope = scope;
    this.queue = OneDnn.loaded().stream(scope);
  }

  /** Where a tensor lies in its area. */
  private record Placed(memory tensor, Area area, long offset) {}

  /** The next tensor that {@link #run} is given. */
  public memory given(memory.desc layout) {
    memory tensor = OneDnn.loaded().unplaced(layout, scope);
    tensors.add(tensor);
    return tensor;
  }

  /** The part of a given tensor that begins after so many numbers. */
  public memory part(memory whole, memory.desc layout, long begin) {
    memory part = OneDnn.loaded().unplaced(layout, scope);
    long offset = begin * memory.data_type_size(layout.get_data_type());
    steps.add(
        () -> part.set_data_handle(new BytePointer(whole.get_data_handle()).getPointer(offset)));
    return part;
  }

  /** A tensor in the workspace, or the part of one that begins after so many numbers. */
  public memory in(Area area, memory.desc layout, long begin) {
    memory tensor = OneDnn.loaded().unplaced(layout, scope);
    long offset = begin * memory.data_type_size(layout.get_data_type());
    placed.add(new Placed(tensor, area, offset));
    bytes.merge(area, Workspace.aligned(offset + layout.get_size()), Math::max);
    return tensor;
  }

  public memory in(Area area, memory.desc layout) {
    return in(area, layout, 0);
  }

  /** Fills a tensor of the workspace. */
  public Chain zero(memory tensor) {
    long size = tensor.get_desc().get_size();
    steps.add(() -> Pointer.memset(new BytePointer(tensor.get_data_handle()), 0, size));
    return this;
  }

  /** Reads a given tensor from end to end: what jumps about in it then finds it in the cache. */
  public Chain fetch(memory tensor) {
    long size = tensor.get_desc().get_size();
    steps.add(
        () -> {
          Pointer begin = tensor.get_data_handle();
          Pointer.memcmp(begin, begin, size);
        });
    return this;
  }

  /** Writes a tensor where, and as, another lies. */
  public Chain move(memory from, memory to) {
    return move(from, to, false);
  }

  /** The same, added to what is there. */
  public Chain add(memory from, memory to) {
    return move(from, to, true);
  }

  private Chain move(memory from, memory to, boolean add) {
    primitive_attr attributes = add ? added(new primitive_attr()) : new primitive_attr();
    reorder move = scope.own(new reorder(from, to, attributes), Pointer::deallocate);
    steps.add(() -> move.execute(queue, from, to));
    return this;
  }

  /** Loops of Java's over the numbers of two float32 tensors. */
  public Chain loop(memory from, memory to, BiConsumer<FloatBuffer, FloatBuffer> loop) {
    View read = new View(from);
    View written = new View(to);
    steps.add(() -> loop.accept(read.numbers(), written.numbers()));
    return this;
  }

  /** A tensor's numbers, which lie elsewhere now and then. */
  private static final class View {

    private final memory tensor;
    private final long numbers;
    private long address;
    private FloatBuffer last = FloatBuffer.allocate(0);

    View(memory tensor) {
      this.tensor = tensor;
      this.numbers = tensor.get_desc().get_size() / Float.BYTES;
    }

    FloatBuffer numbers() {
      Pointer now = tensor.get_data_handle();
      if (now.address() != address) {
        address = now.address();
        last = new FloatPointer(now).capacity(numbers).asBuffer();
      }
      return last;
    }
  }

  /** {@code y = a b}, or {@code y += a b}. */
  public Chain multiply(memory a, memory b, memory y, boolean add) {
    matmul.primitive_desc made =
        new matmul.primitive_desc(
            OneDnn.loaded().engine(),
            a.get_desc(),
            b.get_desc(),
            y.get_desc(),
            add ? added(OneDnn.attributes()) : OneDnn.attributes(),
            false);
    return then(new matmul(made), made.scratchpad_desc(), a, b, y);
  }

  /** {@code y = x * weights}, without bias. */
  public Chain convolve(
      convolution_forward.primitive_desc made, memory x, memory weights, memory y) {
    return then(new convolution_forward(made), made.scratchpad_desc(), x, weights, y);
  }

  private Chain then(primitive made, memory.desc scratch, memory x, memory weights, memory y) {
    primitive work = scope.own(made, Pointer::deallocate);
    IntMemoryMap arguments = scope.own(new IntMemoryMap(), Pointer::deallocate);
    arguments.put(dnnl.DNNL_ARG_SRC, x);
    arguments.put(dnnl.DNNL_ARG_WEIGHTS, weights);
    arguments.put(dnnl.DNNL_ARG_DST, y);
    arguments.put(dnnl.DNNL_ARG_SCRATCHPAD, in(Area.SCRATCH, scratch));
    steps.add(() -> work.execute(queue, arguments));
    return this;
  }

  private static primitive_attr added(primitive_attr attributes) {
    post_ops sum = new post_ops();
    sum.append_sum();
    attributes.set_post_ops(sum);
    return attributes;
  }

  /** A matrix that stays. */
  public memory kept(memory.desc layout, Pointer numbers) {
    memory tensor = OneDnn.loaded().unplaced(layout, scope);
    tensor.set_data_handle(numbers);
    return tensor;
  }

  @Override
  public void run(Workspace workspace, Pointer... given) {
    place(workspace);
    for (int i = 0; i < tensors.size(); i++) {
      tensors.get(i).set_data_handle(given[i]);
    }
    steps.forEach(Runnable::run);
    queue._wait();
  }

  private void place(Workspace workspace) {
    workspace.require(bytes.values().stream().mapToLong(Long::longValue).sum());
    if (generation == workspace.generation()) {
      return;
    }
    generation = workspace.generation();
    long begin = 0;
    for (Map.Entry<Area, Long> area : bytes.entrySet()) {
      for (Placed one : placed) {
        if (one.area() == area.getKey()) {
          one.tensor().set_data_handle(workspace.at(begin + one.offset()));
        }
      }
      begin += area.getValue();
    }
  }
}
