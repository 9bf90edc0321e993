package io.github.nolabel.runtime.kernels;

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
final class Operand {

  private final memory plain;
  private final memory own;
  private final @Nullable reorder move;
  private final boolean result;

  private Operand(memory plain, memory own, @Nullable reorder move, boolean result) {
    this.plain = plain;
    this.own = own;
    this.move = move;
    this.result = result;
  }

  /** What a primitive reads. */
  static Operand read(memory.desc plain, memory.desc liked, NativeScope scope) {
    return of(plain, liked, false, scope);
  }

  /** What a primitive writes. */
  static Operand written(memory.desc plain, memory.desc liked, NativeScope scope) {
    return of(plain, liked, true, scope);
  }

  private static Operand of(
      memory.desc plain, memory.desc liked, boolean result, NativeScope scope) {
    memory outer = OneDnn.loaded().unplaced(plain, scope);
    if (plain.equals(liked)) {
      return new Operand(outer, outer, null, result);
    }
    memory inner = OneDnn.loaded().unplaced(liked, scope);
    reorder move = result ? new reorder(inner, outer) : new reorder(outer, inner);
    return new Operand(outer, inner, scope.own(move, Pointer::deallocate), result);
  }

  /** What the primitive is given. */
  memory argument() {
    return own;
  }

  /** Bytes of the workspace that it takes. */
  long workspaceBytes() {
    return move == null ? 0 : own.get_desc().get_size();
  }

  void place(Pointer workspace) {
    if (move != null) {
      own.set_data_handle(workspace);
    }
  }

  /** Before the primitive runs. */
  void open(Pointer tensor, stream queue) {
    plain.set_data_handle(tensor);
    if (move != null && !result) {
      move.execute(queue, plain, own);
    }
  }

  /** After the primitive ran. */
  void close(stream queue) {
    if (move != null && result) {
      move.execute(queue, own, plain);
    }
  }
}
