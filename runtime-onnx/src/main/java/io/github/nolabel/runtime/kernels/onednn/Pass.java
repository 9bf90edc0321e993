package io.github.nolabel.runtime.kernels.onednn;

import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/**
 * One primitive, or some in turn, with their operands over some images of a batch, run by one
 * thread in every step.
 */
public final class Pass implements Task {

  private final List<Step> steps = new ArrayList<>();
  private final List<Operand> images = new ArrayList<>();
  private final List<Part> kept = new ArrayList<>();
  private final stream queue;
  private final NativeScope scope;
  private long bytes = -1;
  private long placed = -1;
  private boolean fetching;

  /**
   * @param scratch what the primitive needs while it runs
   */
  public Pass(primitive work, memory.desc scratch, NativeScope scope) {
    this(scope);
    then(work, scratch);
  }

  /** Nothing yet. */
  public Pass(NativeScope scope) {
    this.scope = scope;
    this.queue = OneDnn.loaded().stream(scope);
  }

  private record Step(primitive work, IntMemoryMap arguments) {}

  /** What lies in the workspace. */
  private record Part(memory tensor, long bytes) {}

  /** What is added from now on is for this primitive, which runs after those before. */
  public Pass then(primitive work, memory.desc scratch) {
    steps.add(
        new Step(
            scope.own(work, Pointer::deallocate),
            scope.own(new IntMemoryMap(), Pointer::deallocate)));
    part(dnnl.DNNL_ARG_SCRATCHPAD, scratch);
    return this;
  }

  /**
   * Reads all tensors of images from end to end before the primitive runs: one that jumps about in
   * memory then finds them in the core's cache, if it holds them.
   */
  public Pass fetching() {
    fetching = true;
    return this;
  }

  /** Adds the next tensor of images that {@link #run} is given. */
  public Pass images(int argument, Operand operand) {
    images.add(operand);
    return shared(argument, operand.argument());
  }

  /** Adds the next tensor of images, which lies as the primitive likes it, to be read. */
  public memory read(int argument, memory.desc layout) {
    Operand operand = Operand.read(layout, layout, scope);
    images(argument, operand);
    return operand.argument();
  }

  /** Adds the next tensor of images, which lies as the primitive likes it, to be written. */
  public memory written(int argument, memory.desc layout) {
    Operand operand = Operand.written(layout, layout, scope);
    images(argument, operand);
    return operand.argument();
  }

  /** Adds a tensor that all passes of a kernel share, placed by somebody else. */
  public Pass shared(int argument, memory tensor) {
    steps.get(steps.size() - 1).arguments().put(argument, tensor);
    return this;
  }

  /**
   * Adds a result that stays in the workspace: for the next primitive, or until it is added to
   * those of other passes.
   */
  public memory part(int argument, memory.desc layout) {
    memory part = OneDnn.loaded().unplaced(layout, scope);
    kept.add(new Part(part, Workspace.aligned(layout.get_size())));
    shared(argument, part);
    return part;
  }

  /** Computes; {@code tensors} are in the order in which images were added. */
  @Override
  public void run(Workspace workspace, Pointer... tensors) {
    place(workspace);
    for (int i = 0; i < tensors.length; i++) {
      if (fetching) {
        images.get(i).fetch(tensors[i]);
      }
      images.get(i).open(tensors[i], queue);
    }
    steps.forEach(step -> step.work().execute(queue, step.arguments()));
    images.forEach(operand -> operand.close(queue));
    queue._wait();
  }

  private void place(Workspace workspace) {
    if (bytes < 0) {
      bytes = workspaceBytes();
    }
    workspace.require(bytes);
    if (placed == workspace.generation()) {
      return;
    }
    placed = workspace.generation();
    long offset = 0;
    for (Operand operand : images) {
      operand.place(workspace.at(offset));
      offset += operand.workspaceBytes();
    }
    for (Part part : kept) {
      part.tensor().set_data_handle(workspace.at(offset));
      offset += part.bytes();
    }
  }

  private long workspaceBytes() {
    long sum = 0;
    for (Operand operand : images) {
      sum += operand.workspaceBytes();
    }
    return sum + kept.stream().mapToLong(Part::bytes).sum();
  }
}
