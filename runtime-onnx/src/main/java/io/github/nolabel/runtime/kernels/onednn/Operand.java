package io.github.nolabel.runtime.kernels.onednn;

import io.github.nolabel.runtime.memory.NativeScope;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a primitive: as ONNX Runtime keeps it, and in the layout that the primitive likes. If
 * both are the same the primitive works where the tensor lies; else it is rearranged into, or out
 * of, the workspace.
 */
public final class Operand {

  private final memory plain;
  private final memory own;
  private final memory target;
  private final @Nullable reorder move;
  private final boolean result;
  private final long bytes;
  private final long size;
  private long address;

  private Operand(memory plain, memory own, memory target, @Nullable reorder move, boolean result) {
    this.plain = plain;
    this.own = own;
    this.target = target;
    this.move = move;
    this.result = result;
    this.size = plain.get_desc().get_size();
    this.bytes = isPlaced() ? 0 : Workspace.aligned(own.get_desc().get_size());
  }

  /** What a primitive reads. */
  public static Operand read(memory.desc plain, memory.desc liked, NativeScope scope) {
    return of(plain, liked, false, scope);
  }

  /** What a primitive writes. */
  public static Operand written(memory.desc plain, memory.desc liked, NativeScope scope) {
    return of(plain, liked, true, scope);
  }

  private static Operand of(
      memory.desc plain, memory.desc liked, boolean result, NativeScope scope) {
    memory outer = OneDnn.loaded().unplaced(plain, scope);
    if (plain.equals(liked)) {
      return new Operand(outer, outer, outer, null, result);
    }
    memory inner = OneDnn.loaded().unplaced(liked, scope);
    reorder move = result ? new reorder(inner, outer) : new reorder(outer, inner);
    return new Operand(outer, inner, inner, scope.own(move, Pointer::deallocate), result);
  }

  /**
   * What a primitive reads as a part of something larger, whose rest is zero and stays.
   *
   * @param places the layout of the part
   * @param whole what the primitive is given
   * @param zeros where the whole lies
   */
  public static Operand spread(
      memory.desc plain, memory.desc places, memory.desc whole, Pointer zeros, NativeScope scope) {
    memory outer = OneDnn.loaded().unplaced(plain, scope);
    memory part = OneDnn.loaded().unplaced(places, scope);
    memory all = OneDnn.loaded().unplaced(whole, scope);
    part.set_data_handle(zeros);
    all.set_data_handle(zeros);
    reorder move = scope.own(new reorder(outer, part), Pointer::deallocate);
    return new Operand(outer, all, part, move, false);
  }

  /** Whether it has memory without the workspace's. */
  private boolean isPlaced() {
    return move == null || !own.equals(target);
  }

  /** What the primitive is given. */
  memory argument() {
    return own;
  }

  /** Bytes of the workspace that it takes. */
  long workspaceBytes() {
    return bytes;
  }

  void place(Pointer workspace) {
    if (!isPlaced()) {
      own.set_data_handle(workspace);
    }
  }

  /** Reads a tensor, all of it. */
  void fetch(Pointer tensor) {
    Pointer.memcmp(tensor, tensor, size);
  }

  /** Before the primitive runs. */
  void open(Pointer tensor, stream queue) {
    if (tensor.address() != address) {
      address = tensor.address();
      plain.set_data_handle(tensor);
    }
    if (move != null && !result) {
      move.execute(queue, plain, target);
    }
  }

  /** After the primitive ran. */
  void close(stream queue) {
    if (move != null && result) {
      move.execute(queue, own, plain);
    }
  }
}
