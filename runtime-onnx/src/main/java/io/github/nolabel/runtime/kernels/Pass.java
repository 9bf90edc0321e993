package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/** One primitive with its operands over some images of a batch, run by one thread in every step. */
final class Pass implements Task {

  private final primitive work;
  private final IntMemoryMap arguments;
  private final stream queue;
  private final List<Operand> images = new ArrayList<>();
  private final List<memory> kept = new ArrayList<>();
  private final memory scratch;
  private final NativeScope scope;
  private long placed = -1;

  /**
   * @param scratch what the primitive needs while it runs
   */
  Pass(primitive work, memory.desc scratch, NativeScope scope) {
    this.scope = scope;
    this.work = scope.own(work, Pointer::deallocate);
    this.arguments = scope.own(new IntMemoryMap(), Pointer::deallocate);
    this.queue = OneDnn.loaded().stream(scope);
    this.scratch = OneDnn.loaded().unplaced(scratch, scope);
    arguments.put(dnnl.DNNL_ARG_SCRATCHPAD, this.scratch);
  }

  /** Adds the next tensor of images that {@link #run} is given. */
  Pass images(int argument, Operand operand) {
    images.add(operand);
    arguments.put(argument, operand.argument());
    return this;
  }

  /** Adds a tensor that all passes of a kernel share, placed by somebody else. */
  Pass shared(int argument, memory tensor) {
    arguments.put(argument, tensor);
    return this;
  }

  /** Adds a result that stays in the workspace until it is added to those of other passes. */
  memory part(int argument, memory.desc layout) {
    memory part = OneDnn.loaded().unplaced(layout, scope);
    kept.add(part);
    arguments.put(argument, part);
    return part;
  }

  /** Computes; {@code tensors} are in the order in which images were added. */
  @Override
  public void run(Workspace workspace, Pointer... tensors) {
    place(workspace);
    for (int i = 0; i < tensors.length; i++) {
      images.get(i).open(tensors[i], queue);
    }
    work.execute(queue, arguments);
    images.forEach(operand -> operand.close(queue));
    queue._wait();
  }

  private void place(Workspace workspace) {
    workspace.require(workspaceBytes());
    if (placed == workspace.generation()) {
      return;
    }
    placed = workspace.generation();
    long offset = 0;
    for (Operand operand : images) {
      operand.place(workspace.at(offset));
      offset += Workspace.aligned(operand.workspaceBytes());
    }
    for (memory part : kept) {
      part.set_data_handle(workspace.at(offset));
      offset += Workspace.aligned(part.get_desc().get_size());
    }
    scratch.set_data_handle(workspace.at(offset));
  }

  private long workspaceBytes() {
    long bytes = Workspace.aligned(scratch.get_desc().get_size());
    for (Operand operand : images) {
      bytes += Workspace.aligned(operand.workspaceBytes());
    }
    for (memory part : kept) {
      bytes += Workspace.aligned(part.get_desc().get_size());
    }
    return bytes;
  }
}
