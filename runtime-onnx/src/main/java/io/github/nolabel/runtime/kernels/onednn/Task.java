package io.github.nolabel.runtime.kernels.onednn;

import org.bytedeco.javacpp.Pointer;

/** What one thread does to some images of a batch. */
@FunctionalInterface
public interface Task {

  /**
   * @param workspace of this thread
   * @param tensors where those begin that it reads or writes
   */
  void run(Workspace workspace, Pointer... tensors);
}
