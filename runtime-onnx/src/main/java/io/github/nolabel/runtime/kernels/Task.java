package io.github.nolabel.runtime.kernels;

import org.bytedeco.javacpp.Pointer;

/** What one thread does to some images of a batch. */
@FunctionalInterface
interface Task {

  /**
   * @param workspace of this thread
   * @param tensors where those begin that it reads or writes
   */
  void run(Workspace workspace, Pointer... tensors);
}
