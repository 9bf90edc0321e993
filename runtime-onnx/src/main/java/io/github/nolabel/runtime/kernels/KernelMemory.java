package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;

/** What all kernels of a session share: memory while they run, and the scope of what they made. */
final class KernelMemory implements AutoCloseable {

  private final NativeScope scope = new NativeScope();
  private final Workspace weights = scope.own(new Workspace(), Workspace::close);
  private final List<Workspace> blocks = new ArrayList<>();
  private final Registers registers = new Registers();

  /** Owns primitives and the descriptions of tensors. */
  NativeScope scope() {
    return scope;
  }

  /** For weights in another layout. */
  Workspace weights() {
    return weights;
  }

  /** One for each of so many threads that run at once. */
  List<Workspace> blocks(int count) {
    while (blocks.size() < count) {
      blocks.add(scope.own(new Workspace(), Workspace::close));
    }
    return blocks;
  }

  /** For formulas. */
  Registers registers() {
    return registers;
  }

  @Override
  public void close() {
    scope.close();
  }
}
